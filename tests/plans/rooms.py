"""An office whose database holds a made-up sector, and plans made from it through the door that pages use."""

from datetime import UTC, datetime

from tests.core.offices import Office
from vested.core.imports.tables import Diff, apply_all, tables
from vested.core.jobs import run
from vested.core.models import Job
from vested.core.scope import acting
from vested.formats.sector_folder import Sector
from vested.plans import solving
from vested.plans.actions import ask_for_scenario, keep_curve, keep_plan, solve_scenario
from vested.plans.actions.solving import Solved
from vested.plans.asked import Asked
from vested.plans.models import Plan, Scenario
from vested.plans.outcome import Outcome
from vested.plans.packing import Frozen, pack, pack_curve
from vested.plans.queries.gathering import gathered
from vested.plans.queries.solved import main_figures, point_figures

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


def ready_plan(office: Office, scenario: Scenario | None = None, *, money: float = 1.0, curve: bool = False) -> Plan:
    """A solved plan of ``random_sector(3, people=30)``, which ``fill`` has brought, without solving it again.

    It is the usual plan at some money, whatever the scenario asks, solved once a process; the ids are this database's.
    """
    viewer, plan = office.viewer("cdo"), started(office, scenario or ask(office))
    with acting(viewer):
        now = gathered(viewer, Asked(money=money), on=NOW.date())
        outcome = _outcomes.get(money) or _solved(now.sector)
        _outcomes[money] = outcome
        assert outcome.sector.staff == now.sector.staff
        packed = pack(Frozen(outcome=outcome, people=now.people, sessions=now.sessions, units=now.units))
        given = outcome.plan
        rows = list(zip(now.people[given.person].tolist(), now.sessions[given.session].tolist(), strict=True))
        found = Solved(frozen=packed, figures=main_figures(outcome), assignments=rows, seen=now.seen)
        plan = keep_plan(by=viewer, plan=plan, solved=found, at=NOW)
        if curve:
            points = [point_figures(outcome, point) for point in outcome.curve]
            keep_curve(by=viewer, plan=plan, curve=pack_curve(outcome.curve), points=points)
        ended = [plan.job_id, plan.extra_id] if curve else [plan.job_id]
        Job.objects.filter(pk__in=ended).update(state=Job.State.DONE, ended_at=NOW)
    return now_of(office, plan)


_outcomes: dict[float, Outcome] = {}


def _solved(sector: Sector) -> Outcome:
    """Solve it to its end, however slow the computer is."""
    return solving.solve(sector, seconds=60, curve=True)
