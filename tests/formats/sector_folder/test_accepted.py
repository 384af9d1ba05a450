"""Accepted sessions that cannot be allowed."""

from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.sector_folder.folders import FILES, found, only, report_of, sector_of
from vested.formats.sector_folder import Kind
from vested.formats.sector_folder._feasible import Course, Learner, Offer, Support, first_unmet, reach, supported

HEAD = "person_id,session_id,status\n"


def accepted(*pairs: str) -> str:
    """Give a ``fixed`` table of accepted sessions, each as person and session."""
    return HEAD + "".join(f"{pair.replace(' ', ',')},accepted\n" for pair in pairs)


TWICE = "3:2: “P1” accepted session “X4” of course “C1”, and already one of it in line 2; keep one of the two answers"
COMPLETED = (
    "2:2: “P3” accepted session “X1” of course “C1”, which they have completed; take the answer away, or the completion"
)
LANGUAGE = (
    "2:2: “P1” accepted session “X3” of course “C3”, held in “fr”, in which they do not learn; add the language to the "
    "person, or take the answer away"
)
HOURS = (
    "2:2: with session “X2” of course “C2”, “P3” accepted 16 hours of 10; raise the person's hours, or take the answer "
    "away"
)
SEATS = "4:2: 2 people have accepted session “X2”, which has room for 1; add seats, or take the answer away of 1"
BEFORE = (
    "2:2: “P1” accepted session “X5” of period 1, which needs course “C1” completed before; it cannot be taken before "
    "that; correct the levels or completions, choose a later session, or take the answer away"
)


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        (["P1 X1", "P1 X4"], TWICE),
        (["P3 X1"], COMPLETED),
        (["P1 X3"], LANGUAGE),
        (["P3 X2"], HOURS),
        (["P1 X2", "P2 X1", "P2 X2"], SEATS),
        (["P1 X5"], BEFORE),
    ],
)
def test_what_cannot_be_allowed_is_reported(tmp_path: Path, answers: list[str], text: str) -> None:
    report = report_of(tmp_path, {"fixed.csv": accepted(*answers)})
    assert only(report) == f"fixed.csv:{text}"
    assert report.problems[0].kind is Kind.NOT_ALLOWED


def test_a_supporting_session_that_is_not_accepted_may_help(tmp_path: Path) -> None:
    """P1 can take X1 in period 1 for the level and the prerequisite of X2."""
    assert len(sector_of(tmp_path, {"fixed.csv": accepted("P1 X2")}).fixed) == 1


def test_a_supporting_session_that_is_declined_may_not(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"fixed.csv": accepted("P1 X2") + "P1,X1,declined\n"})
    assert found(report) == [("fixed.csv", 2, 2, Kind.NOT_ALLOWED)]


def test_a_supporting_session_whose_seats_others_accepted_may_not(tmp_path: Path) -> None:
    sessions = FILES["sessions.csv"].replace("2027-01-15,2", "2027-01-15,1")
    report = report_of(tmp_path, {"fixed.csv": accepted("P1 X2", "P2 X1"), "sessions.csv": sessions})
    assert found(report) == [("fixed.csv", 2, 2, Kind.NOT_ALLOWED)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("budgets.csv", "unit_id,amount\n,299\n"),
        ("staff.csv", FILES["staff.csv"].replace("M,R1,40", "M,R1,23")),
    ],
)
def test_supporting_sessions_fit_into_hours_and_money(tmp_path: Path, name: str, content: str) -> None:
    report = report_of(tmp_path, {"fixed.csv": accepted("P1 X2"), name: content})
    assert only(report) == (
        "fixed.csv:2:2: “P1” accepted session “X2” of period 2, which needs course “C1” completed before; the sessions "
        "for it do not fit into their hours and money; raise the person's hours or the budget, choose a later session, "
        "or take the answer away"
    )


