"""What is done in the room for direction, each as one action."""

from vested.direction.actions.commitments import (
    make_commitment,
    prove_commitment,
    remind_of_commitments,
    reply_to_commitment,
    withdraw_commitment,
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
    "add_future",
    "add_measure",
    "add_need",
    "answer_obstacle",
    "change_objective",
    "climb_escalations",
    "close_objective",
    "decide_escalation",
    "end_future",
    "end_need",
    "make_commitment",
    "note_follow_up",
    "note_retelling",
    "observe",
    "open_objective",
    "own_obstacle",
    "prove_commitment",
    "raise_escalation",
    "raise_obstacle",
    "remind_of_commitments",
    "remind_of_meanings",
    "remind_of_obstacles",
    "reply_to_commitment",
    "say_meaning",
    "withdraw_commitment",
    "write_vision",
]
