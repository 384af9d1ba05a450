"""A made-up vision, and objectives with half a year of observations."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import sin

from vested.core.models import Person, Unit
from vested.core.viewer import Viewer
from vested.direction import actions
from vested.direction.models import Objective

PURPOSE = (
    "Everybody gets what the law gives them, at the first try, without having to know which authority they need. "
    "We build it once, together, and everybody may see how far we are."
)
FIRST_PURPOSE = "We deliver modern digital services to citizens and businesses."
FUTURES = (
    (
        "Everybody asks a machine first",
        "People ask an assistant of their own, and it asks us. Few open a page of ours any more.",
        "What is true, who decided it and why: somebody has to answer for that.",
        "Rules and data that machines can read, and decisions that people can repeat.",
    ),
    (
        "Fewer hands",
        "One in five has retired and not every post was filled. Routine work does itself, or is not done.",
        "Meeting people whose case fits no form.",
        "Leaving out steps; teaching one another.",
    ),
)
NEEDS = (
    ("Parents of young children", "To tell us once that a child is born.", "24 interviews in four towns", 150),
    ("Small businesses", "To know before they apply whether they will get a permit.", "Survey of 412 owners", 120),
    ("People who do not use screens", "A person who answers, and writes for them.", "Notes of nine libraries", 90),
)


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective and its measure: from where to where, how fast it went beside the plan, and how unevenly."""

    title: str
    about: str
    counts: str
    low: float
    high: float
    speed: float
    noise: float
    seen: int = 6  # times, once a month


AIMS = (
    Aim("Tell us once", "users", "% of services that ask for nothing we know", 22.0, 80.0, 1.25, 0.3),
    Aim("Answers within five days", "users", "days until an answer", 19.0, 5.0, 0.35, 0.3),
    Aim("Teams over agency borders", "together", "teams with members of two agencies", 3.0, 20.0, 1.0, 0.3, seen=3),
    Aim("Partners who come again", "partners", "% of partners who would work with us again", 61.0, 85.0, 0.9, 6.0),
)


def vision(by: Viewer, start: date, today: date) -> None:
    """Write the vision twice, with what it rests on."""
    actions.write_vision(by=by, purpose=FIRST_PURPOSE, why="", on=start - timedelta(days=400))
    for title, story, stays, good_at in FUTURES:
        actions.add_future(
            by=by, title=title, year=today.year + 10, story=story, stays=stays, good_at=good_at, on=start
        )
    for group, words, evidence, days in NEEDS:
        on = today - timedelta(days=days)
        actions.add_need(by=by, group=group, words=words, evidence=evidence, evidence_on=on, on=on)
    why = "Users told us that they do not want services from us; they want their matter settled."
    actions.write_vision(by=by, purpose=PURPOSE, why=why, on=start + timedelta(days=14))


def meanings(by: Viewer, units: list[Unit], leaders: dict[int, Person], start: date, today: date) -> None:
    """Say what it means for some units, and tell it again."""
    for number, unit in enumerate(units[:5]):
        words = (
            f"Made up for {unit}: we ask for nothing the sector already has, and each of our letters says in its first "
            "sentence what was decided."
        )
        on = start - timedelta(days=30) if number == 3 else start + timedelta(days=30 + 10 * number)
        actions.say_meaning(by=by, unit=unit, words=words, on=on)
    audiences = ("All heads of unit", "The works council", "New colleagues", "Team leaders", "The digital office")
    for number, audience in enumerate(audiences):
        unit = units[number % len(units)]
        actions.note_retelling(
            by=by, audience=audience, heard=12 + 17 * number, unit=unit, teller=leaders.get(unit.pk), today=today,
            words="Who pays for it? Each unit from what it saves in its first year.",
            told_on=start + timedelta(days=20 + 31 * number),
        )  # fmt: skip


def objectives(by: Viewer, units: list[Unit], leaders: dict[int, Person], start: date, today: date) -> None:
    """Open the objectives, and let them be looked at."""
    end, top = today + timedelta(days=548), None
    for number, aim in enumerate(AIMS):
        unit = units[number % len(units)] if number else None
        opened = actions.open_objective(
            by=by, title=aim.title, why="What users told us asks for it; see the vision.", about=aim.about,
            code=f"O{number + 1}", parent=top if number == 1 else None, unit=unit,
            owner=leaders.get((unit or units[0]).pk), starts_on=start, ends_on=end,
        )  # fmt: skip
        top = top or opened
        _measure(by, opened, aim, today)
    for number, unit in enumerate(units[1:4]):
        actions.open_objective(
            by=by, title=f"{unit}: no question twice", why="So that “Tell us once” holds here too.", about="users",
            code=f"O1.{number + 1}", parent=top, unit=unit, owner=leaders.get(unit.pk), starts_on=start, ends_on=end,
        )  # fmt: skip


def _measure(by: Viewer, of: Objective, aim: Aim, today: date) -> None:
    measure = actions.add_measure(
        by=by, objective=of, name=f"{aim.title}: {aim.counts}", counts=aim.counts.partition(" ")[0], every_days=62,
        path=[], better="more" if aim.high > aim.low else "less", baseline=aim.low, baseline_on=of.starts_on,
        target=aim.high, target_on=of.ends_on,
    )  # fmt: skip
    step = (aim.high - aim.low) / (of.ends_on - of.starts_on).days
    for month in range(1, aim.seen + 1):
        value = aim.low + step * 30 * month * aim.speed + aim.noise * sin(7 * month + aim.low)
        actions.observe(
            by=by, measure=measure, on=of.starts_on + timedelta(days=30 * month), value=round(value, 1), error=None,
            source="Generated for the demo", doubt="Two agencies count differently." if month == 3 else "", today=today,
        )  # fmt: skip
