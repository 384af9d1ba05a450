"""Whether a problem's arrays fit together."""

import numpy as np

from vested.engines.roadmap._nouns import Floats, Ints, Problem

_PARTS = ("initiatives", "modes", "links", "limits")
_FLAT = ("needs", "uses", "supplies", "capacity")  # in two dimensions


class InvalidProblem(ValueError):
    """The arrays of a problem do not fit together; says everything that is wrong."""


class Infeasible(ValueError):
    """What is mandatory cannot all be done.

    ``initiatives`` is a smallest set that cannot all start; ``limits`` are those it needs lifted to, in words.
    """

    def __init__(self, message: str, initiatives: Ints, limits: tuple[str, ...]) -> None:
        super().__init__(message)
        self.initiatives = initiatives
        self.limits = limits


def check_problem(problem: Problem) -> None:
    """Raise InvalidProblem with all that is wrong."""
    faults = _kinds(problem) or _shapes(problem) or [*_numbers(problem), *_references(problem)] or _circle(problem)
    if faults:
        raise InvalidProblem("; ".join(faults))


def _kinds(problem: Problem) -> list[str]:
    """Every noun is an array of the kind and dimensions its annotation names."""
    faults = []
    for part in _PARTS:
        nouns = getattr(problem, part)
        for name, noun in type(nouns).__annotations__.items():
            array = getattr(nouns, name)
            if noun is float:
                if not isinstance(array, int | float):
                    faults.append(f"{part}.{name} is not a number")
                continue
            kind = {Floats: "f", Ints: "i"}.get(noun, "b")
            dimensions = 2 if name in _FLAT else 1
            if not isinstance(array, np.ndarray) or array.dtype.kind != kind or array.ndim != dimensions:
                faults.append(f"{part}.{name} is not an array of kind {kind} in {dimensions} dimensions")
    return faults


def _shapes(problem: Problem) -> list[str]:
    initiatives, modes, links, limits = problem.initiatives, problem.modes, problem.links, problem.limits
    p, m, r, t = len(initiatives.mandatory), len(modes.initiative), len(limits.rate), len(limits.budget)
    expected: list[tuple[str, np.ndarray, tuple[int | None, ...]]] = [
        *(
            (f"initiatives.{name}", getattr(initiatives, name), (p,))
            for name in ("earliest", "latest", "explore", "risk", "group")
        ),
        *((f"modes.{name}", getattr(modes, name), (m,)) for name in ("quarters", "benefit")),
        *((f"modes.{name}", getattr(modes, name), (len(modes.cost),)) for name in ("cost_mode", "cost_quarter")),
        *(
            (f"modes.people_{name}", getattr(modes, f"people_{name}"), (len(modes.people),))
            for name in ("mode", "quarter", "pool")
        ),
        *((f"links.{name}", getattr(links, name), (None, 2)) for name in ("needs", "uses", "supplies")),
        ("limits.capacity", limits.capacity, (r, t)),
    ]
    return [
        f"{name} has shape {array.shape}, not {tuple('any' if size is None else size for size in shape)}"
        for name, array, shape in expected
        if any(size is not None and size != is_ for size, is_ in zip(shape, array.shape, strict=True))
    ]


def _numbers(problem: Problem) -> list[str]:
    """Numbers are finite where they must be, and in their ranges."""
    modes, limits = problem.modes, problem.limits
    faults = [
        f"{name} holds what is negative or no finite number"
        for name, array in (
            ("initiatives.risk", problem.initiatives.risk),
            ("modes.benefit", modes.benefit),
            ("modes.cost", modes.cost),
            ("modes.people", modes.people),
            ("limits.rate", limits.rate),
        )
        if not (np.isfinite(array) & (array >= 0)).all()
    ]
    faults += [
        f"{name} holds what is negative or no number"
        for name, array in (("budget", limits.budget), ("capacity", limits.capacity), ("risk", np.array(limits.risk)))
        if not (array >= 0).all()
    ]
    if not 0 <= limits.explore_least <= limits.explore_most <= 1:
        faults.append("limits.explore_least and explore_most are not shares in this order")
    if not 0 < limits.discount <= 1:
        faults.append("limits.discount is not above 0 and at most 1")
    if (modes.quarters < 1).any():
        faults.append("modes.quarters holds what is less than 1")
    return faults


def _references(problem: Problem) -> list[str]:
    """Say which rows name something that is not there."""
    initiatives, modes, links = problem.initiatives, problem.modes, problem.links
    p, m, b = len(initiatives.mandatory), len(modes.initiative), len(links.exists)
    faults = [
        f"{name}: rows {np.flatnonzero(wrong)[:5].tolist()} name an unknown {what}, {array[wrong][:5].tolist()}"
        for name, array, size, least, what in (
            ("initiatives.group", initiatives.group, np.inf, -1, "group"),
            ("modes.initiative", modes.initiative, p, 0, "initiative"),
            ("modes.cost_mode", modes.cost_mode, m, 0, "mode"),
            ("modes.people_mode", modes.people_mode, m, 0, "mode"),
            ("modes.people_pool", modes.people_pool, len(problem.limits.rate), 0, "pool"),
            ("links.needs", links.needs[:, 0], p, 0, "initiative"),
            ("links.needs", links.needs[:, 1], p, 0, "initiative"),
            ("links.uses", links.uses[:, 0], m, 0, "mode"),
            ("links.uses", links.uses[:, 1], b, 0, "block"),
            ("links.supplies", links.supplies[:, 0], p, 0, "initiative"),
            ("links.supplies", links.supplies[:, 1], b, 0, "block"),
        )
        if (wrong := (array < least) | (array >= size)).any()
    ]
    if faults:
        return faults
    return [
        f"modes.{name}_quarter: rows {np.flatnonzero(wrong)[:5].tolist()} lie outside the quarters of their mode"
        for name, mode, quarter in (
            ("cost", modes.cost_mode, modes.cost_quarter),
            ("people", modes.people_mode, modes.people_quarter),
        )
        if (wrong := (quarter < 0) | (quarter >= modes.quarters[mode])).any()
    ]


def _circle(problem: Problem) -> list[str]:
    """Name the initiatives of a circle of needs, in the order they need one another."""
    needs: list[list[int]] = [[] for _ in problem.initiatives.mandatory]
    for first, second in problem.links.needs.tolist():
        needs[first].append(second)
    seen = [0] * len(needs)  # 1 on the path, 2 done
    for root in range(len(needs)):
        path = [] if seen[root] else [root]
        while path:
            at = path[-1]
            seen[at] = 1
            following = next((other for other in needs[at] if seen[other] < 2), None)
            if following is None:
                seen[at] = 2
                path.pop()
            elif seen[following] == 1:
                circle = [*path[path.index(following) :], following]
                return [f"links.needs goes in a circle: initiatives {' needs '.join(map(str, circle))}"]
            else:
                path.append(following)
    return []
