"""Entries, and the file they make."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText

DAY = timedelta(days=1)
NOBODY = "invalid:nomail"  # files need an organiser, and no office gave an address


class State(StrEnum):
    """Whether an entry takes place."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A day: ``uid`` stays the same for ever, ``sequence`` rises when something of it changes."""

    uid: str
    day: date
    title: str
    words: str = ""
    url: str = ""
    state: State = State.CONFIRMED
    sequence: int = 0


def write(entries: Sequence[Entry], *, name: str, organiser: str, at: datetime) -> bytes:
    """Entries as a calendar file, UTF-8, written at that moment."""
    off = bool(entries) and all(entry.state is State.CANCELLED for entry in entries)
    calendar = Calendar()
    calendar.add("prodid", "-//Vested//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if off else "PUBLISH")
    calendar.add("x-wr-calname", name)
    by = vCalAddress(NOBODY)
    by.params["CN"] = vText(organiser)
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", at)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + DAY)  # the first day that is free again
        event.add("summary", entry.title)
        event.add("status", entry.state.value)
        event.add("sequence", entry.sequence)
        event.add("organizer", by)
        for key, value in (("description", entry.words), ("url", entry.url)):
            if value:
                event.add(key, value)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
