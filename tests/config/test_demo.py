"""The demo's sector: whole, and seen by each role."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils.timezone import localdate
from pytest_django import Settings

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
from vested.portfolio.models import Baseline
from vested.skills.models import Demand, Level, Post, Snapshot

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def demo(db: None, settings: Settings, tmp_path: Path) -> Sector:  # noqa: ARG001 - pytest hands it in
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return make_demo(people=600, seed=1, at=NOON, seconds=2)


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
