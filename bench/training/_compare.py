"""Whether answers agree: every result has to respect every bound that holds for it."""

from math import inf
from statistics import median

from bench.training._files import Answer

TOLERANCE = 1e-5  # relative, and absolute below one: what the solvers' own tolerances explain


def disagreements(answers: list[Answer]) -> list[str]:
    """List in words every plan against the rules and every result beyond somebody's bound.

    A bound of a later stage holds for all plans that reach in the stages before at least what its own plan reached.
    """
    wrong = [f"{answer.solver}: {violation}" for answer in answers for violation in answer.violations]
    found = [answer for answer in answers if answer.person is not None]
    for answer in found:
        for other in answers:
            wrong += _beyond(answer, other)
    return wrong


def _beyond(answer: Answer, other: Answer) -> list[str]:
    """List the results of ``answer`` that ``other`` says cannot be; results that are less are better for shortfall."""
    wrong: list[str] = []
    for mine, theirs in zip(answer.stages, other.stages, strict=False):  # without a plan there are fewer stages
        better = -1.0 if mine.name == "fairness" else 1.0
        if mine.result is None or theirs.bound is None:
            break
        slack = TOLERANCE * max(1.0, abs(theirs.bound))
        if better * (mine.result - theirs.bound) > slack:
            wrong.append(
                f"{mine.name}: {answer.solver} reaches {mine.result!r}, but {other.solver} says no plan "
                f"is better than {theirs.bound!r}"
            )
        if theirs.result is None or better * (mine.result - theirs.result) < -slack:
            break  # reached less: what follows is bounded for plans that reach more
    return wrong


def gap_of(answer: Answer) -> float | None:
    """Give (bound - objective) / bound of the value, None without a plan or a bound."""
    last = answer.stages[-1]
    if answer.person is None or last.name != "value" or last.result is None or last.bound is None or last.bound <= 0:
        return None
    return max(0.0, (last.bound - last.result) / last.bound)


def missing_of(answer: Answer) -> float:
    """How far the total shortfall may be from the least possible one."""
    fairness = answer.stages[1]
    if fairness.result is None or fairness.bound is None:
        return inf
    return max(0.0, fairness.result - fairness.bound)


def as_near(answer: Answer, ours: Answer) -> bool:
    """Whether an answer is proven to be as near the best as ours, in every stage."""
    mine, theirs = gap_of(ours), gap_of(answer)
    if len(answer.stages) < 3 or mine is None or theirs is None:
        return False
    given, most = answer.stages[0].result, ours.stages[0].result
    return (
        given is not None
        and most is not None
        and given >= most
        and missing_of(answer) <= missing_of(ours) + TOLERANCE * max(1.0, ours.stages[1].result or 0.0)
        and theirs <= mine + TOLERANCE
    )


def ratio(ours: list[Answer], theirs: list[Answer]) -> float:
    """Divide a peer's median CPU seconds by ours; a lower limit where the peer did not reach our gap."""
    return median(answer.cpu for answer in theirs) / max(1e-9, median(answer.cpu for answer in ours))
