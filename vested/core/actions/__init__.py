"""What core changes, each as one action."""

from vested.core.actions.hats import add_counterparty, give_hat, set_rules, take_hat, wear_hat
from vested.core.actions.links import link, unlink
from vested.core.actions.notifications import read_notifications
from vested.core.actions.people import end_grant, grant_role, move_person
from vested.core.actions.tokens import create_token, revoke_token
from vested.core.actions.units import end_unit, move_unit, rename_unit

__all__ = [
    "add_counterparty",
    "create_token",
    "end_grant",
    "end_unit",
    "give_hat",
    "grant_role",
    "link",
    "move_person",
    "move_unit",
    "read_notifications",
    "rename_unit",
    "revoke_token",
    "set_rules",
    "take_hat",
    "unlink",
    "wear_hat",
]
