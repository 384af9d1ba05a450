"""Make and revoke the tokens that programs of a person sign in with."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vested.core.errors import Invalid, NotAllowed
from vested.core.history import record
from vested.core.models import Person, Token
from vested.core.models.jobs import written
from vested.core.tokens import digest_of, new_secret
from vested.core.viewer import Viewer

LONGEST = 365  # days
MOST = 20  # in force at once


@transaction.atomic
def create_token(*, by: Viewer, name: str, days: int, read_only: bool, at: datetime) -> tuple[Token, str]:
    """Make a token for a program of one's own; give it and its secret, which nobody can be shown again.

    It wears the hats worn now, as long as they are had, and never another.
    """
    person = _own(by)
    Person.objects.select_for_update().get(pk=person.pk)  # one at a time, so that the most stay the most
    if not 1 <= days <= LONGEST:
        raise Invalid(_("A token lasts from one day to a year. Choose a number of days."), field="days")
    if Token.objects.in_force(at).filter(person=person).count() >= MOST:
        raise Invalid(_("You have %(most)s tokens in force. Revoke one you no longer need.") % {"most": MOST})
    secret = new_secret()
    token = Token.objects.create(
        sector=by.sector,
        person=person,
        name=name,
        digest=digest_of(secret),
        read_only=read_only,
        worn=written(by.worn),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    until = localdate(token.expires_at)
    record("token.created", by=by, on=person, new={"name": name, "until": until, "read_only": read_only})
    return token, secret


@transaction.atomic
def revoke_token(*, by: Viewer, token: Token, at: datetime) -> Token:
    """Let a token of one's own no longer sign in; what it did stays in the history."""
    person = _own(by)
    token = Token.objects.visible_to(by).select_for_update().get(pk=token.pk)
    if token.revoked_at:
        raise Invalid(_("“%(token)s” is revoked already.") % {"token": token})
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record("token.revoked", by=by, on=person, old={"name": token.name})
    return token


def _own(by: Viewer) -> Person:
    if by.person is None:
        raise NotAllowed(_("Only people have tokens."))
    return by.person
