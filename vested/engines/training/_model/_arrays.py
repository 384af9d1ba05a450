"""The arrays of one problem."""

from typing import NamedTuple

from vested.engines.training._nouns import Flags, Floats, Ints, Ints32


class Model(NamedTuple):
    """Arrays of one problem; ``x_of`` arrays are offsets into ``x`` (compressed rows).

    Courses' ``outcome_*`` and ``session*`` are sorted by course (sessions by period within it); ``teach`` lists
    outcomes by skill. ``candidate`` lists for each person the courses that may be of use and can be reached at all,
    ``candidate_first`` the earliest period for each.
    """

    periods: int
    levels: Floats
    hours: Floats
    role: Ints
    unit: Ints
    grade: Ints
    speaks: Flags
    required: Floats
    weight: Floats
    compulsory: Flags
    course_hours: Floats
    course_cost: Floats
    course_language: Ints
    prerequisite: Ints
    outcome_of: Ints
    outcome_skill: Ints
    outcome_from: Floats
    outcome_to: Floats
    teach_of: Ints
    teach: Ints
    teach_course: Ints
    session_of: Ints
    session: Ints
    session_period: Ints
    session_course: Ints
    period: Ints
    seats: Ints
    completed_of: Ints
    completed: Ints
    wish_of: Ints
    wish: Ints
    wish_weight: Floats
    accepted_of: Ints
    accepted: Ints
    declined_of: Ints
    declined: Ints
    unit_budget_of: Ints
    unit_budget: Ints
    unit_need_of: Ints
    unit_need: Ints
    unit_group_of: Ints
    unit_group: Ints
    budget: Floats
    need_skill: Ints
    need_level: Floats
    need_people: Ints
    need_by: Ints
    need_weight: Floats
    need_before: Ints
    need_cap: Floats
    groups: int
    fair_units: int
    group_gap: Floats
    fairness: float
    cost_weight: float
    candidate_of: Ints
    candidate: Ints32
    candidate_first: Ints32
    longest: int
