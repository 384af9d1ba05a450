"""Who belongs to an organisation outside: nothing exists for them but what a room shares, and few pages.

A room says what is shared when Django starts; it is asked once a request, by the day, so that what has ended is gone
without anybody doing anything. A page is there for them only if it says so.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.models import Person

Says = Callable[[Person, date], Mapping[str, Iterable[int]]]
Page = TypeVar("Page", bound=Callable[..., object])

_says: list[Says] = []


def register(says: Says) -> None:
    """Let a room say which rows, by kind of thing, are shared with somebody outside on a day."""
    if says not in _says:
        _says.append(says)


def shared_on(person: Person, *, on: date) -> dict[str, frozenset[int]]:
    """What is shared with somebody outside on a day, by kind of thing and key; nothing once they were let go."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    if person.let_go_on is None:
        for says in _says:
            for kind, keys in says(person, on).items():
                found[kind].update(keys)
    return {kind: frozenset(keys) for kind, keys in found.items()}


def open_to_partners(page: Page) -> Page:
    """Say that a page is there for who belongs to an organisation outside too: others are not."""
    page.open_to_partners = True  # type: ignore[attr-defined]  # as Django marks what needs no sign-in
    return page


def is_open_to_partners(page: Callable[..., object]) -> bool:
    """Whether a page says so."""
    return bool(getattr(page, "open_to_partners", False))


def keep_to_own(person: Person) -> None:
    """Refuse to make somebody of an organisation outside one of the sector's own."""
    if person.counterparty_id is not None:
        raise Invalid(_("%(person)s belongs to an organisation outside.") % {"person": person})
