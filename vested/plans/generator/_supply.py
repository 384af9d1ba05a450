"""Seats and money, measured against what would be useful.

*Useful* is estimated on up to 4,000 people drawn evenly: everybody takes the courses they may take now, the best per
hour first (compulsory ones before all others), one per skill, until their hours are used, as if seats and money were
free. That gives the useful places of each course and their cost in each agency.

Sessions: a course is held once in each of its periods; a row stands for all its classes in that quarter. 30 % of the
online courses, imported online courses with an address, and those compulsory for all, have no limit of seats and are
held in every quarter. The others have, over the horizon, 15 to 65 % of the useful places (15 % of them are ample:
120 %), at least one, in 1 to 4 quarters, but in more than one only with 8 seats or more in each. One in ten has its
seats of a quarter in two sessions. From 1,000 people on, seats cover some 55 % of the useful places other than those
compulsory for all; small sectors have more, since nobody holds half a seat.

Budgets: overall 45 % of the cost of the useful places; each agency 25 to 60 % of its own, so some bind and some do
not. In hundreds.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from vested.formats.sector_folder import Budget, Mode, Session
from vested.plans.generator._courses import Catalogue
from vested.plans.generator._frame import Frame, Random
from vested.plans.generator._levels import Tenths
from vested.plans.generator._organisation import Organisation

SAMPLE = 4_000
FEWEST_SEATS = 8
QUARTER = 91  # days


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Useful:
    """Useful places: ``places`` (c,) of each course, ``cost`` (bodies,) of those of each ministry or agency."""

    places: NDArray[np.float64]
    cost: NDArray[np.float64]


def useful(
    random: Random,
    *,
    frame: Frame,
    organisation: Organisation,
    catalogue: Catalogue,
    known: Tenths,
    completed: NDArray[np.int64],
) -> Useful:
    """Estimate the useful places; ``completed`` (k, 2) are rows of person and course."""
    people, count = len(organisation.role), len(catalogue.courses)
    sample = np.arange(people)
    if people > SAMPLE:
        sample = np.sort(random.choice(people, SAMPLE, replace=False))
    role = organisation.role[sample]
    now = known[sample][:, catalogue.outcome_skill] / 10
    reach = np.minimum(frame.required[role][:, catalogue.outcome_skill], catalogue.outcome_to)
    gain = np.maximum(reach - now, 0) * frame.weight[role][:, catalogue.outcome_skill]
    gain = _per_course(gain, catalogue, count)
    allowed = _per_course((now < catalogue.outcome_from).astype(np.float64), catalogue, count) == 0
    spoken = (catalogue.language < 0) | organisation.speaks[sample][:, catalogue.language]
    done = np.zeros((people, count), dtype=np.bool_)
    done[completed[:, 0], completed[:, 1]] = True
    gain *= allowed & spoken & ~done[sample]
    first = np.full(count, -1)  # a course belongs to the first skill it teaches
    first[catalogue.outcome_course[::-1]] = catalogue.outcome_skill[::-1]
    for skill in np.unique(first):
        same = np.flatnonzero(first == skill)
        gain[:, same] *= gain[:, same] == gain[:, same].max(axis=1, keepdims=True)
    gain += 1e3 * (catalogue.compulsory[role] & spoken & ~done[sample])
    hours = np.array([course.hours for course in catalogue.courses])
    order = np.argsort(-gain / np.maximum(hours, 1), axis=1, kind="stable")
    spent = np.cumsum(np.where(np.take_along_axis(gain, order, axis=1) > 0, hours[order], np.inf), axis=1)
    takes = np.zeros(gain.shape, dtype=np.bool_)
    np.put_along_axis(takes, order, spent <= organisation.hours[sample][:, None], axis=1)
    cost = takes.astype(np.float64) @ np.array([course.cost for course in catalogue.courses])
    body = np.searchsorted(organisation.bodies, organisation.body[sample])
    scale = people / len(sample)
    return Useful(
        places=takes.sum(axis=0) * scale,
        cost=(np.bincount(body, weights=cost, minlength=len(organisation.bodies)) * scale).astype(np.float64),
    )


def sessions(
    random: Random, *, catalogue: Catalogue, places: NDArray[np.float64], periods: int, first_day: date
) -> tuple[Session, ...]:
    """Draw when courses are held and in how many seats."""
    rows: list[Session] = []
    for course, wanted in zip(catalogue.courses, places.tolist(), strict=True):
        free = random.random() < 0.3 and course.mode is Mode.ONLINE
        ample, share = random.random() < 0.15, random.uniform(0.15, 0.65)
        split, held, shift = random.random() < 0.1, int(random.integers(1, periods + 1)), int(random.integers(0, 30))
        open_to_all = course.mode is Mode.ONLINE and bool(course.url)
        if free or open_to_all or course.compulsory_for == ("all",):
            seats, when = None, list(range(1, periods + 1))
        else:
            total = max(1, round(wanted * (1.2 if ample else share)))
            held = min(held, max(1, total // FEWEST_SEATS))
            when = sorted((random.permutation(periods)[:held] + 1).tolist())
            seats = round(total / held)
        for period in when:
            day = first_day + timedelta(days=QUARTER * (period - 1) + shift)
            parts = [seats]
            if seats is not None and split and seats >= 2 * FEWEST_SEATS:
                parts = [seats - seats // 2, seats // 2]
            for number, part in enumerate(parts):
                rows.append(
                    Session(
                        session_id=f"{course.course_id}-q{period}{'ab'[number] if len(parts) > 1 else ''}",
                        course_id=course.course_id,
                        period=period,
                        starts_on=day + timedelta(days=28 * number),
                        seats=part,
                    )
                )
    return tuple(rows)


def budgets(random: Random, *, organisation: Organisation, cost: NDArray[np.float64]) -> tuple[Budget, ...]:
    """Draw the overall budget and one for each agency."""
    rows = [Budget(_hundreds(0.45 * float(cost.sum())))]
    for place, unit in list(enumerate(organisation.bodies))[1:]:
        share = random.uniform(0.25, 0.6)
        rows.append(Budget(_hundreds(share * float(cost[place])), organisation.units[unit].unit_id))
    return tuple(rows)


def _hundreds(amount: float) -> float:
    return float(max(100, round(amount / 100) * 100))


def _per_course(per_outcome: NDArray[np.float64], catalogue: Catalogue, count: int) -> NDArray[np.float64]:
    """Add (n, o) up to (n, c); courses that teach nothing get 0."""
    starts = np.flatnonzero(np.diff(catalogue.outcome_course, prepend=-1))
    result = np.zeros((len(per_outcome), count))
    result[:, catalogue.outcome_course[starts]] = np.add.reduceat(per_outcome, starts, axis=1)
    return result