def test_a_level_no_session_reaches_is_named_with_what_can_be(tmp_path: Path) -> None:
    outcomes = FILES["course_outcomes.csv"].replace("C2,S1,3,5", "C2,S1,4,5")
    report = report_of(tmp_path, {"fixed.csv": accepted("P1 X2"), "course_outcomes.csv": outcomes})
    assert only(report) == (
        "fixed.csv:2:2: “P1” accepted session “X2” of period 2, which starts from level 4 of “S1”; at most 3 can be "
        "reached before that; correct the levels or completions, choose a later session, or take the answer away"
    )


def test_a_level_held_already_needs_no_support(tmp_path: Path) -> None:
    levels, completions = "person_id,skill_id,level\nP1,S1,3\n", "person_id,course_id\nP1,C1\n"
    changes: dict[str, str | bytes | None] = {"levels.csv": levels, "completions.csv": completions}
    assert len(sector_of(tmp_path, {"fixed.csv": accepted("P1 X5"), **changes}).fixed) == 1


def test_sessions_of_one_period_do_not_help_one_another(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"fixed.csv": accepted("P1 X1", "P1 X5")})
    assert found(report) == [("fixed.csv", 3, 2, Kind.NOT_ALLOWED)]


def test_accepted_and_declined_at_once_is_reported(tmp_path: Path) -> None:
    report = report_of(tmp_path, {"fixed.csv": HEAD + "P2,X1,accepted\nP2,X1,declined\n"})
    assert only(report) == (
        "fixed.csv:3:1: person_id “P2” and session_id “X1” is declined here and accepted in line 2; keep the answer "
        "that holds"
    )


@pytest.mark.parametrize(
    ("budgets", "place", "what"),
    [
        (",150", (2, 2), "accepted sessions cost 200, the budget for everybody is 150"),
        ("M,150", (2, 2), "accepted sessions cost 200, the budget of “M” is 150"),
        (",900\nA,50", (3, 2), "accepted sessions cost 100, the budget of “A” is 50"),
    ],
)
def test_accepted_cost_above_a_budget_is_reported(
    tmp_path: Path, budgets: str, place: tuple[int, int], what: str
) -> None:
    changes = {"fixed.csv": accepted("P1 X1", "P2 X1"), "budgets.csv": f"unit_id,amount\n{budgets}\n"}
    report = report_of(tmp_path, {**changes})
    assert found(report) == [("budgets.csv", *place, Kind.NOT_ALLOWED)]
    assert what in only(report)


def test_other_problems_do_not_hide_it_nor_is_it_made_up(tmp_path: Path) -> None:
    """A level and hours that cannot be read are no reason to refuse an answer; a course taken twice still is."""
    changes: dict[str, str | bytes | None] = {
        "levels.csv": FILES["levels.csv"].replace("P1,S1,2", "P1,S1,two"),
        "staff.csv": FILES["staff.csv"].replace("A,R1,40", "A,R1,many"),
        "fixed.csv": accepted("P1 X2", "P2 X2", "P2 X5", "X X1", "P1 X9"),
        "sessions.csv": FILES["sessions.csv"].replace("X2,C2,2,,1", "X2,C2,2,,lots"),
    }
    assert [place for place in found(report_of(tmp_path, changes)) if place[3] is Kind.NOT_ALLOWED] == [
        ("fixed.csv", 4, 2, Kind.NOT_ALLOWED)
    ]


SKILLS = ("a", "b")
LEVEL = st.integers(0, 3).map(float)


