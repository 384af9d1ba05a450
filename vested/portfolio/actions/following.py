"""Freeze a new baseline, note what was spent, claim how it stands, and close a difference with a reason."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.portfolio.models import Baseline, Claim, Difference, Initiative, Spending
from vested.portfolio.models.following import Side
from vested.portfolio.queries.initiatives import require_hand_in, require_other, still_open
from vested.portfolio.queries.quarters import quarter_of
from vested.portfolio.queries.standing import claimed, differing, frozen, planned
from vested.portfolio.queries.thresholds import thresholds_of


@transaction.atomic
def rebaseline(*, by: Viewer, initiative: Initiative, why: str, on: date) -> Baseline:
    """Freeze what is planned now, by a decision of somebody who does not own it; every older baseline stays."""
    require_other(by, initiative)
    held = still_open(initiative)
    whole = Initiative.objects.all().looked_at().get(pk=held.pk)
    last = frozen(whole)
    if last is None:
        raise Invalid(_("Its first baseline is frozen when it is approved."))
    if whole.mode is None or whole.starts_on is None:
        raise Invalid(_("Choose the way to do it, and the day it starts."))
    now = planned(whole)
    if all(getattr(last, name) == value for name, value in now.items()):
        raise Invalid(_("Nothing is planned otherwise than it was frozen. Change the plan first."))
    made = Baseline.objects.create(
        sector=by.sector, initiative=held, number=last.number + 1, on=on, why=why, decided_by=by.person, **now
    )
    old = {"cost": last.cost, "until": last.ends_on}
    told = {"number": made.number, "why": why, "cost": made.cost, "until": made.ends_on}
    record("baseline.frozen", by=by, on=held, old=old, new=told)
    return made


@transaction.atomic
def note_spending(
    *, by: Viewer, initiative: Initiative, quarter: date, amount: Decimal, source: str, on: date
) -> Spending:
    """Note what was spent in a quarter; what was noted of it before stays beside it."""
    require_hand_in(by, initiative)
    first = quarter_of(quarter)
    if first > on:
        raise Invalid(_("The quarter must have begun: what is to come is planned, not spent."), field="quarter")
    noted = Spending.objects.create(
        sector=by.sector, initiative=initiative, quarter=first, amount=amount, source=source, noted_on=on,
        noted_by=by.person,
    )  # fmt: skip
    record("spending.noted", by=by, on=initiative, new={"amount": amount, "on": first, "source": source})
    return noted


@transaction.atomic
def claim(
    *, by: Viewer, initiative: Initiative, cost: str, schedule: str, economic: str, other: str, words: str, on: date
) -> Claim:
    """Say how an initiative stands; where that is not what is computed, the difference is listed from then on."""
    require_hand_in(by, initiative)
    held = still_open(initiative)
    made = Claim.objects.create(
        sector=by.sector, initiative=held, cost=cost, schedule=schedule, economic=economic, other=other, words=words,
        on=on, said_by=by.person,
    )  # fmt: skip
    _note(by, Initiative.objects.all().looked_at().get(pk=held.pk), on)
    told = {side.value: getattr(made, side) for side in Side}
    record("status.claimed", by=by, on=held, new={**told, "words": words})
    return made


@transaction.atomic
def note_differences(*, by: Viewer, at: datetime) -> int:
    """Look at every initiative, and list each new difference between claimed and computed; how many."""
    require(by, Permission.PORTFOLIO_DECIDE)
    rows = Initiative.objects.all().looked_at().filter(closed_on=None, claims__isnull=False).distinct()
    return sum(len(list_differences(by=by, initiative=one, on=timezone.localdate(at))) for one in rows)


@transaction.atomic
def list_differences(*, by: Viewer, initiative: Initiative, on: date) -> list[Difference]:
    """List where an initiative stands otherwise on a day than was claimed last; the new ones."""
    require(by, Permission.PORTFOLIO_DECIDE, on=initiative.unit)
    found = _note(by, initiative, on)
    if found:
        record("differences.seen", by=by, on=initiative, new={"sides": [row.side for row in found]})
    return found


@transaction.atomic
def close_difference(*, by: Viewer, difference: Difference, why: str, on: date) -> Difference:
    """Close a difference with a reason, by somebody who does not own the initiative; it stays on the list."""
    require_other(by, difference.initiative)
    held = Difference.objects.select_for_update().get(pk=difference.pk)
    if held.closed_on:
        raise Invalid(_("It was closed already, on %(day)s.") % {"day": date_format(held.closed_on)})
    held.closed_on, held.closed_why, held.closed_by = on, why, by.person
    held.save(update_fields=["closed_on", "closed_why", "closed_by"])
    record("difference.closed", by=by, on=held.initiative, new={"side": held.side, "why": why})
    return held


def _note(by: Viewer, one: Initiative, day: date) -> list[Difference]:
    """List the sides on which the newest claim differs, unless that is listed, or an older one there is still open."""
    said, rules = claimed(one), thresholds_of(by)
    listed = set(one.differences.filter(Q(closed_on=None) | Q(claim=said)).values_list("side", flat=True))
    new = [
        Difference(sector=by.sector, initiative=one, claim=said, side=side, claimed=what, computed=seen, seen_on=day)
        for side, what, seen in differing(one, rules, day)
        if side not in listed
    ]
    return Difference.objects.bulk_create(new)
