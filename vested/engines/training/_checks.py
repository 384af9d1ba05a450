"""Whether a problem's arrays fit together."""

import numpy as np

from vested.engines.training._nouns import Floats, Ints, Prices, Problem


class InvalidProblem(ValueError):
    """The arrays of a problem do not fit together; says everything that is wrong."""


class Infeasible(ValueError):
    """What people accepted cannot all be kept; ``people`` whose sessions these are."""

    def __init__(self, message: str, people: Ints) -> None:
        super().__init__(message)
        self.people = people


def check(problem: Problem, start: Prices | None = None) -> None:
    """Raise InvalidProblem with all that is wrong with a problem, or with prices to start from."""
    faults = (
        _kinds(problem)
        or [*_shapes(problem), *_finite(problem)]
        or [*_references(problem), *_ranges(problem), *_start(problem, start)]
    )
    if faults:
        raise InvalidProblem("; ".join(faults))


def _kinds(problem: Problem) -> list[str]:
    """Every noun is an array of the kind and dimensions its annotation names."""
    flat = {"levels", "speaks", "completed", "wishes", "accepted", "declined", "required", "weight", "compulsory"}
    faults = []
    for part in ("people", "roles", "catalogue", "needs", "limits"):
        nouns = getattr(problem, part)
        for name, noun in type(nouns).__annotations__.items():
            array = getattr(nouns, name)
            if noun is float:
                if not isinstance(array, int | float):
                    faults.append(f"{part}.{name} is not a number")
                continue
            kind = {Floats: "f", Ints: "i"}.get(noun, "b")
            dimensions = 2 if name in flat and part in {"people", "roles"} else 1
            if not isinstance(array, np.ndarray) or array.dtype.kind != kind or array.ndim != dimensions:
                faults.append(f"{part}.{name} is not an array of kind {kind} in {dimensions} dimensions")
    return faults


def _start(problem: Problem, start: Prices | None) -> list[str]:
    if start is None:
        return []
    grades = int(problem.people.grade.max(initial=-1)) + 1
    sizes = {
        "seat": len(problem.catalogue.session_course),
        "budget": len(problem.limits.budget),
        "need": len(problem.needs.skill),
        "group": len(problem.limits.fair_unit) + grades,
    }
    return [
        f"start.{name} is not {size} prices, finite and not negative"
        for name, size in sizes.items()
        if (price := getattr(start, name)).shape != (size,) or not (np.isfinite(price) & (price >= 0)).all()
    ]


def _shapes(problem: Problem) -> list[str]:
    people, roles, catalogue, needs, limits = (
        problem.people,
        problem.roles,
        problem.catalogue,
        problem.needs,
        problem.limits,
    )
    n, c, s = len(people.hours), len(catalogue.hours), roles.required.shape[-1]
    o, j = len(catalogue.outcome_course), len(catalogue.session_course)
    k, b = len(needs.skill), len(limits.budget)
    expected: list[tuple[str, np.ndarray, tuple[int | None, ...]]] = [
        ("people.levels", people.levels, (n, s)),
        ("people.role", people.role, (n,)),
        ("people.unit", people.unit, (n,)),
        ("people.grade", people.grade, (n,)),
        ("people.speaks", people.speaks, (n, None)),
        ("people.completed", people.completed, (None, 2)),
        ("people.wishes", people.wishes, (len(people.wish_weight), 2)),
        ("people.accepted", people.accepted, (None, 2)),
        ("people.declined", people.declined, (None, 2)),
        ("roles.required", roles.required, (None, s)),
        ("roles.weight", roles.weight, roles.required.shape),
        ("roles.compulsory", roles.compulsory, (roles.required.shape[0], c)),
        *((f"catalogue.{name}", getattr(catalogue, name), (c,)) for name in ("cost", "language", "prerequisite")),
        *(
            (f"catalogue.{name}", getattr(catalogue, name), (o,))
            for name in ("outcome_skill", "outcome_from", "outcome_to")
        ),
        *((f"catalogue.{name}", getattr(catalogue, name), (j,)) for name in ("session_period", "session_seats")),
        *((f"needs.{name}", getattr(needs, name), (k,)) for name in ("unit", "level", "people", "by_period", "weight")),
        ("limits.budget_unit", limits.budget_unit, (b,)),
    ]
    return [
        f"{name} has shape {array.shape}, not {tuple('any' if size is None else size for size in shape)}"
        for name, array, shape in expected
        if array.ndim != len(shape)
        or any(size is not None and size != is_ for size, is_ in zip(shape, array.shape, strict=True))
    ]


