"""The nouns every room shares."""

from vested.core.models.daily import Daily
from vested.core.models.hats import Counterparty, Hat, HatKind, Pairing, Wall
from vested.core.models.history import Event
from vested.core.models.imports import Import
from vested.core.models.jobs import Job
from vested.core.models.links import Link
from vested.core.models.looks import Look
from vested.core.models.notifications import Notification
from vested.core.models.openings import Opening, OpeningLook
from vested.core.models.people import Grant, Membership, Person, PersonalQuerySet, User
from vested.core.models.sectors import Sector, Unit, UnitMove
from vested.core.models.tokens import Token

__all__ = [
    "Counterparty",
    "Daily",
    "Event",
    "Grant",
    "Hat",
    "HatKind",
    "Import",
    "Job",
    "Link",
    "Look",
    "Membership",
    "Notification",
    "Opening",
    "OpeningLook",
    "Pairing",
    "Person",
    "PersonalQuerySet",
    "Sector",
    "Token",
    "Unit",
    "UnitMove",
    "User",
    "Wall",
]
