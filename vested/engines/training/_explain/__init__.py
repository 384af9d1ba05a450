"""Reasons that are true for one plan: what each session does, what would be next, and why something is missing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from vested.engines.training._explain._given import given
from vested.engines.training._explain._needs import need_reasons, reachable
from vested.engines.training._explain._next import next_best
from vested.engines.training._explain._unmet import unmet
from vested.engines.training._explain._what_if import what_if
from vested.engines.training._model import model_of
from vested.engines.training._nouns import Plan, Problem
from vested.engines.training._reasons import Explanation

__all__ = ["explain", "what_if"]


def explain(problem: Problem, plan: Plan, *, threads: int = 2) -> Explanation:
    """Give the reasons for what is in ``plan`` and for what is not.

    ``problem`` is the one the plan was made for, and the plan keeps all its rules. The next best is found at the
    plan's own prices, without looking at every possibility (see ``_next``); everything else is exact, save for people
    with tens of thousands of ways to take a course. The same plan has the same reasons, whatever ``threads``.
    """
    model = model_of(problem)
    of = np.searchsorted(plan.person, np.arange(len(model.hours) + 1)).astype(np.int64)
    does = given(model, of, plan)
    with ThreadPoolExecutor(max(threads, 1)) as pool:

        def spread(work: Callable[[int], None], size: int) -> None:
            list(pool.map(work, range(size)))

        best = next_best(model, of, plan, accepted=does.accepted, spread=spread, threads=threads)
        missing = unmet(model, of, plan, spread=spread, threads=threads)
        able = reachable(model, spread=spread, threads=threads)
        why = need_reasons(model, of, plan, able, spread=spread, threads=threads)
    return Explanation(
        gain_of=does.gain_of,
        gain_skill=does.gain_skill,
        gain_before=does.gain_before,
        gain_after=does.gain_after,
        gain_value=does.gain_value,
        serves_of=does.serves_of,
        serves=does.serves,
        opens_of=does.opens_of,
        opens=does.opens,
        compulsory=does.compulsory,
        accepted=does.accepted,
        wish=does.wish,
        next_session=best.session,
        next_loss=best.loss,
        next_price=best.price,
        next_why=best.why,
        unmet_person=missing.person,
        unmet_course=missing.course,
        unmet_why=missing.why,
        unmet_compulsory=missing.compulsory,
        need_reachable=able,
        need_why=why,
    )
