"""The demo's sector: whole, and seen by each role."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings as project
from django.db import transaction
from django.test import Client, override_settings
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker, Settings

from tests.core.offices import given
from vested.config.demo import make_demo
from vested.core.history import faults
from vested.core.jobs import run
from vested.core.models import Event, Job, Person, Sector, User
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.core.viewer import Held, Viewer, viewer_for
from vested.ecosystem.models import Document
from vested.plans.models import Plan
from vested.plans.queries.roadmaps import followed, moved_starts
from vested.plans.queries.solved import solved
from vested.portfolio.models import Baseline, Block, Difference, Initiative, Waiver
from vested.portfolio.queries.systems import systems_listed
from vested.skills.models import Demand, Level, Post, Snapshot

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None,  # noqa: ARG001 - pytest hands it in
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Sector]:
    """Made once: what a test does to it is undone."""
    folder = {"location": tmp_path_factory.mktemp("papers")}
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder}
    with (
        override_settings(STORAGES={**project.STORAGES, "default": storage}),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield make_demo(people=600, seed=1, at=NOON, seconds=2)
        transaction.set_rollback(True)


def test_the_demo_is_whole_and_everybody_in_it_sees_what_is_theirs(demo: Sector, settings: Settings) -> None:
    settings.DEMO = True
    with acting(Viewer(sector=demo, person=None, held=(Held(Role.CDO, "/"),))):
        assert Post.objects.count() == 600
        assert Level.objects.filter(assessed_on__gt=NOON).count() < Level.objects.count()
        assert Snapshot.objects.count() == 1
        assert list(faults()) == []
    assert User.objects.count() == len(Role)
    seen = {}
    for role in Role:
        client = Client()
        client.get("/demo/")
        assert client.post("/hat/", {"hat": role.value}).status_code == 302
        seen[role] = client.get("/skills/gaps/").status_code
        assert demo.name in client.get("/").content.decode()
    assert seen == {role: {Role.CIVIL_SERVANT: 403, Role.PARTNER: 404}.get(role, 200) for role in Role}
    home = client.get("/").content.decode()  # the last is the partner
    assert [words in home for words in ("One register of berths", "Shared ticket machines", "shore power")] == [
        True, True, False,
    ]  # fmt: skip
    with acting(System("a test")):
        papers = list(Document.objects.all())
    assert {given(client.get(f"/documents/{paper.pk}/"))[:5] for paper in papers} == {b"%PDF-"}


def test_the_manager_of_the_demo_has_a_team_and_the_clerk_is_of_it(demo: Sector) -> None:
    with acting(System("a test")):
        people = {person.user.email: person for person in Person.objects.exclude(user=None) if person.user}
        manager, clerk = (people[f"{who}@demo.example"] for who in ("manager", "civil-servant"))
        viewer = viewer_for(manager, on=NOON.date())
        assert clerk.memberships.get().manager == manager
    with acting(viewer):
        seen = Person.objects.visible_to(viewer)
        assert clerk in seen
        assert 5 <= seen.count() < 100
    assert demo.slug == "demo"


def test_the_demos_first_plan_is_adopted_another_stands_beside_it_and_one_start_slips(demo: Sector) -> None:
    office = Viewer(sector=demo, person=None, held=(Held(Role.CDO, "/"),))
    with acting(System("a test")):
        waiting = list(Job.objects.order_by("pk").values_list("pk", "kind"))
    assert [kind for _pk, kind in waiting[-3:]] == ["plans.solve", "demo.follow", "plans.solve"]
    for pk, _kind in waiting[-3:]:
        run(pk)
    with acting(office):
        first, other = Plan.objects.order_by("pk")
        assert (first.state, other.state) == (Plan.State.ADOPTED, Plan.State.SOLVED)
        assert first.decided_by != first.proposed_by
        assert first.figures["starts"] > 5
        assert first.figures["undertaken"] > 20
        begun = Event.objects.get(kind="plan.starts").new
        assert int(begun["chosen"]) > 0
        assert Baseline.objects.filter(on=localdate()).exists()
        assert Demand.objects.exclude(due_on=None).exists()
        assert moved_starts(solved(first), solved(other)) != []
        rows = followed(office, first, on=localdate())
    assert [row.late for row in rows].count(True) == 1
    assert any(row.spent for row in rows)


def test_what_somebody_has_decided_meanwhile_stands(demo: Sector) -> None:
    office = Viewer(sector=demo, person=None, held=(Held(Role.CDO, "/"),))
    with acting(System("a test")):
        job = Job.objects.get(kind="demo.follow")
    run(job.pk)  # the first plan has not been solved
    with acting(office):
        job.refresh_from_db()
        assert job.state == Job.State.DONE
        assert not Plan.objects.filter(state=Plan.State.ADOPTED).exists()


def test_its_sixty_initiatives_show_what_goes_wrong_in_offices(
    demo: Sector, settings: Settings, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    settings.DEMO = True
    by = Viewer(sector=demo, person=None, held=(Held(Role.CDO, "/"),))
    with acting(by):
        rows = Initiative.objects.all()
        assert rows.count() == 60
        assert {row.stage for row in rows} == set(Initiative.Stage.values)
        assert {row.outcome for row in rows} == {"", "done", "stopped"}
        assert rows.exclude(reopened_on=None).exists()
        assert rows.filter(baselines__number=2).exists()
        assert Waiver.objects.filter(warned=True).exists()
        assert {row.side for row in Difference.objects.all()} == {"cost", "schedule", "economic", "other"}
        assert {row.state for row in systems_listed(by, NOON.date())} == set(Block.State.values)
        again = rows.exclude(reopened_on=None)[0].pk
    client = Client()
    client.get("/demo/")
    with django_assert_max_num_queries(30):
        assert "60 initiatives" in client.get("/portfolio/").content.decode()
    for page in (
        "differences",
        "shares",
        "calendar",
        f"{again}",
        f"{again}/gate",
        f"{again}/plan",
        f"{again}/delivery",
    ):
        assert client.get(f"/portfolio/{page}/").status_code == 200
