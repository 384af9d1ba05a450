"""Days to come in the portfolio, in one calendar: contracts to decide and end, systems, waivers, pilots, reviews."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from vested.core.viewer import Viewer
from vested.portfolio.models import Benefit, Block, Contract, Mode, Waiver

MOST = 300  # of a kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something on a day: its key for calendars, what it is, of what, and where."""

    key: str
    on: date
    kind: str
    title: str
    note: str
    url: str


def days_to_come(viewer: Viewer) -> list[Due]:
    """Everything of the portfolio that has a day and is still open, late ones as well, by day."""
    found = [*_contracts(viewer), *_systems(viewer), *_of_initiatives(viewer)]
    return sorted(found, key=lambda one: (one.on, one.key))


def _contracts(viewer: Viewer) -> list[Due]:
    rows = Contract.objects.all().visible_to(viewer).select_related("owner").filter(decided_on=None)
    here = reverse("portfolio:calendar")
    return [
        Due(
            key=f"{kind}-{row.pk}",
            on=on,
            kind=words,
            title=row.title,
            note=row.supplier,
            url=f"{here}#contract-{row.pk}",
        )
        for row in rows[:MOST]
        for kind, on, words in (
            ("decide", row.decide_by, _("Contract: decide what follows")),
            ("ends", row.ends_on, _("Contract ends")),
        )
    ]


def _systems(viewer: Viewer) -> list[Due]:
    rows = Block.objects.all().visible_to(viewer).filter(ended_on=None).exclude(ends_on=None).select_related("owner")
    return [
        Due(
            key=f"system-{row.pk}",
            on=row.ends_on,
            kind=_("System to be ended"),
            title=row.name,
            note=str(row.owner or ""),
            url=reverse("portfolio:system", args=[row.pk]),
        )
        for row in rows[:MOST]
        if row.ends_on
    ]


def _of_initiatives(viewer: Viewer) -> list[Due]:
    waivers = Waiver.objects.all().visible_to(viewer).filter(told=False, initiative__closed_on=None)
    pilots = Mode.objects.all().visible_to(viewer).filter(kind=Mode.Kind.PILOT, initiative__closed_on=None)
    benefits = Benefit.objects.all().visible_to(viewer).filter(~Q(review_on=None))
    groups = (
        ("waiver", _("Waiver runs out"), "gate", [(row, row.until) for row in _some(waivers)]),
        (
            "pilot",
            _("Pilot ends"),
            "plan",
            [(row, row.pilot_ends_on) for row in _some(pilots.exclude(pilot_ends_on=None))],
        ),
        ("review", _("Benefit to be reviewed"), "plan", [(row, row.review_on) for row in _some(benefits)]),
    )
    return [
        Due(
            key=f"{kind}-{row.pk}",
            on=on,
            kind=words,
            title=str(row.initiative),
            note=str(row) if kind != "pilot" else "",
            url=reverse(f"portfolio:{page}", args=[row.initiative_id]),
        )
        for kind, words, page, rows in groups
        for row, on in rows
    ]


def _some(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("initiative__source")[:MOST]
