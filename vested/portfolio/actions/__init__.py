"""What is done in the room for the portfolio, each as one action."""

from vested.portfolio.actions.adopting import Start, TakenUp, take_up
from vested.portfolio.actions.delivering import (
    add_benefit,
    add_contract,
    decide_contract,
    draw_lines,
    hand_over,
    review_benefit,
    show_increment,
)
from vested.portfolio.actions.following import (
    claim,
    close_difference,
    list_differences,
    note_differences,
    note_spending,
    rebaseline,
)
from vested.portfolio.actions.gates import GateClosed, judge, pass_gate, reopen_gates, waive
from vested.portfolio.actions.initiatives import change_initiative, close_initiative, open_initiative, wait_for
from vested.portfolio.actions.modes import choose_mode, name_pool, set_mode
from vested.portfolio.actions.needs import add_need, change_need, remove_need
from vested.portfolio.actions.publishing import BroughtIn, ask_for_register, bring_register_in
from vested.portfolio.actions.reminding import remind
from vested.portfolio.actions.supply import offer_money, offer_people
from vested.portfolio.actions.systems import change_block, end_block, name_block
from vested.portfolio.actions.taking_back import take_register_back

__all__ = [
    "BroughtIn",
    "GateClosed",
    "Start",
    "TakenUp",
    "add_benefit",
    "add_contract",
    "add_need",
    "ask_for_register",
    "bring_register_in",
    "change_block",
    "change_initiative",
    "change_need",
    "choose_mode",
    "claim",
    "close_difference",
    "close_initiative",
    "decide_contract",
    "draw_lines",
    "end_block",
    "hand_over",
    "judge",
    "list_differences",
    "name_block",
    "name_pool",
    "note_differences",
    "note_spending",
    "offer_money",
    "offer_people",
    "open_initiative",
    "pass_gate",
    "rebaseline",
    "remind",
    "remove_need",
    "reopen_gates",
    "review_benefit",
    "set_mode",
    "show_increment",
    "take_register_back",
    "take_up",
    "wait_for",
    "waive",
]
