"""Two people who change one thing at once: the second sees both texts, and nothing is overwritten silently.

What people edit carries a ``version``. A form keeps the one it was filled from; an action holds the row by it.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.db import models
from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vested.core.errors import Conflict
from vested.core.models import Event

M = TypeVar("M", bound=models.Model)


def hold(row: M, *, version: int, yours: Mapping[str, tuple[Callable[[M], object], object]] | None = None) -> M:
    """The row as it is now, nobody else's to change until the transaction ends, its version counted up.

    Raises Conflict where it is no longer the ``version`` that was read; ``yours`` says for each field, in words, what
    it is now (asked of the row) and what was to be.
    """
    rows = type(row)._default_manager
    held = rows.select_for_update().get(pk=row.pk)
    if not rows.filter(pk=row.pk, version=version).update(version=F("version") + 1):
        fields = yours or {}
        raise Conflict(
            _said(held),
            theirs={words: _shown(now(held)) for words, (now, _value) in fields.items()},
            yours={words: _shown(value) for words, (_now, value) in fields.items()},
        )
    held.version = version + 1  # type: ignore[attr-defined]  # what people edit has one
    return held


def _said(row: models.Model) -> str:
    last = Event.objects.all().about(row).first()
    if last is None or not last.by_name:
        return _("%(thing)s was changed after you opened it.") % {"thing": row}
    when = date_format(localtime(last.at), "SHORT_DATETIME_FORMAT")
    return _("%(who)s changed %(thing)s at %(when)s, after you opened it.") % {
        "who": last.by_name,
        "thing": row,
        "when": when,
    }


def _shown(value: object) -> str:
    return "" if value is None else str(value)
