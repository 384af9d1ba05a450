"""Prices, and the scratch space a search works in."""

from typing import NamedTuple

import numpy as np

from vested.engines.training._model import Model
from vested.engines.training._nouns import Flags, Floats, Ints

NODES = 50_000  # of one person; beyond, the bound stays valid but is no longer tight
FEW = 200  # where a good plan will do
TINY = 1e-9
LARGEST = 12  # courses a part may have; twice as many where they open one another
CHOICES = 20_000  # choices all parts may have
ALIKE = 250  # choices of a part among which those of the same courses are looked for
BINS = 512  # of hours, at most
# Rows of ``Work.course``:
COURSE, KEEP, STACK, BEFORE, FORCED, OPENS, TAKEN, IDLE, READY, LINK, SIZE, TOUCHES, PART = range(13)
LEVEL, REQUIRE, WEIGHT, NOW, TOP, SECOND, OVERLAP = range(7)  # rows of ``Work.skill_value``
PLACE, NEED_OF, SEEN, OWNER, ORDER, SKILL = range(6)  # rows of ``Work.skill``
NEED_LEVEL, NEED_BY, NEED_PRICE = range(3)  # rows of ``Work.need``
OUTCOME_OF, OUTCOME_SKILL, ENABLE_OF, AWAY = range(4)  # rows of ``Work.outcome``
OUTCOME_FROM, OUTCOME_TO = range(2)  # rows of ``Work.outcome_value``
ITEM_COURSE, ITEM_PERIOD, ITEM_SESSION, ITEM_OPEN = range(4)  # rows of ``Work.item``
PARENT, ADDED, LENGTH, BIN, MARK = range(5)  # rows of ``Work.choice``
CHOSEN, FOLLOWING, NUMBER, KEPT, PICKED = range(5)  # rows of ``Work.node``
WORTH, HOURS, COST, BOUND, LAST = range(5)  # rows of ``Work.choice_value`` (the first three) and ``Work.open``


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

    How to search: parts of ``largest`` courses, at most ``nodes`` visited, and whether ``every`` plan is kept that
    another beats at these prices while using other seats. (Handed over as constants, they would have it
    compiled anew for each.)

    Few arrays with named rows: compiled calls pay for every array they are handed (with 60 of them the search took four
    times as long). Of the person: ``course`` (rows, courses), ``hour``, ``hope``, ``cost`` (courses), ``skill``,
    ``skill_value`` (rows, skills), ``need`` (rows, needs), ``outcome``, ``outcome_value`` (rows, outcomes), ``enable``
    (courses that open others), ``item`` (rows, items), ``item_worth``. Of the parts: ``member`` (items of one),
    ``choice_of`` (parts + 1) where the choices of each begin, ``choice``, ``choice_value`` (rows, choices), ``table``
    (parts + 1, bins), ``most`` (bins). Of the open nodes, by depth: ``node``, ``open`` (rows, depth), ``current`` and
    ``begin`` (depth, skills) levels now and at the start of the period. The best plans: ``found``, ``size``, ``mark``
    (of their courses), ``plan``.
    """

    largest: int
    nodes: int
    every: bool
    refused: Flags
    course: Ints
    hour: Floats
    hope: Floats
    cost: Floats
    skill: Ints
    skill_value: Floats
    need: Floats
    outcome: Ints
    outcome_value: Floats
    enable: Ints
    item: Ints
    item_worth: Floats
    choice_of: Ints
    member: Ints
    choice: Ints
    choice_value: Floats
    table: Floats
    most: Floats
    node: Ints
    open: Floats
    current: Floats
    begin: Floats
    found: Floats
    size: Ints
    mark: Ints
    plan: Ints


def work_for(model: Model, *, keep: int = 1, nodes: int = NODES, every: bool = False, largest: int = LARGEST) -> Work:
    """Scratch space for pricing people of this model, keeping ``keep`` plans each."""
    most = int(np.diff(model.candidate_of).max(initial=0)) + 1
    skills, sessions = model.required.shape[1], len(model.period)
    needs = int(np.diff(model.unit_need_of).max(initial=0)) + 1
    outcomes = most * (int(np.diff(model.outcome_of).max(initial=0)) + 1) + 1
    items = sessions + 1
    depth = max(model.longest, most) + 2
    skill = np.zeros((6, skills + 2), np.int64)
    skill[PLACE] = -1
    return Work(
        largest=largest,
        nodes=nodes,
        every=every,
        refused=np.zeros(sessions, np.bool_),
        course=np.zeros((13, most), np.int64),
        hour=np.zeros(most),
        hope=np.zeros(most),
        cost=np.zeros(most),
        skill=skill,
        skill_value=np.zeros((7, skills)),
        need=np.zeros((3, needs)),
        outcome=np.zeros((4, outcomes), np.int64),
        outcome_value=np.zeros((2, outcomes)),
        enable=np.zeros(outcomes * most, np.int64),
        item=np.zeros((4, items), np.int64),
        item_worth=np.zeros(items),
        choice_of=np.zeros(most + 1, np.int64),
        member=np.zeros(items, np.int64),
        choice=np.zeros((5, CHOICES + items + most), np.int64),
        choice_value=np.zeros((3, CHOICES + items + most)),
        table=np.zeros((most + 1, BINS + 1)),
        most=np.zeros(BINS + 1),
        node=np.zeros((5, depth), np.int64),
        open=np.zeros((5, depth)),
        current=np.zeros((depth, skills)),
        begin=np.zeros((depth, skills)),
        found=np.zeros(keep),
        size=np.zeros(keep, np.int64),
        mark=np.zeros(keep, np.int64),
        plan=np.zeros((keep, depth), np.int64),
    )
