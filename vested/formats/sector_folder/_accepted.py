"""Accepted sessions that cannot be allowed, whatever else a plan contains."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from vested.formats.sector_folder._feasible import Course, Learner, Offer, Support, Unmet, first_unmet, reach
from vested.formats.sector_folder._ids import Known
from vested.formats.sector_folder._nouns import Levels
from vested.formats.sector_folder._report import Findings, Kind, shown
from vested.formats.sector_folder._rows import Columns

_WITHDRAW = "take the answer away"
_NEEDED = ("units", "staff", "courses", "course_outcomes", "sessions", "fixed")
_NAMED = ("staff", "courses", "sessions")
_SLACK = 1 + 1e-9
"""Sums of hours and money may differ in the last digit."""


@dataclass(slots=True)
class _Answers:
    """A person's accepted rows of ``fixed`` with their sessions, and the sessions declined."""

    accepted: list[tuple[int, Offer]] = field(default_factory=list)
    declined: set[str] = field(default_factory=set)


def check_accepted(
    tables: Mapping[str, Columns], known: Mapping[str, Known], levels: Levels, findings: Findings
) -> None:
    """Report accepted sessions no plan can hold.

    For each person: a course twice, a completed course, a language the person does not learn in, more hours than the
    person has, and a level or prerequisite that no feasible plan of the person reaches, supporting sessions that are
    not accepted themselves included. For all together: more people than seats, more cost than a budget. Rows whose
    ids are unknown are passed over; they are reported elsewhere.
    """
    readable = all(name in tables for name in _NEEDED) and all(name in known for name in _NAMED)
    if not readable or "accepted" not in tables["fixed"].texts("status"):
        return
    fixed, staff = tables["fixed"], tables["staff"]
    offers = _offers(tables, known)
    answers = _answers(fixed, offers, known["staff"])
    taken = Counter(offer.session_id for answer in answers.values() for _, offer in answer.accepted)
    _check_seats(fixed, answers, taken, offers, findings)
    money = _Money(tables, known, answers)
    money.check(findings)
    support = Support(
        offer for offer in offers.values() if offer.seats is None or offer.seats > taken[offer.session_id]
    )
    held = _levels_of(levels, [known["staff"].index[person] for person in answers], known)
    completed = _completed(tables)
    hours = _or(staff.numbers("hours"), math.inf)
    languages, units = staff.lists("languages"), staff.texts("unit_id")
    for person, answer in answers.items():
        row = known["staff"].index[person]
        learner = Learner(
            hours=hours[row],
            money=money.left(units[row]),
            languages=frozenset(language.casefold() for language in languages[row]),
            levels=held.get(row, {}),
            completed=completed.get(person, frozenset()),
            declined=frozenset(answer.declined),
        )
        _check_person(person, answer, learner, support=support, fixed=fixed, findings=findings)


def _or(numbers: list[float], stand_in: float) -> list[float]:
    """Give numbers, with a harmless one for each that could not be read and is reported already."""
    return [stand_in if math.isnan(number) else number for number in numbers]


def _offers(tables: Mapping[str, Columns], known: Mapping[str, Known]) -> dict[str, Offer]:
    """Give every session whose course is known, by its id."""
    courses, outcomes, sessions = tables["courses"], tables["course_outcomes"], tables["sessions"]
    taught: dict[str, list[tuple[str, float, float]]] = defaultdict(list)
    steps = zip(_or(outcomes.numbers("from_level"), 0), _or(outcomes.numbers("to_level"), math.inf), strict=True)
    for course, skill, (start, end) in zip(outcomes.texts("course_id"), outcomes.texts("skill_id"), steps, strict=True):
        taught[course].append((skill, start, end))
    columns = (
        _or(courses.numbers("hours"), 0),
        _or(courses.numbers("cost"), 0),
        courses.texts("language"),
        courses.texts("prerequisite_id"),
    )
    rows = list(zip(*columns, strict=True))
    by_id = {name: Course(name, *rows[row], tuple(taught[name])) for name, row in known["courses"].index.items()}
    found = {}
    periods, seats = sessions.numbers("period"), sessions.values["seats"]
    held = sessions.texts("course_id")
    for name, row in known["sessions"].index.items():
        limit = seats[row]
        if held[row] in by_id and periods[row] >= 1:
            number = limit if isinstance(limit, int) else None
            found[name] = Offer(name, by_id[held[row]], int(periods[row]), number)
    return found


