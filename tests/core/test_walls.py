"""What stands behind a wall exists for who wears its hat, and in no question anybody else asks."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Count, Q
from django.test import Client
from django.test.utils import CaptureQueriesContext, isolate_apps

from tests.core.hats import counterparty, hat, wall, wearing
from tests.core.offices import DAY, Office
from tests.direction.promises import DUE, at, escalation, promise
from vested.core import jobs
from vested.core.apps import CoreConfig
from vested.core.checks import walls
from vested.core.errors import Invalid, NotAllowed
from vested.core.history import faults
from vested.core.models import Event, Job, Link, Notification
from vested.core.models.jobs import read, written
from vested.core.notifications import notify
from vested.core.scope import ScopedManager, ScopedQuerySet, SectorModel, System, Walled, acting, beyond_walls, wall_of
from vested.core.viewer import Held, Viewer
from vested.direction.actions import make_commitment, reply_to_commitment
from vested.direction.models import Commitment, Decision, Reply

pytestmark = pytest.mark.django_db


def behind(office: Office, who: str = "manager", kind: str = "inspector", **given: object) -> Commitment:
    """A promise behind the wall of a kind of hat, made by somebody who wears that."""
    viewer = wearing(office, who, kind)
    words: dict[str, Any] = {
        "words": "ours secret", "to_whom": "ours harbour", "person": None, "unit": office.north, "objective": None,
        "due_on": DUE, "proof_is": "ours list", "public": False, "at": at(DAY), "wall": wall(office, kind),
    }  # fmt: skip
    with acting(viewer):
        return make_commitment(by=viewer, **{**words, **given})


def test_it_exists_for_who_wears_the_hat_and_for_nobody_else(office: Office, other: Office) -> None:
    made = behind(office)
    hat(office, "cdo", "customer")
    closed = [
        office.viewer("cdo"), office.viewer("manager"), office.viewer("auditor"), wearing(office, "cdo", "customer"),
        other.viewer("cdo"), wearing(office, "clerk", "inspector", name="ours shipyard"),
    ]  # fmt: skip
    for viewer in closed:
        with acting(viewer):
            assert not Commitment.objects.filter(pk=made.pk).exists()
            assert Commitment.objects.aggregate(n=Count("pk"))["n"] == 0
            assert not Commitment.objects.all().visible_to(viewer).exists()
    with acting(wearing(office, "manager", "inspector")):
        assert Commitment.objects.get() == made
    with acting(Viewer(sector=office.sector, person=None)):
        assert Commitment.objects.get() == made


def test_what_hangs_on_it_is_hidden_with_it(office: Office) -> None:
    made, viewer = behind(office), wearing(office, "manager", "inspector")
    with acting(viewer):
        said = reply_to_commitment(by=viewer, commitment=made, words="ours word", on=DAY)
        assert made.replies.get() == said
        assert wall_of(said) == made.wall_id
    with acting(office.viewer("cdo")):
        assert not Reply.objects.exists()
        assert Reply.objects.filter(commitment__words="ours secret").count() == 0
    with acting(System("a test")):
        assert Reply.objects.get() == said


def test_it_takes_the_wall_of_what_it_hangs_on_and_never_two(office: Office) -> None:
    viewer = wearing(office, "manager", "inspector")
    asked = escalation(office)
    with acting(System("a test")):
        type(asked)._default_manager.filter(pk=asked.pk)
        models.QuerySet(type(asked)).filter(pk=asked.pk).update(wall=wall(office, "inspector"))
        asked.refresh_from_db()
    with acting(viewer):
        made = Decision.objects.create(
            sector=office.sector, what="w", chosen="c", why="y", escalation=asked, decided_on=DAY
        )
        assert made.wall_id == asked.wall_id
        with pytest.raises(Invalid, match="two walls"):
            Decision(
                sector=office.sector, what="w", escalation=asked, decided_on=DAY, wall=wall(office, "client")
            ).save()
    with acting(office.viewer("cdo")):
        assert not Decision.objects.exists()


def test_nobody_writes_behind_a_wall_whose_hat_they_do_not_wear(office: Office) -> None:
    made = behind(office)
    with acting(office.viewer("cdo")):
        row = Commitment(sector=office.sector, words="x", to_whom="y", made_on=DAY, due_on=DUE, proof_is="z")
        row.wall = wall(office, "inspector")
        with pytest.raises(NotAllowed, match="behind a wall"):
            row.save()
        with pytest.raises(NotAllowed, match="behind a wall"):
            Commitment.objects.bulk_create([row])
        with pytest.raises(NotAllowed, match="behind a wall"):
            Reply(sector=office.sector, commitment=made, words="x", said_on=DAY).save()
        assert Commitment.objects.filter(pk=made.pk).update(proof="x") == 0
        assert Commitment.objects.filter(pk=made.pk).delete()[0] == 0


def test_who_may_only_look_changes_nothing(office: Office) -> None:
    made = behind(office)
    cdo = office.viewer("cdo")
    looking = Viewer(sector=cdo.sector, person=cdo.person, held=cdo.held, opened=frozenset({made.wall_id or 0}))
    with acting(looking):
        found = Commitment.objects.get()
        assert Commitment.objects.update(proof="x") == 0
        assert Commitment.objects.all().delete()[0] == 0
        with pytest.raises(NotAllowed, match="behind a wall"):
            found.save()


def test_history_of_it_is_hidden_and_the_chain_stays_whole(office: Office) -> None:
    made = behind(office)
    promise(office)
    with acting(office.viewer("cdo")):
        assert not Event.objects.all().about(made).exists()
        assert list(faults()) == []
        numbers = list(Event.objects.order_by("number").values_list("number", flat=True))
    with acting(wearing(office, "manager", "inspector")):
        assert Event.objects.all().about(made).get().wall_id == made.wall_id
    with acting(System("a test")):
        every = Event.objects.filter(sector=office.sector)
        assert len(numbers) == every.count() - 1
        hidden = every.get(wall=made.wall_id)
        models.QuerySet(Event).filter(pk=hidden.pk).update(wall=None)
    with acting(office.viewer("cdo")):
        assert any("says something else" in one for one in faults())


def test_only_who_has_the_hat_is_told_and_reads_it_while_wearing_it(office: Office) -> None:
    made = behind(office)
    people = [office.people["manager"], office.people["cdo"]]
    with acting(office.viewer("cdo")):
        made.wall = wall(office, "inspector")
    with acting(System("a test")), transaction.atomic():
        notify(people, kind="x", title="ours secret", at=at(DAY), about=made)
        notify(people, kind="x", title="ours news", at=at(DAY), about=promise(office))
    for viewer, seen in (
        (office.viewer("cdo"), {"ours news"}),
        (office.viewer("manager"), {"ours news"}),
        (wearing(office, "manager", "inspector"), {"ours news", "ours secret"}),
    ):
        with acting(viewer):
            assert set(Notification.objects.all().visible_to(viewer).values_list("title", flat=True)) == seen


def test_a_link_is_behind_the_wall_of_either_end(office: Office) -> None:
    with acting(System("a test")):
        Link.objects.create(
            sector=office.sector, kind="x", source_id=1, target_id=1, since=DAY, wall=wall(office, "client")
        )
    with acting(office.viewer("cdo")):
        assert not Link.objects.exists()
    with acting(wearing(office, "clerk", "client")):
        assert Link.objects.exists()


def test_a_job_wears_what_was_worn_and_is_shown_to_who_sees_as_much(office: Office) -> None:
    inspector = wearing(office, "manager", "inspector")
    with acting(inspector):
        job = jobs.start("core.retention", by=inspector, at=at(DAY))
        assert read(job.worn) == inspector.worn
        assert Job.objects.all().started_by(inspector).get() == job
    for viewer in (office.viewer("manager"), office.viewer("auditor"), wearing(office, "manager", "partner")):
        with acting(viewer):
            assert not Job.objects.all().visible_to(viewer).exists()
    assert read(written({7, 30})) == {7, 30}


def test_a_hidden_page_takes_the_same_statements_as_one_that_is_not_there(office: Office) -> None:
    made = behind(office)
    client = Client()
    client.force_login(office.user("cdo"))
    counts = []
    for pk in (made.pk, made.pk + 1000):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/commitments/{pk}/").status_code == 404
        counts.append([re.sub(r"'[^']*'|\d+", "N", one["sql"] or "") for one in asked])
    assert counts[0] == counts[1]


def test_what_is_done_beyond_walls_stays_in_its_sector(office: Office, other: Office) -> None:
    behind(office), behind(other)
    with acting(office.viewer("cdo")):
        assert not Commitment.objects.exists()
        with beyond_walls("a test"):
            assert {one.sector_id for one in Commitment.objects.all()} == {office.sector.pk}
        assert not Commitment.objects.exists()
    with acting(System("a test")), beyond_walls("a test"):
        assert Commitment.objects.count() == 2


def test_towards_one_counterparty_one_hat_is_worn(office: Office) -> None:
    hat(office, "clerk", "client")
    hat(office, "clerk", "partner")
    both = wearing(office, "clerk", "client", "partner")
    assert len(both.worn) == 1
    assert [one.wall_id for one in both.wearing] == list(both.worn)
    assert both.walls == both.worn


def test_a_hat_that_ended_opens_nothing(office: Office) -> None:
    hat(office, "clerk", "client", until=DAY.replace(year=2025))
    assert wearing(office, "clerk", "client").worn == frozenset()


def test_every_model_says_whether_a_wall_hides_it() -> None:
    assert walls(None) == []
    walled = {model.__name__ for model in apps.get_models() if issubclass(model, Walled)}
    assert {"Event", "Link", "Notification", "Commitment", "Duty", "Opportunity", "Obstacle"} <= walled


@isolate_apps("vested.core")
def test_a_model_that_tells_of_what_is_behind_a_wall_is_found() -> None:
    class Secret(Walled):
        code = models.CharField(max_length=10)
        objects = ScopedManager.from_queryset(ScopedQuerySet)()

        class Meta(SectorModel.Meta):
            app_label = "core"
            constraints = (models.UniqueConstraint(fields=("sector", "code"), name="secret_code"),)

    class Told(SectorModel):
        secret = models.ForeignKey(Secret, models.CASCADE)
        objects = ScopedManager.from_queryset(ScopedQuerySet)()

        class Meta(SectorModel.Meta):
            app_label = "core"

    config = CoreConfig("vested.core", __import__("vested.core"))
    config.get_models = lambda *_args, **_kwargs: iter((Secret, Told))  # type: ignore[method-assign]  # of a made-up room
    assert [(one.obj, one.id) for one in walls([config])] == [(Secret, "vested.E008"), (Told, "vested.E007")]


def test_the_office_itself_has_no_walls(office: Office) -> None:
    behind(office)
    with acting(Viewer(sector=office.sector, person=None, held=(Held(office.viewer("cdo").held[0].role, "/"),))):
        assert Commitment.objects.filter(~Q(wall=None)).count() == 1
    assert counterparty(office).name == "ours harbour"
