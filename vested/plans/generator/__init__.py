"""Made-up sectors, for trying out, demonstrating and measuring.

    from vested.plans.generator import make_sector
    sector = make_sector(people=1000, seed=7)

One ministry with agencies, departments and teams, ten job families, skills with correlated levels, a catalogue of about
200 courses, scarce and ample seats, wishes, initiatives with dated skill needs, and budgets. The same numbers give the
same sector, bit by bit (with the same version of numpy: its random streams are stable but not promised for ever). Each
part draws from a stream of its own, so a change in one part leaves the others alone. How each number is drawn is said
in the docstring of its part: ``_frame`` skills, roles and requirements; ``_organisation`` units and staff; ``_levels``;
``_courses``; ``_wants`` completions, wishes and initiatives; ``_supply`` sessions and budgets; ``_portfolio`` what
initiatives are chosen by; ``_around`` what is generated around imported tables.
"""

from dataclasses import replace
from datetime import date

import numpy as np

from vested.formats.sector_folder import Sector, Settings
from vested.plans.generator._around import courses_of, frame_around
from vested.plans.generator._courses import catalogue
from vested.plans.generator._levels import levels
from vested.plans.generator._organisation import SMALLEST, organisation
from vested.plans.generator._portfolio import with_portfolio
from vested.plans.generator._supply import budgets, sessions, useful
from vested.plans.generator._tables import Tables, read_base
from vested.plans.generator._wants import completed, completions, initiatives, wishes
from vested.plans.generator._words import MORE_INITIATIVES

__all__ = ["Tables", "make_sector", "read_base"]

FIRST_DAY = date(2027, 1, 4)
PERIODS = 4
_STREAMS = (
    "frame",
    "organisation",
    "levels",
    "courses",
    "completed",
    "useful",
    "sessions",
    "budgets",
    "wishes",
    "work",
    "more_work",
    "portfolio",
)


def make_sector(
    *, people: int, seed: int, base: Tables | None = None, first_day: date = FIRST_DAY, portfolio: bool = False
) -> Sector:
    """Make up a sector of ``people`` civil servants, around the tables of ``base`` where given.

    With a ``portfolio`` it has twice as many initiatives, and what a roadmap chooses among them by. The horizon begins
    on ``first_day``; levels and completions are from before it.
    Raises ``ValueError`` for fewer than 20 people, a negative seed, or a base whose cells cannot be read.
    """
    if people < SMALLEST:
        raise ValueError(f"a sector needs at least {SMALLEST} people, not {people}; ask for more")
    if seed < 0:
        raise ValueError(f"a seed is a whole number from 0 up, not {seed}; choose another")
    random = {name: np.random.default_rng((seed, place)) for place, name in enumerate(_STREAMS)}
    frame = frame_around(random["frame"], base or {})
    given, taught = courses_of(base or {})
    offer = catalogue(random["courses"], frame=frame, courses=given, outcomes=taught)
    staffed = organisation(random["organisation"], people=people, frame=frame)
    rows, known = levels(random["levels"], frame=frame, organisation=staffed, first_day=first_day.toordinal())
    done = completed(random["completed"], organisation=staffed, catalogue=offer, known=known)
    wanted = useful(random["useful"], frame=frame, organisation=staffed, catalogue=offer, known=known, completed=done)
    work, needs = initiatives(random["work"], frame=frame, organisation=staffed, known=known, periods=PERIODS)
    sector = Sector(
        settings=Settings(periods=PERIODS, currency="EUR", fairness=0.3, seed=seed),
        units=staffed.units,
        staff=staffed.staff,
        skills=frame.skills,
        roles=frame.roles,
        role_requirements=frame.requirements,
        levels=rows,
        courses=offer.courses,
        course_outcomes=offer.outcomes,
        sessions=sessions(
            random["sessions"], catalogue=offer, places=wanted.places, periods=PERIODS, first_day=first_day
        ),
        completions=completions(
            random["completed"], organisation=staffed, catalogue=offer, done=done, first_day=first_day
        ),
        wishes=wishes(random["wishes"], organisation=staffed, catalogue=offer, known=known, done=done),
        initiatives=work,
        initiative_skills=needs,
        budgets=budgets(random["budgets"], organisation=staffed, cost=wanted.cost),
    )
    if not portfolio:
        return sector
    more, theirs = initiatives(
        random["more_work"],
        frame=frame,
        organisation=staffed,
        known=known,
        periods=PERIODS,
        named=MORE_INITIATIVES,
        after=len(work),
    )
    return with_portfolio(
        random["portfolio"], replace(sector, initiatives=(*work, *more), initiative_skills=(*needs, *theirs))
    )
