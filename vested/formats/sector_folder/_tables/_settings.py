"""The settings of a plan."""

from vested.formats.sector_folder._tables._columns import Setting

SETTINGS: tuple[Setting, ...] = (
    Setting("periods", "How many periods the plan looks ahead.", "whole number from 1", "largest session period", "4"),
    Setting("currency", "The money of costs and budgets.", "text", "EUR", "EUR"),
    Setting("fairness", "The share of every group's weighted gap that should close.", "0 to 1", "0", "0.3"),
    Setting(
        "cost_weight", "What one unit of money saved counts beside one weighted level.", "0 or more", "1e-6", "1e-6"
    ),
    Setting("max_level", "The highest level of the scale in use.", "above 0", "8", "8"),
    Setting("seed", "Start of the plan's chance: the same number gives the same plan.", "whole number", "0", "7"),
    Setting(
        "discount", "What a benefit keeps for each quarter one has to wait for it.", "above 0, up to 1", "0.98", "0.98"
    ),
    Setting("explore_least", "The least share of the initiatives' costs for those that explore.", "0 to 1", "0", "0.1"),
    Setting(
        "explore_most", "The largest share of the initiatives' costs for those that explore.", "0 to 1", "1", "0.5"
    ),
    Setting("risk_cap", "What the risks of the initiatives may add up to.", "0 or more", "no cap", "6"),
    Setting("periods_per_quarter", "How many periods a quarter of the initiatives has.", "above 0", "1", "1"),
)
