"""How a measure stands: what was observed beside the path to its target, with how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import sqrt
from statistics import mean

from vested.direction.models import Measure, Objective, Observation

NINETY = 1.645  # standard errors on each side of a value, for nine times of ten
MOVING = 1.128  # how far two values of one spread lie apart on average, in spreads (two of a normal distribution)
FEWEST = 4  # observations before their own ups and downs say how sure one is


class Verdict(StrEnum):
    """How a measure or objective stands; the worst first."""

    BEHIND = "behind"
    STALE = "stale"
    UNSURE = "unsure"
    UNKNOWN = "unknown"
    ON_COURSE = "on_course"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A measure on a day: the verdict, the last observation, what the path asks for then, and the error of one value.

    ``days`` is how long ago the last observation was made; ``error`` is None where it is not known.
    """

    verdict: Verdict
    last: Observation | None
    aim: float
    error: float | None
    days: int | None

    @property
    def range(self) -> tuple[float, float] | None:
        """Where the value lies nine times of ten; None where that is not known."""
        if self.last is None or self.error is None:
            return None
        return self.last.value - NINETY * self.error, self.last.value + NINETY * self.error


def points(measure: Measure) -> list[tuple[date, float]]:
    """The path from the baseline to the target, by day."""
    between = [(date.fromisoformat(day), float(value)) for day, value in measure.path]
    return sorted({measure.baseline_on: measure.baseline, **dict(between), measure.target_on: measure.target}.items())


def aim_on(measure: Measure, day: date) -> float:
    """What the path asks for on a day: straight between its points, level before and after."""
    path = points(measure)
    if day <= path[0][0]:
        return path[0][1]
    for (since, low), (until, high) in pairwise(path):
        if day <= until and until > since:
            return low + (high - low) * (day - since).days / (until - since).days
    return path[-1][1]


def counted(observations: Sequence[Observation]) -> list[Observation]:
    """In the order of time, of each day the one noted last."""
    return list({one.on: one for one in sorted(observations, key=lambda one: (one.on, one.pk))}.values())


def error_of(observations: Sequence[Observation]) -> float | None:
    """The standard error of the last value: the one stated, else by how unevenly values move from one to the next."""
    if not observations:
        return None
    if observations[-1].error is not None:
        return observations[-1].error
    if len(observations) < FEWEST:
        return None
    steps = [after.value - before.value for before, after in pairwise(observations)]
    uneven = mean(abs(step - mean(steps)) for step in steps)  # what moves steadily is a trend, and no doubt
    return uneven * sqrt(len(steps) / (len(steps) - 1)) / MOVING


def stands(measure: Measure, on: date) -> Standing:
    """How a measure stands on a day, as far as was observed until then."""
    seen = [one for one in counted(list(measure.observations.all())) if one.on <= on]
    if not seen:
        return Standing(verdict=Verdict.UNKNOWN, last=None, aim=aim_on(measure, on), error=None, days=None)
    last, error = seen[-1], error_of(seen)
    aim, days = aim_on(measure, last.on), (on - last.on).days
    ahead = (last.value - aim) * (1 if measure.better == Measure.Better.MORE else -1)
    if days > measure.every_days:
        verdict = Verdict.STALE
    elif abs(ahead) < NINETY * (error or 0):
        verdict = Verdict.UNSURE
    else:
        verdict = Verdict.ON_COURSE if ahead >= 0 else Verdict.BEHIND
    return Standing(verdict=verdict, last=last, aim=aim, error=error, days=days)


def worst(objective: Objective, on: date) -> Verdict:
    """How an objective stands: as the worst of its measures; unknown without any."""
    verdicts = {stands(measure, on).verdict for measure in objective.measures.all()}
    return next((one for one in Verdict if one in verdicts), Verdict.UNKNOWN)
