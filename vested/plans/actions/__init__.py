"""What is done in the room: scenarios are made and solved, plans are proposed and decided on."""

from vested.plans.actions.scenarios import (
    ask_for_scenario,
    change_scenario,
    comment,
    copy_scenario,
    remove_scenario,
    share_scenario,
)
from vested.plans.actions.solving import keep_curve, keep_draws, keep_plan, solve_scenario, try_draws

__all__ = [
    "ask_for_scenario",
    "change_scenario",
    "comment",
    "copy_scenario",
    "keep_curve",
    "keep_draws",
    "keep_plan",
    "remove_scenario",
    "share_scenario",
    "solve_scenario",
    "try_draws",
]
