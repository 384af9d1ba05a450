"""The history of a thing in words. Rooms say in which words their kinds of events are told."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.models import Event, Unit
from vested.core.permissions import Permission, Role
from vested.core.viewer import Viewer

MOST = 50
Reader = Callable[[Any], object]

_readers: dict[str, Mapping[str, Reader]] = {}
_words: dict[str, str | Promise] = {
    "unit.renamed": gettext_lazy("Renamed from “%(old_name)s” to “%(name)s”"),
    "unit.moved": gettext_lazy("Moved from %(old_parent)s to %(parent)s"),
    "unit.ended": gettext_lazy("Ended on %(on)s"),
    "person.moved": gettext_lazy("Moved from %(old_unit)s to %(unit)s on %(on)s"),
    "grant.given": gettext_lazy("Given the role %(role)s for %(unit)s"),
    "grant.ended": gettext_lazy("The role %(old_role)s for %(old_unit)s ended"),
    "person.data_asked_for": gettext_lazy("Asked for all that is kept about them"),
    "person.data_packed": gettext_lazy("All that is kept about them was packed in one file"),
    "token.created": gettext_lazy("Made the token “%(name)s” for a program, in force until %(until)s"),
    "token.revoked": gettext_lazy("Revoked the token “%(old_name)s”"),
    "figures.exported": gettext_lazy("The figures “%(name)s” were downloaded"),
    "counterparty.added": gettext_lazy("Named"),
    "link.made": gettext_lazy("A link was made"),
    "link.taken": gettext_lazy("A link was taken away"),
    "hat.given": gettext_lazy("%(person)s is %(hat)s from %(on)s"),
    "hat.taken": gettext_lazy("%(old_person)s is no longer %(old_hat)s"),
    "hat.worn": gettext_lazy("Acted as %(hat)s"),
    "hats.ruled": gettext_lazy("Which hats go together was changed"),
    "openings.limited": gettext_lazy("Walls are opened for %(hours)s hours at most; before, for %(old_hours)s"),
    "opening.asked": gettext_lazy("Asked to look behind the walls for %(hours)s hours: %(why)s"),
    "opening.granted": gettext_lazy("%(who)s may look behind the walls for %(hours)s hours: %(words)s"),
    "opening.refused": gettext_lazy("%(who)s may not look behind the walls: %(words)s"),
    "opening.ended": gettext_lazy("The walls were closed to %(old_who)s before their time"),
    "import.done": gettext_lazy("Files were brought in. Changed here and below: units: %(units)s, people: %(people)s"),
    "import.undone": gettext_lazy("Files were undone. Put back here and below: units: %(units)s, people: %(people)s"),
    "list.exported": gettext_lazy("The list “%(list)s” was downloaded: %(rows)s rows"),
}


def register(kind: str, words: str | Promise, **readers: Reader) -> None:
    """Say how a kind of event is told; ``%(name)s`` is the new value of a name, ``%(old_name)s`` the old one.

    What is kept as a code or a figure has a reader by its name, so that everybody reads it in their own language.
    """
    _words[kind], _readers[kind] = words, readers


def told(events: Iterable[Event], *, within: str = "") -> list[tuple[str, str, str, str, bool]]:
    """Events as c-history takes them, newest first, no more than a page holds.

    Of an import is told what it changed ``within`` a unit, by its code.
    """
    lines = []
    for event in list(events)[:MOST]:
        values: dict[str, object] = defaultdict(lambda: "…")  # erased words are gone
        readers = _readers.get(event.kind, {})
        values.update({f"old_{name}": _plain(name, value, readers) for name, value in event.old.items()})
        values.update({name: _plain(name, value, readers) for name, value in event.new.items()})
        values.update(event.new.get("within", {}).get(within, {}))
        at = localtime(event.at)
        what = str(_words.get(event.kind, event.kind)) % values
        by = _("By %(who)s.") % {"who": event.by_name} if event.by_name else ""
        lines.append((date_format(at, "SHORT_DATETIME_FORMAT"), at.isoformat(timespec="minutes"), what, by, False))
    return lines


def _plain(name: str, value: object, readers: Mapping[str, Reader]) -> object:
    if value is None:
        return "–"
    if name in readers:
        return readers[name](value)
    if value == "" and name in {"owner", "operator"}:
        return _("nobody")
    if not isinstance(value, str):
        return value
    if name == "role" and value in set(Role):
        return Role(value).label
    day = parse_date(value) if name in {"on", "until"} else None
    return date_format(day) if day else value


def history_of(viewer: Viewer, thing: Model, unit: Unit | None) -> list[tuple[str, str, str, str, bool]] | None:
    """What happened to a thing, where the viewer may see the history of its unit."""
    seen = viewer.may(Permission.HISTORY_SEE, on=unit)
    return told(Event.objects.all().about(thing)[:MOST]) if seen else None
