"""Questions about what agreements share, and with whom."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format, localize

from vested.core.links import told_outside
from vested.core.models import Counterparty, Person
from vested.core.scope import SectorModel
from vested.core.viewer import Viewer
from vested.ecosystem.models import Agreement, Document, Share

Told = tuple[Share, SectorModel]


def shared_with(person: Person, on: date) -> Mapping[str, set[int]]:
    """What exists for somebody outside: the agreements that run with where they belong, and what these share."""
    running = Agreement.objects.all().of(person.counterparty_id).running_on(on)
    agreements = set(running.values_list("pk", flat=True))
    documents = Document.objects.filter(agreement__in=agreements).values_list("pk", flat=True)
    found: dict[str, set[int]] = {
        Agreement._meta.label_lower: agreements, Share._meta.label_lower: set(),
        Document._meta.label_lower: set(documents),
    }  # fmt: skip
    if person.counterparty_id:
        found[Counterparty._meta.label_lower] = {person.counterparty_id}
    for pk, kind, thing in Share.objects.filter(agreement__in=agreements).values_list("pk", "kind", "thing_id"):
        found[Share._meta.label_lower].add(pk)
        found.setdefault(kind, set()).add(thing)
    return found


def shares_of(viewer: Viewer, agreements: list[Agreement]) -> dict[int, list[Told]]:
    """What each of the agreements shares, as far as it exists for the viewer: a question a kind of thing."""
    rows = Share.objects.all().visible_to(viewer).filter(agreement__in=agreements)
    shares = list(rows.select_related("shared_by", "agreement").order_by("since", "pk"))
    things = {
        kind: model.objects.all().visible_to(viewer).in_bulk([one.thing_id for one in shares if one.kind == kind])
        for kind, model in _models(shares).items()
    }
    found: dict[int, list[Told]] = {one.pk: [] for one in agreements}
    for one in shares:
        if thing := things.get(one.kind, {}).get(one.thing_id):
            found[one.agreement_id].append((one, thing))
    return found


def thing_of(viewer: Viewer, share: Share) -> SectorModel | None:
    """The thing that is shared, where it exists for the viewer."""
    rows = _models([share]).get(share.kind)
    found: SectorModel | None = (
        rows.objects.all().visible_to(viewer).filter(pk=share.thing_id).first() if rows else None
    )
    return found


def told_of(thing: SectorModel) -> list[tuple[str, str]]:
    """What of a thing is told outside: its fields in words, those that say something."""
    fields = thing.outside.fields if thing.outside else {}
    values = ((words, _plain(thing, name)) for name, words in fields.items())
    return [(str(words), value) for words, value in values if value]


def partners_of(viewer: Viewer, counterparty: Counterparty) -> QuerySet[Person]:
    """Who of an organisation outside is let in, as far as they exist for the viewer."""
    return (
        Person.objects.all().visible_to(viewer).filter(counterparty=counterparty, let_go_on=None).order_by("find", "pk")
    )


def _models(shares: list[Share]) -> dict[str, Any]:
    kinds, told = {one.kind for one in shares}, told_outside()
    return {kind: told[kind][0] for kind in sorted(kinds) if kind in told}


def _plain(thing: SectorModel, name: str) -> str:
    value = getattr(thing, name)
    if isinstance(value, date):
        return date_format(value)
    shown = getattr(thing, f"get_{name}_display", None)
    return str(shown()) if shown else localize(value) if value not in {None, ""} else ""
