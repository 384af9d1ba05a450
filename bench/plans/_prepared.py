"""Make a demo whose plan is solved, adopted and proposed to everybody, and ask for another one: for ``bench plans``."""

import time
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from vested.config.demo import make_demo
from vested.core import jobs
from vested.core.models import Grant, Job
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.core.viewer import Viewer, viewer_for
from vested.plans.actions import adopt_plan, ask_for_scenario, propose_plan, solve_scenario
from vested.plans.asked import Asked
from vested.plans.models import Plan


def prepare(people: int, seed: int) -> None:
    """Do what the CDO, the top leader and the worker do."""
    call_command("migrate", verbosity=0)
    at = timezone.now()
    make_demo(people=people, seed=seed, at=at)
    run("skills.count")
    run("plans.solve")
    cdo, leader = somebody(Role.CDO), somebody(Role.TOP_LEADER)
    with acting(cdo):
        plan = propose_plan(
            by=cdo, plan=plan_of(), because="It closes most of the gap.", version=plan_of().version, at=at
        )
    with acting(leader):
        until = timezone.localdate() + timedelta(days=21)
        adopt_plan(by=leader, plan=plan, because="Fair.", answer_by=until, version=plan_of().version, at=at)
    run("plans.enrol")
    with acting(System("a benchmark")):
        Job.objects.filter(state=Job.State.WAITING).delete()
    with acting(cdo):
        less = ask_for_scenario(by=cdo, name="A fifth less", asked=Asked(money=0.8), at=at)
        solve_scenario(by=cdo, scenario=less, at=at)


def run(kind: str) -> None:
    """Do the jobs of a kind that wait, and say how long it took."""
    with acting(System("a benchmark")):
        waiting = list(Job.objects.filter(kind=kind, state=Job.State.WAITING).values_list("pk", flat=True))
    for pk in waiting:
        begun = time.perf_counter()
        jobs.run(pk)
        print(f"{kind}: {time.perf_counter() - begun:.1f} s", flush=True)


def somebody(role: Role) -> Viewer:
    """Who holds the role in the demo."""
    with acting(System("a benchmark")):
        held = Grant.objects.filter(role=role).select_related("person").order_by("pk")[0]
        return viewer_for(held.person, on=timezone.localdate())


def plan_of() -> Plan:
    """The plan that was solved first."""
    return Plan.objects.order_by("pk")[0]
