"""An office whose database holds a made-up sector, and plans made from it through the door that pages use."""

from datetime import UTC, datetime

from tests.core.offices import Office
from vested.core.imports.tables import Diff, apply_all, tables
from vested.core.jobs import run
from vested.core.scope import acting
from vested.formats.sector_folder import Sector
from vested.plans.actions import ask_for_scenario, solve_scenario
from vested.plans.asked import Asked
from vested.plans.models import Plan, Scenario

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
QUICK = Asked(seconds=2)


def fill(office: Office, sector: Sector) -> None:
    """Bring a sector into the office's database, beside the people it has."""
    viewer = office.viewer("cdo")
    with acting(viewer):
        apply_all({table.name: Diff(added=table.wanted(sector)) for table in tables()}, by=viewer, at=NOW)


def ask(office: Office, *, asked: Asked = QUICK, name: str = "As it is", who: str = "cdo") -> Scenario:
    viewer = office.viewer(who)
    with acting(viewer):
        return ask_for_scenario(by=viewer, name=name, asked=asked, at=NOW)


def started(office: Office, scenario: Scenario, who: str = "cdo") -> Plan:
    viewer = office.viewer(who)
    with acting(viewer):
        return solve_scenario(by=viewer, scenario=scenario, at=NOW)


def solve(office: Office, scenario: Scenario | None = None, *, curve: bool = False) -> Plan:
    """A plan that has been solved, with its budget curve if that is asked for."""
    plan = started(office, scenario or ask(office))
    assert plan.job
    run(plan.job.pk)
    plan = now_of(office, plan)
    if curve:
        assert plan.extra
        run(plan.extra.pk)
    return now_of(office, plan)


def now_of(office: Office, plan: Plan) -> Plan:
    """The plan as it is now."""
    with acting(office.viewer("cdo")):
        return Plan.objects.select_related("job", "extra", "scenario").get(pk=plan.pk)