def _answers(fixed: Columns, offers: Mapping[str, Offer], staff: Known) -> dict[str, _Answers]:
    """Collect the answers of each known person who accepted something; of one said twice the first counts."""
    found: dict[str, _Answers] = defaultdict(_Answers)
    seen = set()
    answers = zip(fixed.texts("person_id"), fixed.texts("session_id"), fixed.texts("status"), strict=True)
    for row, (person, session, status) in enumerate(answers):
        if person in staff.index and session in offers and (person, session) not in seen:
            seen.add((person, session))
            if status == "accepted":
                found[person].accepted.append((row, offers[session]))
            elif status == "declined":
                found[person].declined.add(session)
    return {person: answer for person, answer in found.items() if answer.accepted}


def _check_seats(
    fixed: Columns,
    answers: Mapping[str, _Answers],
    taken: Mapping[str, int],
    offers: Mapping[str, Offer],
    findings: Findings,
) -> None:
    rows: dict[str, list[int]] = defaultdict(list)
    for answer in answers.values():
        for row, offer in answer.accepted:
            rows[offer.session_id].append(row)
    for session, count in taken.items():
        seats = offers[session].seats
        if seats is not None and count > seats:
            place = fixed.place(sorted(rows[session])[seats], "session_id")
            what = f"{count:,} people have accepted session {shown(session)}, which has room for {seats:,}"
            findings.problem(place, Kind.NOT_ALLOWED, what, f"add seats, or {_WITHDRAW} of {count - seats:,}")


class _Money:
    """What accepted sessions cost, and what every budget has left."""

    def __init__(
        self, tables: Mapping[str, Columns], known: Mapping[str, Known], answers: Mapping[str, _Answers]
    ) -> None:
        self._budgets = tables.get("budgets")
        units = tables["units"].texts("unit_id")
        self._parents = dict(zip(reversed(units), reversed(tables["units"].texts("parent_id")), strict=True))
        self._spent: dict[str, float] = defaultdict(float)
        self._amounts: dict[str, float] = {}
        if self._budgets:
            amounts = _or(self._budgets.numbers("amount"), math.inf)
            self._amounts = dict(zip(self._budgets.texts("unit_id"), amounts, strict=True))
        works_in = tables["staff"].texts("unit_id")
        for person, answer in answers.items():
            cost = sum(offer.course.cost for _, offer in answer.accepted)
            for unit in self._above(works_in[known["staff"].index[person]]):
                self._spent[unit] += cost

    def _above(self, unit: str) -> Iterator[str]:
        """Give a unit, those above it, and last the empty text for everybody."""
        seen = set()
        while unit and unit not in seen:
            seen.add(unit)
            yield unit
            unit = self._parents.get(unit, "")
        yield ""

    def left(self, unit: str) -> float:
        """Give what the budgets over a unit have left."""
        limits = [self._amounts[above] - self._spent[above] for above in self._above(unit) if above in self._amounts]
        return max(0, min(limits, default=math.inf))

    def check(self, findings: Findings) -> None:
        """Report budgets that accepted sessions exceed."""
        if not self._budgets:
            return
        units, amounts = self._budgets.texts("unit_id"), self._budgets.numbers("amount")
        for row, (unit, amount) in enumerate(zip(units, amounts, strict=True)):
            if self._spent[unit] > amount * _SLACK:
                whose = f"of {shown(unit)}" if unit else "for everybody"
                what = f"accepted sessions cost {self._spent[unit]:,.10g}, the budget {whose} is {amount:,.10g}"
                mend = "raise the budget, or take answers away"
                findings.problem(self._budgets.place(row, "amount"), Kind.NOT_ALLOWED, what, mend)


