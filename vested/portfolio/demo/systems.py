"""The demo's systems: what is in use, to be ended, to come and ended, whose each is, and what it answers: made up."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from vested.core.actions import link
from vested.core.links import kind_of
from vested.core.models import Counterparty, Person, Unit
from vested.core.viewer import Viewer
from vested.direction.models import Duty
from vested.portfolio import actions
from vested.portfolio.models import Block, Initiative

PURPOSES = {
    "LOGIN": "Everybody signs in the same way, whichever service they need.",
    "PAY": "Fees are paid and paid back in one place.",
    "FORMS": "Who knows a service makes its forms without a programmer.",
    "ADDR": "One address for each door, so that nobody asks for it again.",
    "MAIL": "Letters reach people where they read them.",
    "MAPS": "Every case can be shown where it is.",
    "CASE": "One file for a case, whoever works on it.",
}
# Code, name, what it is for, years in use, days until it is to be ended, code of who supplies it, days since it ended.
OWN = (
    ("BOOK", "Booking system for ferries", "People book a crossing and change it.", 6, None, "NF", None),
    ("QUAY", "Quay planner", "Harbour masters see which ship lies where.", 3, None, "HW", None),
    ("REG1", "Old register of ships", "Who owns which ship; two people still know how it works.", 19, 150, "HW", None),
    ("TIME", "Timesheets", "Hours, for pay and for projects.", 9, -20, None, None),
    ("WATCH", "Incident desk", "Whoever sees something wrong reports it once.", 4, None, None, 35),
    ("LEAVE", "Leave on paper", "Leave is asked for and granted.", 12, None, None, 200),
)
ANSWERS = (("LOGIN", "Citizens can see their own data"), ("WATCH", "Report incidents within a day"))


def systems(
    by: Viewer, opened: Sequence[Initiative], units: Sequence[Unit], owning: Mapping[int, list[Person]], today: date
) -> None:
    """Say what the building blocks are for, register the units' own systems, and let two answer a duty."""
    people = [person for some in owning.values() for person in some]
    suppliers = {row.code: row for row in Counterparty.objects.all()}
    for number, block in enumerate(Block.objects.select_related("supplied_by").order_by("code")):
        actions.change_block(
            by=by, block=block, version=block.version, name=block.name, purpose=PURPOSES.get(block.code, ""),
            unit=block.unit, owner=people[number % len(people)] if people else None, supplier=None, exists=block.exists,
            since=today - timedelta(days=400 * (number + 1)) if block.exists else None, ends_on=None,
            supplied_by=block.supplied_by, replaced_by=None,
        )  # fmt: skip
    duties = {row.title: row for row in Duty.objects.filter(title__in=[title for _code, title in ANSWERS])}
    replacing = next((one for one in opened if one.closed_on is None), None)
    for number, (code, name, purpose, years, ends, supplier, _ended) in enumerate(OWN):
        unit = units[number % len(units)]
        actions.name_block(
            by=by, code=code, name=name, purpose=purpose, exists=True, unit=unit,
            owner=next(iter(owning[unit.pk]), None) if code != "TIME" else None,
            supplier=suppliers.get(supplier) if supplier else None, since=today - timedelta(days=365 * years),
            ends_on=None if ends is None else today + timedelta(days=ends),
            replaced_by=replacing if code == "REG1" else None,
        )  # fmt: skip
    known = {row.code: row for row in Block.objects.all()}
    for code, title in ANSWERS:
        if title in duties:
            link(by=by, kind=kind_of("fulfils"), source=known[code], target=duties[title], on=today)
    for code, _name, _purpose, _years, _ends, _supplier, ended in OWN:
        if ended is not None:
            on = today - timedelta(days=ended)
            actions.end_block(by=by, block=known[code], why="Nobody used it after the last move.", on=on)
    unit, end = units[2 % len(units)], today + timedelta(days=150)
    actions.add_contract(
        by=by, title="Care for the old register of ships", supplier="Harbour Works", initiative=None, unit=unit,
        owner=next(iter(owning[unit.pk]), None), decide_by=today + timedelta(days=60), ends_on=end,
        block=known["REG1"],
    )  # fmt: skip
