"""Who a program acts for: the token it brings, found by the digest of its secret."""

import hashlib
import secrets
from datetime import date, datetime

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from vested.core.models import Token
from vested.core.scope import System, acting

PREFIX = "vested_"  # so that scanners of files and mails can know one


def new_secret() -> str:
    """A secret nobody can guess: 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def token_of(request: HttpRequest, *, at: datetime) -> Token | None:
    """The token in force that a request brings as ``Authorization: Bearer …``, with its person."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    digest = digest_of(secret.strip())
    with acting(System("find whose token it is")):
        token = Token.objects.in_force(at).filter(digest=digest).select_related("person__sector").first()
    return token if token and constant_time_compare(token.digest, digest) else None


def keep_use(token: Token, *, on: date) -> None:
    """Keep on which day a token was used last: one small write a day, after the answer."""
    if token.last_used_on != on:
        with acting(System("keep that a token was used")):
            Token.objects.filter(pk=token.pk).update(last_used_on=on)