def _finite(problem: Problem) -> list[str]:
    faults = []
    for part in ("people", "roles", "catalogue", "needs", "limits"):
        nouns = getattr(problem, part)
        for name in nouns.__slots__:
            array = np.asarray(getattr(nouns, name))
            if array.dtype.kind == "f" and not np.isfinite(array).all():
                faults.append(f"{part}.{name} holds a number that is not finite")
    return faults


def _references(problem: Problem) -> list[str]:
    people, roles, catalogue, needs, limits = (
        problem.people,
        problem.roles,
        problem.catalogue,
        problem.needs,
        problem.limits,
    )
    n, c, s, u = len(people.hours), len(catalogue.hours), roles.required.shape[1], len(limits.unit_parent)
    j = len(catalogue.session_course)
    rows = [
        ("people.role", people.role, 0, roles.required.shape[0]),
        ("people.unit", people.unit, 0, u),
        ("people.grade", people.grade, -1, np.iinfo(np.int32).max),
        ("people.completed", people.completed[:, 0], 0, n),
        ("people.completed", people.completed[:, 1], 0, c),
        ("people.wishes", people.wishes[:, 0], 0, n),
        ("people.wishes", people.wishes[:, 1], 0, c),
        ("people.accepted", people.accepted[:, 0], 0, n),
        ("people.accepted", people.accepted[:, 1], 0, j),
        ("people.declined", people.declined[:, 0], 0, n),
        ("people.declined", people.declined[:, 1], 0, j),
        ("catalogue.language", catalogue.language, -1, people.speaks.shape[1]),
        ("catalogue.prerequisite", catalogue.prerequisite, -1, c),
        ("catalogue.outcome_course", catalogue.outcome_course, 0, c),
        ("catalogue.outcome_skill", catalogue.outcome_skill, 0, s),
        ("catalogue.session_course", catalogue.session_course, 0, c),
        ("needs.unit", needs.unit, -1, u),
        ("needs.skill", needs.skill, 0, s),
        ("limits.unit_parent", limits.unit_parent, -1, u),
        ("limits.budget_unit", limits.budget_unit, -1, u),
        ("limits.fair_unit", limits.fair_unit, 0, u),
    ]
    faults = [
        f"{name} refers to a row that is not there"
        for name, array, low, high in rows
        if len(array) and (array.min() < low or array.max() >= high)
    ]
    if not faults and _cyclic(limits.unit_parent):
        faults.append("limits.unit_parent goes round in a ring")
    pairs = [
        ("people.completed", people.completed),
        ("people.wishes", people.wishes),
        ("people.accepted", people.accepted),
        ("people.declined", people.declined),
        ("catalogue outcomes", np.stack((catalogue.outcome_course, catalogue.outcome_skill), axis=1)),
    ]
    faults += [f"{name} has a row twice" for name, array in pairs if len(np.unique(array, axis=0)) < len(array)]
    return faults


def _cyclic(parent: Ints) -> bool:
    at = np.arange(len(parent))
    for _ in range(len(parent)):
        at = np.where(at >= 0, parent[np.maximum(at, 0)], -1)
        if (at < 0).all():
            return False
    return len(parent) > 0


def _ranges(problem: Problem) -> list[str]:
    people, roles, catalogue, needs, limits = (
        problem.people,
        problem.roles,
        problem.catalogue,
        problem.needs,
        problem.limits,
    )
    low = [
        ("people.hours", people.hours, 0),
        ("people.wish_weight", people.wish_weight, 0),
        ("roles.weight", roles.weight, 0),
        ("catalogue.hours", catalogue.hours, 0),
        ("catalogue.cost", catalogue.cost, 0),
        ("catalogue.session_period", catalogue.session_period, 1),
        ("catalogue.session_seats", catalogue.session_seats, -1),
        ("needs.people", needs.people, 0),
        ("needs.weight", needs.weight, 0),
        ("limits.budget", limits.budget, 0),
        ("limits.fairness", np.array([limits.fairness]), 0),
        ("limits.cost_weight", np.array([limits.cost_weight]), 0),
    ]
    faults = [f"{name} holds {array.min()}, less than {least}" for name, array, least in low if (array < least).any()]
    if limits.fairness > 1:
        faults.append(f"limits.fairness is {limits.fairness}, more than 1")
    return faults
