"""What a person can do, with how much doubt: items calibrated, abilities estimated, sittings that end when it is clear.

An office puts questions to its people. ``calibrate`` finds from their answers how hard each question is and how well it
tells people apart; ``item_fit`` and ``item_difference`` say which ones do not behave; ``score`` estimates each
person; ``pool``, ``limit_exposure`` and ``next_item`` run sittings that ask each person what says most about them, over
all areas, without wearing any question out; ``simulate`` says beforehand how long sittings will be and how often
they will be wrong; ``link`` and ``rescale`` keep one scale when a bank is calibrated again.

>>> import numpy as np
>>> from vested.engines import adaptive
>>> draw = np.random.default_rng(7)
>>> ability, difficulty = draw.normal(size=2000), np.linspace(-2, 2, 60)
>>> answers = (draw.random((2000, 60)) < 1 / (1 + np.exp(-1.6 * (ability[:, None] - difficulty)))).astype(int)
>>> calibration = adaptive.calibrate(answers)
>>> calibration.converged, round(float(calibration.bank.slope.mean()), 1)
(True, 1.6)
>>> pool = adaptive.pool(calibration.bank, area=np.arange(60) % 3, rules=adaptive.Rules(precision=0.4, most=30))
>>> pool = adaptive.limit_exposure(pool, limit=0.5)
>>> simulation = adaptive.simulate(pool, seed=1)
>>> bool(simulation.exposure.max() <= 0.5), simulation.median_length <= 12
(True, True)
>>> choice = adaptive.next_item(pool, items=np.array([], int), values=np.array([], int), seed=12)
>>> choice.stop.name, abs(round(choice.ability, 6)), choice.item >= 0
('NOT_YET', 0.0, True)

Sources: Birnbaum 1968 (chapters 17 to 20 in Lord and Novick, Statistical Theories of Mental Test Scores) for two and
three figures an item; Samejima 1969 (Psychometric Monograph 17) for graded answers; Bock and Aitkin 1981 (Psychometrika
46, pages 443-459) for estimation; the modules name those of each method.
"""

from vested.engines.adaptive._calibrate import calibrate
from vested.engines.adaptive._checks import InvalidAnswers, InvalidBank
from vested.engines.adaptive._fit import item_fit
from vested.engines.adaptive._link import item_difference, link, rescale
from vested.engines.adaptive._nouns import (
    Answers,
    Bank,
    Calibration,
    Choice,
    Doubt,
    ItemDifference,
    ItemFit,
    Link,
    Pool,
    Priors,
    Rules,
    Scores,
    Simulation,
    Stop,
)
from vested.engines.adaptive._people import score
from vested.engines.adaptive._sittings import limit_exposure, next_item, pool, simulate

__all__ = [
    "Answers",
    "Bank",
    "Calibration",
    "Choice",
    "Doubt",
    "InvalidAnswers",
    "InvalidBank",
    "ItemDifference",
    "ItemFit",
    "Link",
    "Pool",
    "Priors",
    "Rules",
    "Scores",
    "Simulation",
    "Stop",
    "calibrate",
    "item_difference",
    "item_fit",
    "limit_exposure",
    "link",
    "next_item",
    "pool",
    "rescale",
    "score",
    "simulate",
]
