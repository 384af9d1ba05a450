"""Scenarios are solved by jobs: the plan, its curve, how sure it is; what goes wrong, and who may ask."""

from dataclasses import replace

import numpy as np
import pytest

from tests.core.offices import Office
from tests.plans.rooms import NOW, ask, fill, now_of, solve, started
from tests.plans.sectors import random_sector, with_answers
from vested.core.errors import Invalid, NotAllowed
from vested.core.jobs import cancel, end_with_best, run
from vested.core.models import Event, Job
from vested.core.scope import acting
from vested.engines.training import Progress
from vested.formats.sector_folder import FixedStatus
from vested.plans.actions import try_draws
from vested.plans.jobs import doing
from vested.plans.models import Assignment, Plan
from vested.plans.queries.solved import figures, solved
from vested.plans.solving import CURVE, Moment

pytestmark = pytest.mark.django_db


def job_of(office: Office, plan: Plan) -> Job:
    plan = now_of(office, plan)
    assert plan.job
    return plan.job


def test_a_plan_is_kept_with_everybodys_sessions_and_its_figures(office: Office) -> None:
    fill(office, random_sector(3))
    plan = solve(office)
    with acting(office.viewer("cdo")):
        outcome = solved(plan).outcome
        assert plan.state == Plan.State.SOLVED
        frozen = solved(plan)
        rows = list(Assignment.objects.filter(plan=plan).values_list("row", "person", "session"))
        people, sessions = frozen.people[outcome.plan.person], frozen.sessions[outcome.plan.session]
        assert rows == list(zip(range(len(people)), people.tolist(), sessions.tolist(), strict=True))
        assert rows
        assert plan.figures["places"] == len(rows)
        assert plan.figures["closed"] == pytest.approx(outcome.plan.value.gap_closed)
        assert figures(plan).certificate.closed == pytest.approx(plan.figures["closed"])
        kinds = list(Event.objects.order_by("number").values_list("kind", flat=True))
    assert kinds == ["scenario.made", "job.started", "plan.asked_for", "job.started", "plan.solved"]
    job = job_of(office, plan)
    assert (job.state, job.result) == (Job.State.DONE, {"url": f"/plans/{plan.pk}/"})
    assert all(0 <= gap < 1 for _at, gap in job.trace)


def test_the_curve_follows_and_more_money_never_gives_less(office: Office) -> None:
    fill(office, random_sector(3, people=30))
    plan = solve(office, curve=True)
    with acting(office.viewer("cdo")):
        outcome = solved(plan).outcome
    factors = [point.factor for point in outcome.curve]
    assert factors == [point["factor"] for point in plan.figures["curve"]]
    assert set(factors) <= set(CURVE)
    assert {1.0, 1.2, 1.4} <= set(factors)
    given = [point.plan.compulsory.given for point in outcome.curve]
    assert given == sorted(given)
    here = next(point for point in outcome.curve if point.factor == 1.0)
    assert np.array_equal(here.plan.person, outcome.plan.person)


def test_draws_say_how_often_each_assignment_stays(office: Office) -> None:
    fill(office, random_sector(3))
    plan, viewer = solve(office, curve=True), office.viewer("cdo")
    with acting(viewer):
        plan = try_draws(by=viewer, plan=plan, at=NOW, draws=4)
        assert plan.extra
        with pytest.raises(Invalid, match="still being computed"):
            try_draws(by=viewer, plan=plan, at=NOW)
        run(plan.extra.pk)
        rows = [row.stays or 0.0 for row in Assignment.objects.filter(plan=plan)]
    plan = now_of(office, plan)
    assert rows
    assert {round(4 * stays) / 4 for stays in rows} == set(rows)
    assert plan.figures["draws"] == 4
    assert plan.figures["stays"] == pytest.approx(np.mean(rows))


def test_who_may_not_make_plans_cannot_ask_how_sure_one_is(office: Office) -> None:
    fill(office, random_sector(3))
    plan, viewer = solve(office), office.viewer("auditor")
    with acting(viewer), pytest.raises(NotAllowed):
        try_draws(by=viewer, plan=plan, at=NOW)


def test_what_is_not_solved_has_no_draws(office: Office) -> None:
    plan, viewer = started(office, ask(office)), office.viewer("cdo")
    with acting(viewer), pytest.raises(Invalid, match="not been solved"):
        try_draws(by=viewer, plan=plan, at=NOW)


def test_one_at_a_time_is_solved_and_each_has_its_number(office: Office) -> None:
    fill(office, random_sector(3))
    scenario = ask(office)
    first = solve(office, scenario)
    second = started(office, scenario)
    assert (first.number, second.number, str(second)) == (1, 2, "As it is, plan 2")
    with pytest.raises(Invalid, match="being solved already"):
        started(office, scenario)


def test_what_was_accepted_and_cannot_be_kept_says_so(office: Office) -> None:
    made = random_sector(1)
    full = replace(made.sessions[0], seats=0)
    made = with_answers(made, ("P001", full.session_id, FixedStatus.ACCEPTED))
    made = replace(made, sessions=(full, *made.sessions[1:]))
    fill(office, made)
    plan = started(office, ask(office))
    job = job_of(office, plan)
    run(job.pk)
    job = job_of(office, plan)
    assert job.state == Job.State.FAILED
    assert "cannot all be kept" in job.error
    assert now_of(office, plan).state == Plan.State.SOLVING


def test_nothing_to_plan_is_said_and_can_be_asked_again(office: Office) -> None:
    scenario = ask(office)
    plan = started(office, scenario)
    run(job_of(office, plan).pk)
    assert "nobody to plan for" in job_of(office, plan).error
    fill(office, random_sector(3))
    assert solve(office, scenario).number == 2


def test_a_stopped_search_leaves_nothing(office: Office) -> None:
    fill(office, random_sector(3))
    plan, viewer = started(office, ask(office)), office.viewer("cdo")
    with acting(viewer):
        assert plan.job
        cancel(job=plan.job, by=viewer, at=NOW)
        run(plan.job.pk)
        assert not Assignment.objects.exists()
    assert now_of(office, plan).state == Plan.State.SOLVING


def test_ending_early_needs_a_search(office: Office) -> None:
    plan, viewer = started(office, ask(office)), office.viewer("cdo")
    assert plan.job
    with acting(viewer):
        Job.objects.filter(pk=plan.job.pk).update(state=Job.State.RUNNING)
        assert end_with_best(job=plan.job, by=viewer, at=NOW).best_asked


@pytest.mark.parametrize(
    ("step", "stage", "words"),
    [
        ("plan", "compulsory", "Giving compulsory courses"),
        ("plan", "fairness", "Sharing fairly"),
        ("curve", "value", "Closing gaps with 80 % of the money"),
        ("gains", "value", "Solving the dearest seats"),
        ("draw", "value", "levels moved within their error"),
        ("roadmap", "roadmap", "Choosing initiatives"),
        ("repair", "roadmap", "Choosing initiatives again, so that their skills are there"),
        ("risk", "roadmap", "with less and more risk"),
        ("explore", "roadmap", "that explore less and more"),
    ],
)
def test_what_it_is_at_is_said_in_words(step: str, stage: str, words: str) -> None:
    best = Progress(stage=stage, doing="x", objective=None, bound=None, gap=None)
    assert words in doing(Moment(step=step, factor=0.8, best=best, seconds_left=1.0))
