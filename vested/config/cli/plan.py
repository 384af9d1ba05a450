"""``./run plan``: the training plan of a sector, with its proof, its reasons and its report."""

import argparse
import json
import math
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType

import django

from vested.config.cli._sector import read_sector
from vested.config.cli._terminal import Failure, Live, count, files_at
from vested.engines import roadmap, training
from vested.plans import files, solving
from vested.plans.outcome import Outcome, Stopped
from vested.plans.roadmap import Roadmap, has_portfolio, repairs_told

STEPS = {
    "compulsory": "Compulsory training",
    "fairness": "Fairness",
    "value": "Value",
}


def run(options: argparse.Namespace) -> int:
    """Read, plan, write; returns 0 where a plan was written, however the search ended."""
    live = Live(quiet=options.quiet)
    sector = read_sector(options.folder, live=live)
    with files_at(options.out):
        files.reserve(options.out)
    with live.patiently("Preparing the solver (once, about a minute)"):
        training.warm_up()
        if has_portfolio(sector):
            roadmap.warm_up()
    with interruptible(live) as interrupted:
        try:
            outcome = solving.solve(
                sector,
                seconds=options.seconds,
                gap=options.gap,
                seed=options.seed,
                curve=options.curve,
                watch=lambda moment: _show(live, moment) or bool(interrupted),
            )
        except (training.Infeasible, solving.NoRoadmap) as error:
            raise Failure(f"{options.folder} cannot be planned: {error}") from error
        live.show("Writing the files")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vested.config.settings")
        django.setup()
        with files_at(options.out):
            today = date.today()  # noqa: DTZ011 - the date of the desk the report is printed at
            written = files.write_plan(outcome, options.out, language=options.language, printed_on=today)
    live.clear()
    if options.json:
        document = json.loads((options.out / "plan.json").read_text(encoding="utf-8"))
        summary = files.summary_of(document) | {"files": [str(path) for path in written]}
        print(json.dumps(summary, ensure_ascii=False, indent=1))
    elif not options.quiet:
        for sentence in sentences(outcome, curve=options.curve, written=written):
            print(sentence)
    return 0


def sentences(outcome: Outcome, *, curve: bool, written: list[Path]) -> Iterator[str]:
    """Say in plain words what was planned, what is proven, why the search ended and where the files are."""
    plan, sector = outcome.plan, outcome.sector
    if outcome.roadmap:
        yield from _roadmap(outcome.roadmap)
    learning = len(set(plan.person.tolist()))
    yield (
        f"{learning:,} of {count(len(sector.staff), 'person takes', 'people take')} "
        f"{count(len(plan.person), 'session', 'sessions')}, for {plan.value.cost:,.0f} {sector.settings.currency}."
    )
    given, most = plan.compulsory.given, plan.compulsory.bound
    proven = "no plan gives more" if given == most else f"no plan gives more than {most:,}"
    yield f"Compulsory training: {count(given, 'course', 'courses')} given; {proven}."
    share = sector.settings.fairness
    if share > 0:
        yield f"Fairness: {_fairness(plan, share)}."
    value = plan.value
    if math.isfinite(value.bound):
        yield (
            f"Value: {value.objective:,.1f}; no plan that keeps the results above is worth more than "
            f"{value.bound:,.1f}, so at most {value.gap:.2%} is missing."
        )
    else:
        yield f"Value: {value.objective:,.1f}; the search ended before it had proven how much more is possible."
    if curve:
        missing = [factor for factor in solving.CURVE if factor not in {point.factor for point in outcome.curve}]
        if missing:
            named = ", ".join(f"{factor:.0%}" for factor in missing)
            why = "stopped before" if outcome.stopped is Stopped.INTERRUPT else "the accepted sessions cost more"
            yield f"No plan at {named} of every budget: {why}."
    yield _STOPPED[outcome.stopped].format(seconds=outcome.seconds)
    yield f"Written to {written[0].parent}: {', '.join(path.name for path in written)}."


_STOPPED = {
    Stopped.GAP: "The search ended because the gap asked for was proven, after {seconds:.0f} s.",
    Stopped.TIME: "The search ended after {seconds:.0f} s, before the gap asked for was proven; more time may do it.",
    Stopped.INTERRUPT: "You stopped the search after {seconds:.0f} s; this is the best plan it had found.",
}


def _roadmap(road: Roadmap) -> Iterator[str]:
    plan, currency, all_of_them = road.plan, road.sector.settings.currency, len(road.index.initiatives)
    yield (
        f"Roadmap: {len(plan.initiative):,} of {count(all_of_them, 'initiative starts', 'initiatives start')}, for "
        f"{plan.budget_used.sum():,.0f} {currency} of their own money. Value: {plan.value:,.1f}; no roadmap "
        f"{'that leaves skills their time ' if road.repairs else ''}is worth more than {plan.bound:,.1f}, so at most "
        f"{plan.gap:.2%} is missing."
    )
    yield from repairs_told(road.sector, road)
    yield "The training plan is for what the roadmap starts. Each half is proven by itself, nothing of both together."


def _fairness(plan: training.Plan, share: float) -> str:
    short, least = plan.fairness.shortfall, plan.fairness.bound
    if short < solving.LEVELS:
        return f"every group closes at least {share:.0%} of its gap"
    return (
        f"groups are {short:,.1f} weighted levels short of closing {share:.0%} of their gaps; no plan that gives as "
        f"much compulsory training is less than {least:,.1f} short"
    )


def _show(live: Live, moment: solving.Moment) -> bool:
    """Show where the search is; never asks it to stop."""
    best = moment.best
    if moment.step in {"roadmap", "repair"}:
        topic = "Roadmap" if moment.step == "roadmap" else "Roadmap again, with time for skills"
    elif moment.step == "gains":
        topic = "Solving the dearest seats and budgets again"
    elif moment.step == "curve":
        topic = f"{STEPS.get(best.stage, best.stage)} at {moment.factor:.0%} of every budget"
    else:
        topic = STEPS.get(best.stage, best.stage)
    details = [] if best.gap is None or not best.gap < 1 else [f"gap {best.gap:.2%}"]
    details.append(f"{moment.seconds_left:.0f} s left")
    details += [] if best.objective is None else [f"{best.objective:,.1f} reached"]
    live.show(topic, ", ".join([*details, best.doing]))
    return False


@contextmanager
def interruptible(live: Live) -> Iterator[list[int]]:
    """Give a list that the first Ctrl-C fills, so that the search can end well; the second one leaves at once."""
    asked: list[int] = []

    def interrupt(number: int, _frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        live.say("Ending the search; the best plan so far will be written. Ctrl-C again leaves at once.")

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
