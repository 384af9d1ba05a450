"""What is done in the room for direction, each as one action."""

from vested.direction.actions.measures import add_measure, observe
from vested.direction.actions.objectives import change_objective, close_objective, open_objective
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
    "change_objective",
    "close_objective",
    "end_future",
    "end_need",
    "note_retelling",
    "observe",
    "open_objective",
    "remind_of_meanings",
    "say_meaning",
    "write_vision",
]
