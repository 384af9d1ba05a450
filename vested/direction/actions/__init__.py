"""What is done in the room for direction, each as one action."""

from vested.direction.actions.commitments import (
    make_commitment,
    prove_commitment,
    remind_of_commitments,
    reply_to_commitment,
    withdraw_commitment,
)
from vested.direction.actions.duties import (
    add_duty,
    answer_invitation,
    end_opportunity,
    invite,
    meet_duty,
    note_momentum,
    open_opportunity,
)
from vested.direction.actions.escalations import (
    climb_escalations,
    decide_escalation,
    note_follow_up,
    raise_escalation,
)
from vested.direction.actions.measures import add_measure, observe
from vested.direction.actions.objectives import change_objective, close_objective, open_objective
from vested.direction.actions.obstacles import answer_obstacle, own_obstacle, raise_obstacle, remind_of_obstacles
from vested.direction.actions.steering import (
    answer_hope,
    call_session,
    decide_in_session,
    note_attendance,
    say_hope,
)
from vested.direction.actions.vision import (
    add_future,
    add_need,
    end_future,
    end_need,
    note_retelling,
    remind_of_meanings,
    say_meaning,
    write_vision,
)

__all__ = [
    "add_duty",
    "add_future",
    "add_measure",
    "add_need",
    "answer_hope",
    "answer_invitation",
    "answer_obstacle",
    "call_session",
    "change_objective",
    "climb_escalations",
    "close_objective",
    "decide_escalation",
    "decide_in_session",
    "end_future",
    "end_need",
    "end_opportunity",
    "invite",
    "make_commitment",
    "meet_duty",
    "note_attendance",
    "note_follow_up",
    "note_momentum",
    "note_retelling",
    "observe",
    "open_objective",
    "open_opportunity",
    "own_obstacle",
    "prove_commitment",
    "raise_escalation",
    "raise_obstacle",
    "remind_of_commitments",
    "remind_of_meanings",
    "remind_of_obstacles",
    "reply_to_commitment",
    "say_hope",
    "say_meaning",
    "withdraw_commitment",
    "write_vision",
]