def _levels_of(levels: Levels, people: list[int], known: Mapping[str, Known]) -> dict[int, dict[str, float]]:
    """Give the levels of some people by skill."""
    held: dict[int, dict[str, float]] = defaultdict(dict)
    if not len(levels.person) or "skills" not in known:
        return held
    rows = np.flatnonzero(np.isin(levels.person, np.array(people, np.int32)) & (levels.skill >= 0))
    names = [""] * (max(known["skills"].index.values(), default=-1) + 1)
    for name, index in known["skills"].index.items():
        names[index] = name
    columns = (column[rows].tolist() for column in (levels.person, levels.skill, levels.level))
    for person, skill, level in zip(*columns, strict=True):
        held[person].setdefault(names[skill], level)
    return held


def _completed(tables: Mapping[str, Columns]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    if "completions" in tables:
        columns = tables["completions"]
        for person, course in zip(columns.texts("person_id"), columns.texts("course_id"), strict=True):
            found[person].add(course)
    return {person: frozenset(courses) for person, courses in found.items()}


def _check_person(
    person: str, answer: _Answers, learner: Learner, *, support: Support, fixed: Columns, findings: Findings
) -> None:
    """Report what one person cannot be allowed."""
    before = len(findings.problems)
    lines: dict[str, int] = {}
    hours = 0.0
    over = False
    for row, offer in answer.accepted:
        course, name = offer.course, f"session {shown(offer.session_id)} of course {shown(offer.course.course_id)}"
        place = fixed.place(row, "session_id")
        if course.course_id in lines:
            what = f"{shown(person)} accepted {name}, and already one of it in line {lines[course.course_id]}"
            findings.problem(place, Kind.NOT_ALLOWED, what, "keep one of the two answers")
            continue
        lines[course.course_id] = fixed.lines[row]
        if course.course_id in learner.completed:
            what = f"{shown(person)} accepted {name}, which they have completed"
            findings.problem(place, Kind.NOT_ALLOWED, what, f"{_WITHDRAW}, or the completion")
        if not learner.speaks(course):
            what = f"{shown(person)} accepted {name}, held in {shown(course.language)}, in which they do not learn"
            findings.problem(place, Kind.NOT_ALLOWED, what, f"add the language to the person, or {_WITHDRAW}")
        hours += course.hours
        if hours > learner.hours * _SLACK and not over:
            over = True
            what = f"with {name}, {shown(person)} accepted {hours:,.10g} hours of {learner.hours:,.10g}"
            findings.problem(place, Kind.NOT_ALLOWED, what, f"raise the person's hours, or {_WITHDRAW}")
    if len(findings.problems) == before:
        _check_order(person, answer, learner, support=support, fixed=fixed, findings=findings)


def _check_order(
    person: str, answer: _Answers, learner: Learner, *, support: Support, fixed: Columns, findings: Findings
) -> None:
    """Report accepted sessions whose levels or prerequisites no feasible plan of the person reaches."""
    accepted = [offer for _, offer in answer.accepted]
    first = first_unmet(accepted, learner)
    if first is None:
        return
    offers = frozenset().union(*(support.of(offer.course) for offer in accepted))
    unreachable, useful = reach(accepted, learner, offers)
    row_of = {offer.session_id: row for row, offer in answer.accepted}
    for unmet in unreachable:
        place = fixed.place(row_of[unmet.offer.session_id], "session_id")
        what = f"{shown(person)} accepted {_asking(unmet)}; {_at_most(unmet)} before that"
        mend = f"correct the levels or completions, choose a later session, or {_WITHDRAW}"
        findings.problem(place, Kind.NOT_ALLOWED, what, mend)
    if not unreachable and not support.allows(accepted, learner, useful):
        place = fixed.place(row_of[first.offer.session_id], "session_id")
        what = f"{shown(person)} accepted {_asking(first)}; the sessions for it do not fit into their hours and money"
        mend = f"raise the person's hours or the budget, choose a later session, or {_WITHDRAW}"
        findings.problem(place, Kind.NOT_ALLOWED, what, mend)


def _asking(unmet: Unmet) -> str:
    session = f"session {shown(unmet.offer.session_id)} of period {unmet.offer.period}"
    if unmet.skill_id:
        return f"{session}, which starts from level {unmet.level:g} of {shown(unmet.skill_id)}"
    return f"{session}, which needs course {shown(unmet.offer.course.prerequisite_id)} completed before"


def _at_most(unmet: Unmet) -> str:
    return f"at most {unmet.best:g} can be reached" if unmet.skill_id else "it cannot be taken"
