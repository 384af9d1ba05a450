"""Who owns the demo's initiatives, what they are built of, what waits for what, and the contracts: made up."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from vested.core.models import Grant, Membership, Person, Unit
from vested.core.permissions import Role
from vested.core.viewer import Viewer
from vested.portfolio import actions
from vested.portfolio.models import Block, Initiative, Pool

POOLS = (
    ("DEV", "Developers"),
    ("DAT", "Data people"),
    ("ARC", "Architects"),
    ("SEC", "Security people"),
    ("CHG", "People who teach and lead change"),
)
BLOCKS = (
    ("LOGIN", "National sign-in"),
    ("PAY", "Payments of the ministry of finance"),
    ("FORMS", "Form builder"),
    ("ADDR", "Register of addresses"),
    ("MAIL", "Digital mailbox"),
    ("MAPS", "Maps of the land registry"),
    ("CASE", "Case file of the rail agency"),
)
SUPPLIED = {"ADDR": "P03", "CASE": "P20"}  # by which initiative, where it is not there yet
WAITS = (("P02", "P03"), ("P05", "P02"), ("P13", "P04"), ("P21", "P20"), ("P30", "P26"))
# About what, with whom, days from today to decide and to end, which initiative, what was decided.
CONTRACTS = (
    ("Hosting of the machine room", "Northern Hosting", 12, 100, 12, ""),
    ("Licences for the case file", "Filewise", -9, 60, 1, ""),
    ("Support for the old register", "Two Brothers Software", 45, 210, 23, ""),
    ("Translation service", "Clearly", 70, 160, 11, ""),
    ("Text messages", "Pling", 27, 90, 2, ""),
    ("Accessibility tests", "Everybody In", 130, 300, 26, ""),
    ("Mobile devices", "Pocket and Sons", 190, 365, 6, ""),
    ("Security watch, first year", "Night Owl", 88, 120, 13, ""),
    ("Survey tool", "Asking", -60, 20, 19, "We let it end: the component library has one."),
)


def owners(units: Sequence[Unit]) -> dict[int, list[Person]]:
    """Three people others answer to in each unit or below; in the manager's, also the demo's manager and clerk."""
    held = Membership.objects.filter(until=None, person__reports__isnull=False).distinct()
    rows = list(held.order_by("unit__path", "person__code").select_related("person", "unit"))
    found = {unit.pk: [one.person for one in rows if one.unit.path.startswith(unit.path)][:3] for unit in units}
    cast = Grant.objects.filter(role__in=(Role.MANAGER, Role.CIVIL_SERVANT)).select_related("person").order_by("pk")
    mine = [grant.person for grant in cast if grant.person]
    if units and mine:
        found[units[-1].pk] = [*mine, *found[units[-1].pk]][:3]
    return found


def pools_and_blocks(by: Viewer, opened: Sequence[Initiative]) -> tuple[list[Pool], dict[str, Block]]:
    """Name who can be assigned, and what can be built on."""
    pools = [actions.name_pool(by=by, code=code, name=name) for code, name in POOLS]
    by_code = {one.code: one for one in opened}
    supplied = {code: by_code.get(initiative) for code, initiative in SUPPLIED.items()}
    blocks = {
        code: actions.name_block(
            by=by, code=code, name=name, exists=code not in SUPPLIED, supplied_by=supplied.get(code)
        )
        for code, name in BLOCKS
    }
    return pools, blocks


def waits(by: Viewer, opened: Sequence[Initiative]) -> None:
    """Say what has to be finished first."""
    by_code = {one.code: one for one in Initiative.objects.filter(closed_on=None).select_related("source")}
    for code, needs in WAITS:
        if code in by_code and needs in by_code and opened:
            actions.wait_for(by=by, initiative=by_code[code], needs=by_code[needs])


def contracts(
    by: Viewer, opened: Sequence[Initiative], units: Sequence[Unit], owning: Mapping[int, list[Person]], today: date
) -> None:
    """Note contracts; one is overdue, one was decided."""
    for number, (title, supplier, decide, ends, which, decided) in enumerate(CONTRACTS):
        unit = units[number % len(units)]
        made = actions.add_contract(
            by=by, title=title, supplier=supplier, initiative=opened[which] if which < len(opened) else None, unit=unit,
            owner=next(iter(owning[unit.pk]), None), decide_by=today + timedelta(days=decide),
            ends_on=today + timedelta(days=ends),
        )  # fmt: skip
        if decided:
            actions.decide_contract(by=by, contract=made, decided=decided, on=today - timedelta(days=70))
