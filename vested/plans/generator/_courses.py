"""The catalogue: a ladder of courses for every skill somebody is asked for, and the compulsory ones.

A ladder's first course starts from 0; each takes people up by 1, 1.5 or 2 levels (20, 30, 50 %; the first half
a level more) and the next starts where it ends or
half a level lower, until the highest level any role asks for is reached (54 skills make about 200 courses). Beside its
own skill, 35 % also teach a second of the same area, from 0 to two levels below (at least 1). Mode: online, in person
or blended by 40, 35, 25 %. Language: any 25 %, fr 35 %, nl 25 %, en 15 %. Hours: log-normal around 6 + 1.5 x from_level
(sigma 0.45), 4 to 40. Cost: hours x 2-15 online, x 15-70 otherwise, in tens, at most 2,500; 15 % are free. A course
that is not the first of its ladder asks with 50 % for the one before, if whoever understands the one can follow the
other.

Compulsory: two short online courses for all, from 0 to 2.5, in any language, and one of 6 hours for each of six job
families (every third is held in person in few seats), from 0 to 3, for all its roles.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vested.formats.sector_folder import Course, Mode, Outcome, Skill
from vested.plans.generator._frame import Frame, Random
from vested.plans.generator._organisation import LANGUAGES
from vested.plans.generator._words import FAMILIES, FOUNDATIONS, PROVIDERS, RUNGS

TAUGHT_LANGUAGES = ("", *LANGUAGES)
LANGUAGE_SHARE = (0.25, 0.35, 0.25, 0.15)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Catalogue:
    """Courses and outcomes, and the same as arrays.

    ``prerequisite`` (c,) course, -1 for none; ``language`` (c,) place in ``LANGUAGES``, 3 another one, -1 for any;
    ``compulsory`` (r, c); ``outcome_course`` (rising), ``outcome_skill``, ``outcome_from``, ``outcome_to`` (o,).
    """

    courses: tuple[Course, ...]
    outcomes: tuple[Outcome, ...]
    prerequisite: NDArray[np.int64]
    language: NDArray[np.int64]
    compulsory: NDArray[np.bool_]
    outcome_course: NDArray[np.int64]
    outcome_skill: NDArray[np.int64]
    outcome_from: NDArray[np.float64]
    outcome_to: NDArray[np.float64]


def catalogue(
    random: Random, *, frame: Frame, courses: tuple[Course, ...] = (), outcomes: tuple[Outcome, ...] = ()
) -> Catalogue:
    """Draw ladders for all skills asked for that none of the given ``courses`` teaches, and the compulsory courses."""
    all_courses, all_outcomes = list(courses), list(outcomes)
    taken = {course.course_id for course in courses}
    taught = {outcome.skill_id for outcome in outcomes}
    highest = frame.required.max(axis=0)
    asked = [(skill, level) for skill, level in zip(frame.skills, highest.tolist(), strict=True) if level > 0]
    for skill, level in asked:
        if skill.skill_id in taught:
            continue
        neighbours = [other for other, _ in asked if other.area and other.area == skill.area and other != skill]
        more, teach = _ladder(random, skill=skill, highest=level, neighbours=neighbours, taken=taken)
        all_courses += more
        all_outcomes += teach
    if not any(course.compulsory_for for course in courses):
        more, teach = _compulsory(random, frame, taken)
        all_courses += more
        all_outcomes += teach
    return _arrays(frame, tuple(all_courses), tuple(all_outcomes))


def _ladder(
    random: Random, *, skill: Skill, highest: float, neighbours: list[Skill], taken: set[str]
) -> tuple[list[Course], list[Outcome]]:
    """Draw courses until the highest level asked for is reached."""
    courses: list[Course] = []
    outcomes: list[Outcome] = []
    end = 0.0
    while end < highest:
        start = max(0.0, end - float(random.choice([0.0, 0.5])))
        step = float(random.choice([1.0, 1.5, 2.0], p=[0.2, 0.3, 0.5]))
        end = min(start + step + (0.5 if start == 0 else 0.0), 8.0)
        mode = Mode(str(random.choice(["online", "in_person", "blended"], p=[0.4, 0.35, 0.25])))
        language = TAUGHT_LANGUAGES[int(random.choice(4, p=LANGUAGE_SHARE))]
        hours = float(np.clip(np.rint(random.lognormal(np.log(6 + 1.5 * start), 0.45)), 4, 40))
        rate = random.uniform(2, 15) if mode is Mode.ONLINE else random.uniform(15, 70)
        cost = 0.0 if random.random() < 0.15 else float(min(np.rint(hours * rate / 10) * 10, 2500))
        asks = random.random() < 0.5 and bool(courses) and courses[-1].language in ("", language)
        course = Course(
            course_id=_free(f"C-{skill.skill_id}-{start:g}", taken),
            title=_title(skill.name, start),
            hours=hours,
            cost=cost,
            provider=PROVIDERS[int(random.integers(len(PROVIDERS)))],
            mode=mode,
            language=language,
            prerequisite_id=courses[-1].course_id if asks else None,
        )
        courses.append(course)
        outcomes.append(Outcome(course.course_id, skill.skill_id, end, start))
        if neighbours and random.random() < 0.35:
            other = neighbours[int(random.integers(len(neighbours)))]
            outcomes.append(Outcome(course.course_id, other.skill_id, max(1.0, end - 2.0)))
    return courses, outcomes


def _compulsory(random: Random, frame: Frame, taken: set[str]) -> tuple[list[Course], list[Outcome]]:
    """Draw the courses that are compulsory for all and for six families."""
    courses: list[Course] = []
    outcomes: list[Outcome] = []
    place = {skill.name: index for index, skill in enumerate(frame.skills)}
    common = np.argsort(-(frame.required > 0).sum(axis=0), kind="stable")
    for_all = [place.get(FOUNDATIONS[which], int(common[which])) for which in (1, 2)]
    core = {family.name: family.core[0] for family in FAMILIES}
    plans: list[tuple[int, str, tuple[str, ...], Mode, float]] = [
        (skill, "everyone", ("all",), Mode.ONLINE, 4.0) for skill in dict.fromkeys(for_all)
    ]
    for count, family in enumerate(sorted(random.permutation(len(frame.families))[:6].tolist())):
        mine = frame.family == family
        skill = place.get(core.get(frame.families[family], ""), int(np.argmax(frame.weight[mine].sum(axis=0))))
        ids = tuple(role.role_id for role, here in zip(frame.roles, mine.tolist(), strict=True) if here)
        mode = Mode.IN_PERSON if count % 3 == 0 else Mode.BLENDED
        plans.append((skill, frame.families[family].lower() or "every role", ids, mode, 6.0))
    for skill, whom, ids, mode, hours in plans:
        row = frame.skills[skill]
        course = Course(
            course_id=_free(f"C-{row.skill_id}-must", taken),
            title=f"{row.name}: what {whom} must know",
            hours=hours,
            cost=0.0 if mode is Mode.ONLINE else 90.0,
            provider=PROVIDERS[0],
            mode=mode,
            compulsory_for=ids,
        )
        courses.append(course)
        outcomes.append(Outcome(course.course_id, row.skill_id, 2.5 if ids == ("all",) else 3.0))
    return courses, outcomes


def _title(name: str, start: float) -> str:
    return RUNGS[min(int(start), len(RUNGS) - 1)].format(
        skill=name if name[1:2].isupper() else _lower(name), Skill=name
    )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _free(course_id: str, taken: set[str]) -> str:
    """Give the id, or the id with a number where it is taken."""
    free, count = course_id, 1
    while free in taken:
        count += 1
        free = f"{course_id}-{count}"
    taken.add(free)
    return free


def _arrays(frame: Frame, courses: tuple[Course, ...], outcomes: tuple[Outcome, ...]) -> Catalogue:
    place = {course.course_id: index for index, course in enumerate(courses)}
    skill = {row.skill_id: index for index, row in enumerate(frame.skills)}
    role = {row.role_id: index for index, row in enumerate(frame.roles)}
    outcomes = tuple(sorted(outcomes, key=lambda row: place[row.course_id]))
    compulsory = np.zeros((len(frame.roles), len(courses)), dtype=np.bool_)
    for index, course in enumerate(courses):
        if course.compulsory_for == ("all",):
            compulsory[:, index] = True
        else:
            compulsory[[role[role_id] for role_id in course.compulsory_for], index] = True
    return Catalogue(
        courses=courses,
        outcomes=outcomes,
        prerequisite=np.array([place.get(course.prerequisite_id or "", -1) for course in courses], dtype=np.int64),
        language=np.array(
            [TAUGHT_LANGUAGES.index(c.language) - 1 if c.language in TAUGHT_LANGUAGES else 3 for c in courses],
            dtype=np.int64,
        ),
        compulsory=compulsory,
        outcome_course=np.array([place[row.course_id] for row in outcomes], dtype=np.int64),
        outcome_skill=np.array([skill[row.skill_id] for row in outcomes], dtype=np.int64),
        outcome_from=np.array([row.from_level for row in outcomes]),
        outcome_to=np.array([row.to_level for row in outcomes]),
    )
