"""The demo's portfolio: in every stage, with what people should see in it, and the same each time."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from vested.config.demo import make_demo
from vested.core.models import Sector
from vested.core.permissions import Role
from vested.core.scope import acting
from vested.core.viewer import Held, Viewer
from vested.portfolio.models import Block, Difference, Initiative, Waiver
from vested.portfolio.queries.systems import systems_listed

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def demo(db: None) -> Sector:  # noqa: ARG001 - pytest hands it in
    return make_demo(people=300, seed=1, at=NOON)


def test_it_has_sixty_initiatives_with_what_goes_wrong_in_offices(
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
