"""The five stations of the loop; rooms say what they lead to."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from vested.core.viewer import Viewer


class Station(StrEnum):
    """Where on the loop a page is."""

    AIM = "aim"
    KNOW = "know"
    PLAN = "plan"
    DO = "do"
    LEARN = "learn"
    MINE = "mine"


LABELS = {
    Station.AIM: pgettext_lazy("station", "Aim"),
    Station.KNOW: pgettext_lazy("station", "Know"),
    Station.PLAN: pgettext_lazy("station", "Plan"),
    Station.DO: pgettext_lazy("station", "Do"),
    Station.LEARN: pgettext_lazy("station", "Learn"),
    Station.MINE: pgettext_lazy("station", "Mine"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the navigation, shown to whom ``shown`` says; a ``late`` one after those of all rooms."""

    station: Station
    label: "StrOrPromise"
    url_name: str
    shown: Callable[["Viewer"], bool]
    about: "StrOrPromise" = ""
    late: bool = False


_entries: list[Entry] = []


def register(entry: Entry, *, first: bool = False) -> None:
    """Add a page; a room does when Django starts. The first one of a station is where the station leads."""
    if entry not in _entries:
        _entries.insert(0 if first else len(_entries), entry)


def stations_for(viewer: "Viewer", path: str) -> list[dict[str, object]]:
    """The stations that lead somewhere for this viewer, each with its pages; of pages one within another, the inner.

    Who belongs to an organisation outside has a first page and no stations.
    """
    if viewer.is_partner:
        return []
    every = sorted(_entries, key=lambda entry: entry.late)
    shown = [(entry, reverse(entry.url_name)) for entry in every if entry.shown(viewer)]
    here = max((url for _entry, url in shown if path.startswith(url)), key=len, default=None)
    stations: list[dict[str, object]] = []
    for station in Station:
        pages = [
            {"label": entry.label, "about": entry.about, "url": url, "current": url == here}
            for entry, url in shown
            if entry.station is station
        ]
        if pages:
            stations.append(
                {
                    "station": station.value,
                    "label": LABELS[station],
                    "url": pages[0]["url"],
                    "current": any(page["current"] for page in pages),
                    "pages": pages,
                }
            )
    return stations
