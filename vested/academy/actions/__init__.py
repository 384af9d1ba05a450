"""What the academy changes, each as one action."""

from vested.academy.actions.answers import accept, ask_to_wait, decline, leave_waiting, withdraw
from vested.academy.actions.attendance import record_attendance
from vested.academy.actions.objections import answer_objection, raise_objection, withdraw_objection
from vested.academy.actions.proposals import Proposed, offer_seat, propose_enrolments
from vested.academy.actions.wishes import ask_for, take_back

__all__ = [
    "Proposed",
    "accept",
    "answer_objection",
    "ask_for",
    "ask_to_wait",
    "decline",
    "leave_waiting",
    "offer_seat",
    "propose_enrolments",
    "raise_objection",
    "record_attendance",
    "take_back",
    "withdraw",
    "withdraw_objection",
]
