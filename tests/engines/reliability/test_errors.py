"""What is refused, and that the message names the argument and the mend."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from vested.engines import reliability as r
from vested.engines.reliability import InvalidAnswers

NAN, INF = math.nan, math.inf
A_WORD: Any = "many"
HALF: Any = 2.5
TWO: Any = [9, 9]
RAGGED: Any = [[1, 2], [3]]
OK = [[1.0, 2.0], [2.0, 4.0], [4.0, 3.0]]
SIZES = {"n_before": 40, "n_after": 40}
SCORE = r.share(20, 40)

REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "no rows": (lambda: r.scale(np.empty((0, 3))), "answers is empty; give at least one answer"),
    "a list": (lambda: r.scale([1, 2, 3]), "answers has 1 dimensions, not 2; give one row a person"),
    "words": (lambda: r.scale([[A_WORD, A_WORD]]), "answers holds something that is not a number; leave missing"),
    "rows of two lengths": (lambda: r.scale(RAGGED), "answers holds something that is not a number"),
    "infinite answers": (
        lambda: r.scale([[1.0, 2.0], [3.0, INF]]),
        "answers holds infinity; leave missing answers as nan",
    ),
    "one question": (lambda: r.scale([[1], [2], [3]]), "one column; a scale takes at least two questions"),
    "one whole row": (
        lambda: r.scale([[1.0, 2.0], [NAN, 3.0], [4.0, NAN]]),
        "1 complete rows; give at least two",
    ),
    "a question nobody answered": (lambda: r.scale([[1.0, NAN], [2.0, NAN]]), "answers has 0 complete rows"),
    "all alike": (lambda: r.scale([[1, 2], [3, 2], [4, 2]]), "the same answer to question 2; leave it out"),
    "questions that cancel out": (lambda: r.scale([[1, 3], [2, 2], [3, 1]]), "cancel out in everybody's sum; turn"),
    "a level of 95": (lambda: r.scale(OK, level=95), "level is 95; give a number between 0 and 1, such as 0.95"),
    "enough of 7": (lambda: r.scale(OK, enough=7), "enough is 7; give a number between 0 and 1"),
    "an interval of one person": (lambda: r.alpha_interval(0.8, n=1, k=5), "5 questions and 1 people; give alpha <= 1"),
    "an interval of one question": (lambda: r.alpha_interval(0.8, n=50, k=1), "1 questions and 50 people"),
    "an alpha above 1": (lambda: r.alpha_interval(1.2, n=50, k=5), "alpha 1.2 of"),
    "no alpha": (lambda: r.alpha_interval(NAN, n=50, k=5), "alpha nan of"),
    "a reliability above 1": (lambda: r.score_error(7.5, reliability=1.1), "reliability is 1.1; give a number from 0"),
    "no spread of scores": (lambda: r.score_error(0, reliability=0.8), "sd is 0; give a number above 0"),
    "an endless spread": (lambda: r.score_error(INF, reliability=0.8), "sd is inf; give a number above 0"),
    "more yes than answers": (lambda: r.share(5, 4), "yes is 5 where n is 4 (place 0); it cannot be more"),
    "more answers than people": (lambda: r.share(5, 9, population=8), "n is 9 where population is 8 (place 0)"),
    "no answers": (lambda: r.share(0, 0), "n is 0 somewhere; leave out what nobody answered"),
    "half a yes": (lambda: r.share(HALF, 9), "yes holds something that is not a count; give whole numbers"),
    "less than no yes": (lambda: r.share(-1, 9), "yes holds something that is not a count"),
    "a count of nan": (lambda: r.wilson([1], [NAN]), "n holds something that is not a count"),
    "an endless count": (lambda: r.wilson([1], [INF]), "n holds something that is not a count"),
    "a word for a count": (lambda: r.wilson(A_WORD, 9), "yes is not a list of counts; give whole numbers"),
    "a table of counts": (lambda: r.wilson([[1]], 9), "yes is not a list of counts"),
    "no counts": (lambda: r.wilson([], 9), "yes is not a list of counts"),
    "lists of two lengths": (lambda: r.wilson([1, 2], [5, 6, 7]), "lists of different lengths: yes 2, n 3; give one"),
    "lists as one share": (lambda: r.share(1, 5, population=TWO), "are single counts here; wilson takes lists"),
    "a share's level": (lambda: r.share(1, 5, level=1), "level is 1; give a number between 0 and 1"),
    "a mean of nothing": (lambda: r.mean([NAN, NAN]), "values are all missing; give at least one answer"),
    "a mean's level": (lambda: r.mean([1], level=0), "level is 0; give a number between 0 and 1"),
    "a mean of more than there are": (
        lambda: r.mean([1, 2, 3], population=2),
        "the number of answers is 3 where population is 2",
    ),
    "waves of two lengths": (lambda: r.changes_in_shares([1], [5], [1, 2], [5, 5]), "1 questions before and 2 after"),
    "waves of two widths": (lambda: r.changes_in_means(OK, [[1.0]]), "2 questions before and 1 after; give the same"),
    "an alpha of 5": (lambda: r.changes_in_shares([1], [5], [2], [5], alpha=5), "alpha is 5; give a number between"),
    "an alpha of nan": (lambda: r.changes_in_means(OK, OK, alpha=NAN), "alpha is nan; give a number between 0 and 1"),
    "an unknown control": (lambda: r.changes_in_means(OK, OK, control="sidak"), "control is 'sidak'; choose holm, bh"),
    "more answered than there are": (lambda: r.changes_in_means(OK, OK, population_after=2), "answers is 3 where"),
    "p above 1": (lambda: r.adjusted([0.5, 1.5]), "p holds something outside 0 to 1; give p-values"),
    "p below 0": (lambda: r.adjusted([-0.1]), "p holds something outside 0 to 1"),
    "a share of 50": (lambda: r.detectable_share(50, **SIZES), "share is 50; give a share from 0 to 1"),
    "a power of 80": (lambda: r.detectable_share(0.5, power=80, **SIZES), "power is 80; give a number from 0.5 to"),
    "no power": (lambda: r.detectable_mean(1, power=0.2, **SIZES), "power is 0.2; give a number from 0.5"),
    "nobody before": (lambda: r.detectable_share(0.5, n_before=0, n_after=9), "n_before is 0; give a number above 0"),
    "nobody after": (lambda: r.detectable_mean(1, n_before=9, n_after=0), "n_after is 0; give a number above 0"),
    "one person": (lambda: r.detectable_mean(1, n_before=9, n_after=1), "takes at least two answers in each wave"),
    "a spread of nan": (lambda: r.detectable_mean(NAN, **SIZES), "sd is nan; give a number above 0"),
    "too small a group": (lambda: r.detectable_mean(1, population_after=30, **SIZES), "answers is 40 where population"),
    "an empty table": (lambda: r.position(SCORE, []), "published is empty; give at least one answer"),
    "a table withheld": (lambda: r.position(SCORE, [NAN]), "holds no score, all are withheld; choose another question"),
    "a negative step": (lambda: r.position(SCORE, [0.5], step=-1), "step is -1; give what the table is rounded to"),
    "a step of nan": (lambda: r.position(SCORE, [0.5], step=NAN), "step is nan; give what"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    call, words = REFUSED[case]
    with pytest.raises(InvalidAnswers) as caught:
        call()
    assert words in str(caught.value)
