"""What is done in the room: scenarios are made and solved, plans are proposed and decided on."""

from vested.plans.actions.deciding import (
    adopt_plan,
    propose_plan,
    propose_to_people,
    send_back_plan,
    take_back_proposal,
)
from vested.plans.actions.files import ask_for_files, give_files
from vested.plans.actions.scenarios import (
    ask_for_scenario,
    change_scenario,
    comment,
    copy_scenario,
    remove_scenario,
    share_scenario,
)
from vested.plans.actions.solving import (
    ask_for_frontier,
    keep_curve,
    keep_draws,
    keep_frontier,
    keep_plan,
    solve_scenario,
    try_draws,
    try_roadmap,
)

__all__ = [
    "adopt_plan",
    "ask_for_files",
    "ask_for_frontier",
    "ask_for_scenario",
    "change_scenario",
    "comment",
    "copy_scenario",
    "give_files",
    "keep_curve",
    "keep_draws",
    "keep_frontier",
    "keep_plan",
    "propose_plan",
    "propose_to_people",
    "remove_scenario",
    "send_back_plan",
    "share_scenario",
    "solve_scenario",
    "take_back_proposal",
    "try_draws",
    "try_roadmap",
]
