"""Days as calendar files (RFC 5545), for the calendar people use already.

    from vested.formats import calendar
    kickoff = calendar.Entry(uid="session-7@sector", day=date(2027, 3, 1), title="Open data")
    calendar.write([kickoff], name="My courses", organiser="Ministry", at=moment)

Entries last the whole day: only the day is known. A calendar that is given a file again knows an entry by its ``uid``
and takes the newer one; so an entry that is off is written as cancelled, not left out. A file with nothing but
cancelled entries asks to cancel them (``METHOD:CANCEL``), any other one tells what there is (``METHOD:PUBLISH``,
RFC 5546, 3.2.1 and 3.2.5).
"""

from vested.formats.calendar._writing import Entry, State, write

__all__ = ["Entry", "State", "write"]
