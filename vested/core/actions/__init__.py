"""What core changes, each as one action."""

from vested.core.actions.links import link, unlink
from vested.core.actions.notifications import read_notifications
from vested.core.actions.people import end_grant, grant_role, move_person
from vested.core.actions.tokens import create_token, revoke_token
from vested.core.actions.units import end_unit, move_unit, rename_unit

__all__ = [
    "create_token",
    "end_grant",
    "end_unit",
    "grant_role",
    "link",
    "move_person",
    "move_unit",
    "read_notifications",
    "rename_unit",
    "revoke_token",
    "unlink",
]
