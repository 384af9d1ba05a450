"""Calendar files: read again by a parser, and as their bytes."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from vested.formats import calendar
from vested.formats.calendar import Entry, State

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = date(2026, 4, 13)


def written(*entries: Entry) -> bytes:
    return calendar.write(entries, name="My courses", organiser="Søværnet; nord", at=AT)


def test_an_entry_is_a_whole_day_known_by_its_uid() -> None:
    lines = written(Entry(uid="1@a", day=DAY, title="Données, et plus", sequence=3, url="https://a.example/1"))
    for line in (
        b"METHOD:PUBLISH", b"UID:1@a", b"DTSTART;VALUE=DATE:20260413", b"DTEND;VALUE=DATE:20260414", b"SEQUENCE:3",
        b"STATUS:CONFIRMED", b"DTSTAMP:20260302T120000Z", "SUMMARY:Données\\, et plus".encode(),
    ):  # fmt: skip
        assert line + b"\r\n" in lines


@pytest.mark.parametrize(
    ("states", "method"),
    [
        ([], "PUBLISH"),
        ([State.CANCELLED], "CANCEL"),
        ([State.CANCELLED, State.CANCELLED], "CANCEL"),
        ([State.CANCELLED, State.TENTATIVE], "PUBLISH"),
    ],
)
def test_a_file_of_what_is_off_cancels(states: list[State], method: str) -> None:
    entries = [Entry(uid=str(number), day=DAY, title="A", state=state) for number, state in enumerate(states)]
    read = Calendar.from_ical(written(*entries))
    assert read["METHOD"] == method
    assert [str(event["STATUS"]) for event in read.walk("VEVENT")] == [state.value for state in states]


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1),
    st.text(st.characters(exclude_categories=("Cc", "Cs"))),
)
def test_any_words_come_back_as_they_were(title: str, words: str) -> None:
    [event] = Calendar.from_ical(written(Entry(uid="1", day=DAY, title=title, words=words))).walk("VEVENT")
    assert str(event["SUMMARY"]) == title
    assert str(event.get("DESCRIPTION", "")) == words


def test_no_words_can_become_a_line_of_their_own() -> None:
    lines = written(Entry(uid="1", day=DAY, title="A\r\nMETHOD:REQUEST", words="B\nUID:2")).splitlines()
    assert b"METHOD:REQUEST" not in lines
    assert b"UID:2" not in lines
