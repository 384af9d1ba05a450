"""Prices, and the scratch space a search works in."""

from typing import NamedTuple

import numpy as np

from vested.engines.training._model import Model
from vested.engines.training._nouns import Flags, Floats, Ints

NODES = 50_000  # of one person; beyond, the bound stays valid but is no longer tight
FEW = 200  # where a good plan will do
TINY = 1e-9
COURSE, ORDER, KEEP, STACK, BEFORE, FORCED, OPENS, TAKEN, PICK, MAIN, DEGREE, IDLE = range(
    12
)  # rows of ``Work.course``
PROMISE, NET, MOST, SPAN, HOUR = range(5)  # rows of ``Work.course_value``
LEVEL, REQUIRE, WEIGHT, TOP, EXTRA, LEAST, ROOM = range(7)  # rows of ``Work.skill_value``
PLACE, NEED_OF, SEEN = range(3)  # rows of ``Work.skill``
NEED_LEVEL, NEED_BY, NEED_PRICE = range(3)  # rows of ``Work.need``
OUTCOME_OF, OUTCOME_SKILL, ENABLE_OF = range(3)  # rows of ``Work.outcome``
OUTCOME_FROM, OUTCOME_TO = range(2)  # rows of ``Work.outcome_value``
ITEM_COURSE, ITEM_PERIOD, ITEM_SESSION, ITEM_OPEN = range(4)  # rows of ``Work.item``
WORTH, HOURS, COST, BOUND = range(4)  # rows of ``Work.node_value``
CHOSEN, FOLLOWING, STEPS = range(3)  # rows of ``Work.node``
HOPE, STEP_HOURS, STEP_WORTH = range(3)  # rows of ``Work.node_course``


class Duals(NamedTuple):
    """What things are worth to a person.

    A weighted level closed is worth ``level`` plus what the unit (u,) and the grade (grades + 1,; the last entry for
    none) add; a unit of money costs ``money`` (u,), a seat ``seat`` (j,; infinite where it may not be used); a new
    holder brings ``need`` (k,), a wish ``wish`` times its weight, a compulsory course ``compulsory``.
    """

    level: float
    unit_level: Floats
    grade_level: Floats
    money: Floats
    seat: Floats
    need: Floats
    wish: float
    compulsory: float


class Work(NamedTuple):
    """Scratch space for one thread.

    Few arrays with named rows: compiled calls pay for every array they are handed (with 60 of them the search took four
    times as long). Of the person: ``course``, ``course_value`` (rows, courses), ``skill``, ``skill_value`` (rows,
    skills), ``need`` (rows, needs), ``outcome``, ``outcome_value`` (rows, outcomes), ``enable`` (courses that open
    others), ``item`` (rows, items), ``item_worth``, ``best_after`` (items, courses). Of the open nodes, by depth:
    ``node``, ``node_value``, ``node_course`` (rows, depth, courses), ``current`` and ``begin`` (depth, skills) levels
    now and at the start of the period. The best plans: ``found``, ``size``, ``plan``.
    """

    refused: Flags
    course: Ints
    course_value: Floats
    skill: Ints
    skill_value: Floats
    need: Floats
    outcome: Ints
    outcome_value: Floats
    enable: Ints
    item: Ints
    item_worth: Floats
    best_after: Floats
    node: Ints
    node_value: Floats
    node_course: Floats
    current: Floats
    begin: Floats
    found: Floats
    size: Ints
    plan: Ints
    turn: Ints


def work_for(model: Model, keep: int) -> Work:
    """Scratch space for pricing people of this model, keeping ``keep`` plans each."""
    most = int(np.diff(model.candidate_of).max(initial=0)) + 1
    skills, sessions = model.required.shape[1], len(model.period)
    needs = int(np.diff(model.unit_need_of).max(initial=0)) + 1
    outcomes = most * (int(np.diff(model.outcome_of).max(initial=0)) + 1) + 1
    items = sessions + 1
    depth = model.longest + 2
    skill = np.zeros((3, skills + 2), np.int64)
    skill[PLACE] = -1
    return Work(
        refused=np.zeros(sessions, np.bool_),
        course=np.zeros((12, most), np.int64),
        course_value=np.zeros((5, most)),
        skill=skill,
        skill_value=np.zeros((7, skills)),
        need=np.zeros((3, needs)),
        outcome=np.zeros((3, outcomes), np.int64),
        outcome_value=np.zeros((2, outcomes)),
        enable=np.zeros(outcomes * most, np.int64),
        item=np.zeros((4, items), np.int64),
        item_worth=np.zeros(items),
        best_after=np.zeros((items + 1, most)),
        node=np.zeros((3, depth), np.int64),
        node_value=np.zeros((4, depth)),
        node_course=np.zeros((3, depth, most)),
        current=np.zeros((depth, skills)),
        begin=np.zeros((depth, skills)),
        found=np.zeros(keep),
        size=np.zeros(keep, np.int64),
        plan=np.zeros((keep, depth), np.int64),
        turn=np.ones(1, np.int64),
    )
