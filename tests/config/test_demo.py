"""The demo's sector: whole, and seen by each role."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.core.offices import given
from vested.config.demo import make_demo
from vested.core.history import faults
from vested.core.models import Person, Sector, User
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.core.viewer import Held, Viewer, viewer_for
from vested.ecosystem.models import Document
from vested.skills.models import Level, Post, Snapshot

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def demo(db: None, settings: Settings, tmp_path: Path) -> Sector:  # noqa: ARG001 - pytest hands it in
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return make_demo(people=600, seed=1, at=NOON)


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