@st.composite
def puzzles(draw: st.DrawFn) -> tuple[list[Offer], list[Offer], Learner]:
    """Draw accepted sessions, all sessions, and a learner who can take the accepted ones side by side."""
    courses: list[Course] = []
    for number in range(draw(st.integers(1, 5))):
        taught = draw(st.lists(st.sampled_from(SKILLS), unique=True, max_size=2))
        steps = [(skill, start := draw(LEVEL), start + draw(st.integers(1, 2))) for skill in taught]
        before = draw(st.sampled_from(["", *(course.course_id for course in courses)]))
        hours, cost = draw(st.integers(0, 3)), draw(st.integers(0, 3))
        courses.append(
            Course(f"c{number}", float(hours), float(cost), draw(st.sampled_from(["", "fr"])), before, (*steps,))
        )
    offers = [
        Offer(f"s{number}", draw(st.sampled_from(courses)), draw(st.integers(1, 4)), None)
        for number in range(draw(st.integers(1, 7)))
    ]
    taken = draw(
        st.lists(st.sampled_from(offers), min_size=1, max_size=2, unique_by=lambda offer: offer.course.course_id)
    )
    others = [course.course_id for course in courses if course not in [offer.course for offer in taken]]
    learner = Learner(
        hours=draw(st.integers(0, 8)) + sum(offer.course.hours for offer in taken),
        money=float(draw(st.integers(0, 6))),
        languages=frozenset(draw(st.sampled_from([(), ("fr",), ("fr", "da")]))),
        levels={skill: draw(LEVEL) for skill in SKILLS if draw(st.booleans())},
        completed=frozenset(draw(st.lists(st.sampled_from(others), max_size=1)) if others else []),
        declined=frozenset(
            draw(st.lists(st.sampled_from([o.session_id for o in offers if o not in taken]), max_size=1))
            if len(offers) > len(taken)
            else []
        ),
    )
    return taken, offers, learner


def possible(taken: list[Offer], offers: list[Offer], learner: Learner) -> bool:
    """Try every set of supporting sessions, period by period as the plan is defined."""
    spare = [offer for offer in offers if offer not in taken and offer.session_id not in learner.declined]
    for size in range(len(spare) + 1):
        for extra in combinations(spare, size):
            plan = [*taken, *extra]
            courses = [offer.course.course_id for offer in plan]
            if (
                len(set(courses)) == len(courses)
                and not learner.completed.intersection(courses)
                and sum(offer.course.hours for offer in plan) <= learner.hours
                and sum(offer.course.cost for offer in extra) <= learner.money
                and all(
                    not o.course.language or not learner.languages or o.course.language in learner.languages
                    for o in plan
                )
                and _in_order(plan, learner)
            ):
                return True
    return False


def _in_order(plan: list[Offer], learner: Learner) -> bool:
    levels, behind = dict(learner.levels), set(learner.completed)
    for period in range(1, 5):
        now = [offer.course for offer in plan if offer.period == period]
        if any(course.prerequisite_id and course.prerequisite_id not in behind for course in now):
            return False
        if any(levels.get(skill, 0) < start for course in now for skill, start, _ in course.outcomes):
            return False
        for course, step in product(now, SKILLS):
            levels[step] = max([levels.get(step, 0), *(end for skill, _, end in course.outcomes if skill == step)])
        behind |= {course.course_id for course in now}
    return True


@given(puzzles())
def test_the_search_agrees_with_trying_everything(puzzle: tuple[list[Offer], list[Offer], Learner]) -> None:
    taken, offers, learner = puzzle
    support = Support(offers)
    unreachable, useful = reach(taken, learner, {found for offer in taken for found in support.of(offer.course)})
    answer = first_unmet(taken, learner) is None or (not unreachable and support.allows(taken, learner, useful))
    assert answer == possible(taken, offers, learner)


def test_a_search_without_end_gives_the_benefit_of_the_doubt() -> None:
    """Eight courses are needed, there is money for seven, and finding that out takes more than fifty sets."""
    steps = [Course(f"c{n}", 1, 1, "", "", (("a", 0, 1), (f"b{n}", 0, 1))) for n in range(8)]
    last = Course("last", 1, 0, "", "", tuple((skill, 1, 2) for skill in ("a", *(f"b{n}" for n in range(8)))))
    offers = [Offer(f"{course.course_id}-{period}", course, period, None) for course in steps for period in (1, 2)]
    taken = [Offer("goal", last, 3, None)]
    learner = Learner(99, 7, frozenset(), {}, frozenset(), frozenset())
    assert supported(taken, learner, offers)[0] is False
    answer, searched = supported(taken, learner, offers, most=50)
    assert (answer, searched) == (True, 51)
