"""What the engine answers with: figures, a verdict, and reasons an officer can repeat."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Verdict(StrEnum):
    """What may be said: of a scale the first three, of a change the next three, of a position the next three."""

    TRUSTED = "trusted"
    UNSETTLED = "unsettled"  # too few answers to tell
    NOT_TRUSTED = "not trusted"
    RISEN = "risen"
    FALLEN = "fallen"
    WITHIN_CHANCE = "within chance"
    ABOVE = "above"
    BELOW = "below"
    AROUND = "around the middle"
    UNKNOWN = "unknown"  # the answers cannot say


class Why(StrEnum):
    """What a reason is about, for whoever words it again in another language."""

    VERDICT = "verdict"  # the verdict in one sentence
    FEW = "few"  # fewer answers than the minimum
    NONE = "none"  # no or one answer: nothing to compute from
    SAME = "same"  # all answers alike: no spread to judge by
    MISSING = "missing"  # answers left out and what was done about it
    POPULATION = "population"  # part of a counted group answered
    EVERYBODY = "everybody"  # the whole group answered
    MANY = "many"  # alone it would stand out, among so many comparisons not
    AGAINST = "against"  # a question runs against the others
    WEAK = "weak"  # a question the others do better without
    NOT_ONE = "not one"  # the questions measure more than one thing
    NO_OMEGA = "no omega"  # the one-factor model cannot be fitted, or only at its edge
    WITHHELD = "withheld"  # organisations without a published score


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: ``why`` as a code, ``words`` as a sentence."""

    why: Why
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """A share or mean: ``value`` and where it may lie (``low`` to ``high`` at ``level``), from ``n`` answers.

    ``population`` is how many could have answered, None where it is not counted. ``low`` and ``high`` are nan where
    the answers cannot say.
    """

    value: float
    low: float
    high: float
    level: float
    n: int
    population: int | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Scale:
    """How far the sum of ``k`` questions can be trusted, from ``n`` people's answers.

    ``alpha`` and ``omega`` with their intervals at ``level``; ``sem`` is the standard error of measurement of the sum,
    ``sd * sqrt(1 - alpha)``. For each question (k,): ``item_total`` its correlation with the sum of the others,
    ``alpha_dropped`` alpha without it (nan for two questions), ``loading`` on the one factor in the question's own
    unit. ``rmsea`` tells how badly one factor fits (nan for three questions, where it always does). ``dropped`` people
    left an answer out and are not used. Where omega cannot be had it is nan, and so are
    ``loading`` and ``rmsea``.
    """

    alpha: float
    alpha_low: float
    alpha_high: float
    omega: float
    omega_low: float
    omega_high: float
    level: float
    n: int
    dropped: int
    sem: float
    item_total: Floats
    alpha_dropped: Floats
    loading: Floats
    rmsea: float
    verdict: Verdict
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Changes:
    """What changed between two waves, for ``q`` comparisons; every array is (q,).

    ``difference`` = ``after`` - ``before``; it may lie between ``low`` and ``high`` (each at ``1 - alpha``, taken
    alone); ``p`` is how often chance alone gives such a difference, ``p_adjusted`` the same allowing for all
    comparisons by ``control``. ``verdict`` and ``reasons`` have an entry for each comparison.
    """

    before: Floats
    after: Floats
    difference: Floats
    low: Floats
    high: Floats
    p: Floats
    p_adjusted: Floats
    n_before: Ints
    n_after: Ints
    control: str
    alpha: float
    verdict: tuple[Verdict, ...]
    reasons: tuple[tuple[Reason, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Detectable:
    """The smallest true ``rise`` and ``fall`` found with the ``power`` asked for; nan where not even the largest is."""

    rise: float
    fall: float
    alpha: float
    power: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreError:
    """How exact one person's score is.

    ``sem`` standard error of measurement; ``change`` the least difference between two scores of one person that is
    more than error at ``level``.
    """

    sem: float
    change: float
    level: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Position:
    """Where a score stands among ``organisations`` published scores; ``withheld`` more are not published.

    ``percentile`` (0 to 100) is how many of the published lie below, ties counting half. It may lie between ``low``
    and ``high``: for chance in who answered, and for whatever the withheld scores are.
    """

    percentile: float
    low: float
    high: float
    organisations: int
    withheld: int
    verdict: Verdict
    reasons: tuple[Reason, ...]
