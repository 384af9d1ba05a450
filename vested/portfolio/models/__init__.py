"""The nouns of the portfolio."""

from vested.portfolio.models.benefits import Benefit, Review
from vested.portfolio.models.delivering import Contract, Handover, Increment
from vested.portfolio.models.following import Baseline, Claim, Difference, Spending
from vested.portfolio.models.gates import Judgement, Passage, Waiver
from vested.portfolio.models.initiatives import Dependence, Initiative
from vested.portfolio.models.modes import BlockUse, Cost, Crew, Mode, Pool
from vested.portfolio.models.supply import Capacity, Money
from vested.portfolio.models.systems import Block
from vested.portfolio.models.thresholds import Thresholds

__all__ = [
    "Baseline",
    "Benefit",
    "Block",
    "BlockUse",
    "Capacity",
    "Claim",
    "Contract",
    "Cost",
    "Crew",
    "Dependence",
    "Difference",
    "Handover",
    "Increment",
    "Initiative",
    "Judgement",
    "Mode",
    "Money",
    "Passage",
    "Pool",
    "Review",
    "Spending",
    "Thresholds",
    "Waiver",
]
