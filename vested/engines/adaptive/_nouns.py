"""What calibrations and sittings are computed from, and what comes out. Items, areas and people are 0-based rows."""

from dataclasses import dataclass
from enum import IntEnum, IntFlag

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.integer]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Answers:
    """Sparse answers of ``people`` to ``items`` items, in any order: who answered what with which value (0, 1, ...).

    ``person``, ``item``, ``value`` (k,) of any whole type: int32, int16 and int8 save memory. A pair is given once.
    """

    person: Whole
    item: Whole
    value: Whole
    people: int
    items: int


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Bank:
    """``m`` items with up to ``k`` thresholds on a scale where people are standard normal.

    P(answer >= j) = guess + (1 - guess) / (1 + exp(-(slope * ability + intercept[j - 1]))); ``slope``, ``guess`` (m,);
    ``intercept`` (m, k) falling along a row, -inf where an item has fewer thresholds.
    """

    slope: Floats
    intercept: Floats
    guess: Floats

    @property
    def difficulty(self) -> Floats:
        """Abilities (m, k) at which the thresholds' curves turn: -intercept / slope, inf where there is none."""
        return -self.intercept / self.slope[:, None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Priors:
    """What is believed of items before answers: None for nothing.

    ``slope`` and ``intercept`` mean and standard deviation of normal densities; ``guess`` the two shapes of a beta
    density, by default worth 20 answers around one in five (the default of BILOG), used only where it is estimated.
    """

    slope: tuple[float, float] | None = None
    intercept: tuple[float, float] | None = None
    guess: tuple[float, float] | None = (5.0, 17.0)


class Doubt(IntFlag):
    """Why an item's figures should not be believed as they are."""

    NEGATIVE = 1  # those who can do more answer worse: a wrong key, or a turned question
    FLAT = 2  # the slope is not two standard errors from nothing
    STEEP = 4  # a slope above 5: few answers, or questions that answer one another
    FEW = 8  # some answer was given by fewer than 20 people


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Calibration:
    """The most likely bank, and how sure it is.

    ``error`` holds standard errors in the places of the bank's figures (0 where nothing was estimated, nan where
    errors were not asked for); ``covariance`` (p, p) of all that was estimated, ``parameter`` (m, k + 2) which of the
    p stands where (slope, intercepts, logit of guess; -1 none; equal slopes share one). ``likelihood`` the marginal
    log-likelihood, ``rounds`` passes over all answers, ``step`` the largest change of a further pass,
    ``distance`` the largest change a further Newton step would bring (nan without errors), ``converged``
    whether ``step`` is below the tolerance; ``doubts`` (m,) flags of ``Doubt``.
    """

    bank: Bank
    error: Bank
    covariance: Floats
    parameter: Ints
    likelihood: float
    rounds: int
    step: float
    distance: float
    converged: bool
    doubts: Ints


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Scores:
    """``ability`` (n,) posterior means and ``error`` (n,) posterior standard deviations."""

    ability: Floats
    error: Floats


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ItemFit:
    """S-X2 of each item: ``statistic``, ``freedom``, ``chance`` (m,), nan where no freedom is left; ``people`` used."""

    statistic: Floats
    freedom: Ints
    chance: Floats
    people: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """ability_old = ``slope`` * ability_new + ``intercept``.

    ``loss`` is the root mean squared difference of the items' expected scores after linking, in points.
    """

    slope: float
    intercept: float
    loss: float


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ItemDifference:
    """Whether items work alike in two groups.

    Wald ``statistic``, ``freedom``, ``chance`` (m,); ``flagged`` (m,) after Benjamini-Hochberg; ``effect`` (m,) points
    the focal group scores more than equally able people of the reference group; ``link`` from focal to reference.
    """

    statistic: Floats
    freedom: Ints
    chance: Floats
    flagged: Flags
    effect: Floats
    link: Link


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """When a sitting ends: at ``precision`` (standard error), or when it is clear on which side of ``cut`` a person is.

    Clear means a posterior chance of at least ``confidence``. Neither before ``least`` items; ``most`` items end it
    undecided. ``prior`` mean and standard deviation of those who sit.
    """

    precision: float | None = 0.3
    cut: float | None = None
    confidence: float = 0.95
    least: int = 5
    most: int = 40
    prior: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Pool:
    """A bank made ready for sittings.

    ``area`` (m,), ``share`` (areas,) of each area in a sitting, ``showing`` (m,) chance that a sitting may use an item;
    tables over the ability ``grid`` (q,): ``chance`` (m, categories, q) of answers, ``order`` (q, areas, width) items
    of an area from the most informative, -1 behind the last, ``information`` (m, q); ``prior`` (q,); ``above`` (q,) how
    much of what each ability stands for is at or above the cut, nan without one.
    """

    bank: Bank
    rules: Rules
    area: Ints
    share: Floats
    showing: Floats
    grid: Floats
    chance: Floats
    order: NDArray[np.int32]
    information: Floats
    prior: Floats
    above: Floats


class Stop(IntEnum):
    """Why a sitting ends."""

    NOT_YET = 0
    PRECISE = 1  # the standard error asked for is reached
    ABOVE = 2  # at or above the required level, as surely as asked
    BELOW = 3  # below it, as surely as asked
    LENGTH = 4  # undecided after the most items
    EMPTY = 5  # undecided, and no item is left that may be shown


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """The next ``item`` (-1: ``stop`` says why none) and why.

    ``ability`` and ``error`` so far, ``above`` the chance of being at or above the cut (None without one); ``area`` was
    due, the item carries ``information`` at the ability, and ``passed`` more informative items of the area rest in
    this sitting so that no item is seen by too many.
    """

    item: int
    stop: Stop
    ability: float
    error: float
    above: float | None
    area: int
    information: float
    passed: int


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Simulation:
    """What simulated sittings did.

    Of each sitting (n,): true ``ability``, ``estimate``, ``error`` claimed, ``length``, ``stop``. ``exposure`` (m,)
    share of sittings that showed an item, ``area_share`` (areas,) of items shown. ``median_length``; ``error_ratio``
    root mean squared true error over claimed. With a cut: ``false_above`` share of those below who were called above,
    ``false_below`` the reverse, ``wrong`` share of the decided who were called wrongly, ``undecided`` share.
    """

    ability: Floats
    estimate: Floats
    error: Floats
    length: Ints
    stop: Ints
    exposure: Floats
    area_share: Floats
    median_length: float
    error_ratio: float
    false_above: float
    false_below: float
    wrong: float
    undecided: float
