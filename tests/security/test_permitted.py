"""Each action requires what is said of it in ``policy_actions``: no less, and of no other unit."""

import pytest

from tests.house.asking import required
from tests.house.rules import house, made_up
from tests.security.policy_actions import REQUIRED

ACTION = (
    "def end_unit(*, by, unit, on):\n    require(by, Permission.UNIT_CHANGE, on=unit)\n    _require_turn(by, unit)\n"
)
WAS = {"core/units: end_unit": "UNIT_CHANGE of unit, _require_turn unit"}


def test_each_action_requires_what_is_said_of_it() -> None:
    assert {name: words for source in house() for name, words in required(source).items()} == REQUIRED


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("UNIT_CHANGE", "PEOPLE_SEE"),
        ("on=unit", "on=unit.parent"),
        (", on=unit)", ")"),
        ("    require(by", "    if on:\n        require(by"),
        ("    require(by", "    on and require(by"),
        ("require(by", "require(office"),
        ("    _require_turn(by, unit)\n", ""),
    ],
)
def test_whatever_asks_for_less_is_found(before: str, after: str) -> None:
    assert required(made_up("vested/core/actions/units.py", ACTION)) == WAS
    assert before in ACTION
    assert required(made_up("vested/core/actions/units.py", ACTION.replace(before, after))) != WAS
