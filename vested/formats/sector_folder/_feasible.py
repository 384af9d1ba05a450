"""Whether a person can be given accepted sessions: an exact search for sessions that make them possible.

A session is allowed when, at the start of its period, the person has every level its course starts from and has
completed the course that comes first. Levels only rise, and each level asked for is reached by one session, so it is
enough to meet the first unmet condition in every way there is, one after the other, and to look again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SEARCHED, SEARCHED_IN_ALL = 20_000, 500_000
"""Sets of sessions looked at, for a person and for all people, before the benefit of the doubt is given."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a course takes and gives; ``outcomes`` are skill, level it starts from and level it leads to."""

    course_id: str
    hours: float
    cost: float
    language: str
    prerequisite_id: str
    outcomes: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A session of a course in a period; None ``seats`` for no limit."""

    session_id: str
    course: Course
    period: int
    seats: int | None


@dataclass(frozen=True, slots=True)
class Learner:
    """A person: ``hours`` in all, ``money`` left for sessions beside the accepted ones, and what is behind them."""

    hours: float
    money: float
    languages: frozenset[str]
    levels: Mapping[str, float]
    completed: frozenset[str]
    declined: frozenset[str]

    def speaks(self, course: Course) -> bool:
        """Tell whether the person learns in the course's language."""
        return not self.languages or not course.language or course.language.casefold() in self.languages


@dataclass(frozen=True, slots=True)
class Unmet:
    """A condition of a session: a level of a skill, or (no skill) a course completed before; ``best`` is reached."""

    offer: Offer
    skill_id: str
    level: float
    best: float


def first_unmet(plan: Iterable[Offer], learner: Learner) -> Unmet | None:
    """Give the first condition, in time, that a plan leaves unmet."""
    ordered = sorted(plan, key=lambda offer: (offer.period, offer.session_id))
    levels, completed = dict(learner.levels), set(learner.completed)
    gained: list[Course] = []
    period = 0
    for offer in ordered:
        if offer.period > period:
            _learn(levels, completed, gained)
            gained, period = [], offer.period
        unmet = _unmet(offer, levels, completed)
        if unmet:
            return unmet
        gained.append(offer.course)
    return None


def _unmet(offer: Offer, levels: Mapping[str, float], completed: set[str]) -> Unmet | None:
    course = offer.course
    if course.prerequisite_id and course.prerequisite_id not in completed:
        return Unmet(offer, "", 0, 0)
    for skill, start, _ in course.outcomes:
        if levels.get(skill, 0) < start:
            return Unmet(offer, skill, start, levels.get(skill, 0))
    return None


def _learn(levels: dict[str, float], completed: set[str], courses: Iterable[Course]) -> None:
    for course in courses:
        completed.add(course.course_id)
        for skill, _, end in course.outcomes:
            levels[skill] = max(levels.get(skill, 0), end)


class Support:
    """Finds the sessions that could matter for a course: those that teach what it starts from, and what they need."""

    def __init__(self, offers: Iterable[Offer]) -> None:
        self._teaching: dict[str, list[Offer]] = defaultdict(list)
        self._held: dict[str, list[Offer]] = defaultdict(list)
        self._found: dict[str, frozenset[Offer]] = {}
        self._left = SEARCHED_IN_ALL
        for offer in offers:
            self._held[offer.course.course_id].append(offer)
            for skill, _, _ in offer.course.outcomes:
                self._teaching[skill].append(offer)

    def of(self, course: Course) -> frozenset[Offer]:
        """Give the sessions that could matter for a course, directly or by what they need themselves."""
        if course.course_id not in self._found:
            found: dict[Offer, None] = {}
            waiting, seen = [course], {course.course_id}
            while waiting:
                for offer in self._directly(waiting.pop()):
                    found[offer] = None
                    if offer.course.course_id not in seen:
                        seen.add(offer.course.course_id)
                        waiting.append(offer.course)
            self._found[course.course_id] = frozenset(found)
        return self._found[course.course_id]

    def allows(self, accepted: Sequence[Offer], learner: Learner, useful: Sequence[Offer]) -> bool:
        """Tell whether some useful sessions make the accepted ones possible, as long as there is time to tell."""
        answer, searched = supported(accepted, learner, useful, most=min(SEARCHED, self._left))
        self._left -= searched
        return answer

    def _directly(self, course: Course) -> list[Offer]:
        teaching = [offer for skill, start, _ in course.outcomes if start > 0 for offer in self._teaching[skill]]
        return teaching + (self._held[course.prerequisite_id] if course.prerequisite_id else [])


def candidates(accepted: Sequence[Offer], learner: Learner, offers: Iterable[Offer]) -> list[Offer]:
    """Give the sessions that might support the accepted ones, whatever they ask for."""
    taken = {offer.course.course_id for offer in accepted} | learner.completed
    return [
        offer
        for offer in offers
        if offer.course.course_id not in taken
        and offer.session_id not in learner.declined
        and learner.speaks(offer.course)
    ]


def reach(accepted: Sequence[Offer], learner: Learner, offers: Iterable[Offer]) -> tuple[list[Unmet], list[Offer]]:
    """Let the person take everything at once, hours and money aside.

    Gives the conditions of accepted sessions that not even that meets, and the supporting sessions it can use.
    """
    levels, completed = dict(learner.levels), set(learner.completed)
    waiting = sorted(candidates(accepted, learner, offers), key=lambda offer: (offer.period, offer.session_id))
    unmet, useful = [], []
    for period in sorted({offer.period for offer in (*accepted, *waiting)}):
        now = [offer for offer in accepted if offer.period == period]
        unmet += [condition for offer in now if (condition := _unmet(offer, levels, completed))]
        possible = [offer for offer in waiting if offer.period == period and not _unmet(offer, levels, completed)]
        useful += possible
        _learn(levels, completed, [offer.course for offer in (*now, *possible)])
    return unmet, useful


def supported(
    accepted: Sequence[Offer], learner: Learner, useful: Sequence[Offer], *, most: int = SEARCHED
) -> tuple[bool, int]:
    """Tell whether some of the useful sessions make the accepted ones possible within hours and money.

    True as well where ``most`` sets of sessions were not enough to tell. Gives also how many were looked at.
    """
    hours = learner.hours - sum(offer.course.hours for offer in accepted)
    tried: set[frozenset[str]] = set()
    stack = [(tuple(accepted), hours, learner.money)]
    while stack:
        plan, hours, money = stack.pop()
        key = frozenset(offer.session_id for offer in plan)
        if key in tried:
            continue
        tried.add(key)
        unmet = first_unmet(plan, learner)
        if unmet is None or len(tried) > most:
            return True, len(tried)
        courses = {offer.course.course_id for offer in plan}
        for offer in useful:
            course = offer.course
            fits = course.hours <= hours + 1e-9 and course.cost <= money + 1e-9
            if fits and course.course_id not in courses and _meets(offer, unmet):
                stack.append(((*plan, offer), hours - course.hours, money - course.cost))
    return False, len(tried)


def _meets(offer: Offer, unmet: Unmet) -> bool:
    """Tell whether a session, once taken, meets a condition."""
    if offer.period >= unmet.offer.period:
        return False
    if not unmet.skill_id:
        return offer.course.course_id == unmet.offer.course.prerequisite_id
    return any(skill == unmet.skill_id and end >= unmet.level for skill, _, end in offer.course.outcomes)
