"""Who was shown something about whom: pages say it while they answer, and it is kept after the answer.

A page, a list, a file and an answer of the API that show something about people call ``seen``. The access log is
written once the answer is made, in one statement for each request, and holds a row a person, looker, kind and day. Who
looks at their own is not kept; neither is what people did openly in their role, such as who promised something.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from http import HTTPStatus
from typing import TypeVar

from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from vested.core.models import Look, Person
from vested.core.openings import keep_look
from vested.core.scope import Scope
from vested.core.viewer import Viewer

Answer = Callable[[HttpRequest], HttpResponseBase]
log = logging.getLogger("vested.looks")

What = Look.What
Rows = TypeVar("Rows", bound=Iterable[object])
Row = TypeVar("Row", bound=Model)

_looking: ContextVar[dict[tuple[Look.What, str], set[int]] | None] = ContextVar("looking", default=None)


def seen(people: Iterable[int], what: Look.What, *, about: str = "") -> None:
    """Say that something about people (their keys) is shown to who asks; elsewhere than in a request it is nothing."""
    looking = _looking.get()
    if looking is not None:
        looking[what, about] |= set(people)


def shown(rows: Rows, what: Look.What = What.LIST) -> Rows:
    """Say that rows are shown to who asks: those that are people, or of a person. Gives them back."""
    if _looking.get() is not None:
        seen({pk for row in rows if (pk := _whose(row))}, what)
    return rows


def one(row: Row, what: Look.What) -> Row:
    """Say that a row is shown to who asks. Gives it back."""
    return shown([row], what)[0]


def _whose(row: object) -> int | None:
    """The person a row is of, where it is somebody's own."""
    if isinstance(row, Person):
        return row.pk
    own = getattr(type(row), "scope", None) is Scope.PERSONAL
    found: int | None = getattr(row, "person_id", None) if own else None
    return found


def keep_looks(answer: Answer) -> Answer:
    """Keep who looked at whom, once the answer is made: outside the guard that lets reading write nothing."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        viewer: Viewer | None = getattr(request, "viewer", None)
        looking: dict[tuple[Look.What, str], set[int]] = defaultdict(set)
        token = _looking.set(looking)
        try:
            answered = answer(request)
        finally:
            _looking.reset(token)
        keep_look(request, answered)
        if viewer and looking and answered.status_code < HTTPStatus.BAD_REQUEST:
            _keep(viewer, looking)
        return answered

    return middleware


def _keep(viewer: Viewer, looking: dict[tuple[Look.What, str], set[int]]) -> None:
    """One statement, save where a file holds hundreds of people."""
    by, today = viewer.person, timezone.localdate()
    rows = [
        Look(sector=viewer.sector, person_id=pk, by=by, what=what, about=about[:200], on=today)
        for (what, about), people in looking.items()
        for pk in sorted(people - {by.pk if by else 0})
    ]
    if not rows:
        return
    try:
        Look.objects.bulk_create(rows, ignore_conflicts=True)
    except IntegrityError:  # somebody was erased while they were looked at
        log.warning("who looked at %s people was not kept: one of them is gone", len(rows))
