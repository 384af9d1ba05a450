"""Plans that are there at once: made and counted by hand, kept through the door that the solving job uses."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.core.offices import DAY, Office
from tests.plans.report.made_up import outcome, sector
from tests.plans.rooms import ask, fill
from vested.core.models import Unit
from vested.core.scope import System, acting
from vested.plans.actions import keep_plan
from vested.plans.actions.solving import Solved
from vested.plans.models import Plan
from vested.plans.packing import Frozen, pack, pack_curve
from vested.plans.queries.gathering import gathered
from vested.plans.queries.solved import main_figures
from vested.skills.models import Level, Post, Role, Skill

AT = datetime(2026, 1, 5, 10, tzinfo=UTC)


def ready(office: Office, *, state: str = Plan.State.SOLVED, curve: bool = False, name: str = "As it is") -> Plan:
    """A plan of the office as it is, with nothing still being computed."""
    scenario, viewer = ask(office, name=name), office.viewer("cdo")
    with acting(viewer):
        now = gathered(viewer, scenario.settings, on=DAY)
        made = outcome(now.sector, curve=curve)
        packed = pack(Frozen(outcome=made, people=now.people, sessions=now.sessions, units=now.units))
        rows = zip(now.people[made.plan.person].tolist(), now.sessions[made.plan.session].tolist(), strict=True)
        plan = Plan.objects.create(
            sector=office.sector, scenario=scenario, number=1, by=viewer.person, asked=scenario.asked, asked_at=AT
        )
        solved = Solved(frozen=packed, figures=main_figures(made), assignments=list(rows), seen=now.seen + 100)
        keep_plan(by=viewer, plan=plan, solved=solved, at=AT)
        plan.curve = pack_curve(made.curve) if curve else None
        plan.extra, plan.state = None, state
        plan.save()
    return plan


def settled(office: Office, *, people: int = 60) -> Office:
    """The office with a made-up sector in it; clerk, manager and neighbour hold posts too, and stand at nought."""
    fill(office, replace(sector(people=people)))
    with acting(System("a test")):
        role, skill = Role.objects.get(code="r0", sector=office.sector), Skill.objects.get(code="s0")
        for who in ("clerk", "manager", "neighbour"):
            person = office.people[who]
            Post.objects.create(sector=office.sector, person=person, role=role, since=DAY)
            Level.objects.create(sector=office.sector, person=person, skill=skill, level=1.0, error=0.5, source="test")
    return office


def unit_of(office: Office, code: str) -> Unit:
    with acting(System("a test")):
        return Unit.objects.get(sector=office.sector, code=code)
