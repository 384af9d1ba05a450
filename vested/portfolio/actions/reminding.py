"""Tell whom it concerns before a day passes: of a waiver that runs out, of a benefit to be reviewed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vested.core.history import record
from vested.core.notifications import notify
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.portfolio.models import Benefit, Waiver

EARLY = timedelta(days=14)  # that a waiver is told of before it runs out


@transaction.atomic
def remind(*, by: Viewer, at: datetime) -> int:
    """Tell once of each waiver about to run out, and of each benefit whose day of review has come; of how many."""
    require(by, Permission.PORTFOLIO_DECIDE)
    today = timezone.localdate(at)
    waivers = Waiver.objects.filter(told=False, warned=False, until__range=(today, today + EARLY))
    ending = list(waivers.filter(initiative__closed_on=None).select_related("initiative__owner", "initiative__source"))
    for one in ending:
        who = [one.initiative.owner] if one.initiative.owner else []
        notify(
            who, kind="waiver.ends", title=_("A waiver runs out on %(day)s: %(initiative)s"), body=one.reason,
            values={"day": one.until, "initiative": one.initiative}, at=at,
            url=reverse("portfolio:gate", args=[one.initiative_id]),
        )  # fmt: skip
    benefits = Benefit.objects.filter(review_on__lte=today, reminded=False).select_related(
        "owner", "initiative__source"
    )
    due = list(benefits.exclude(owner=None))
    for row in due:
        notify(
            [row.owner] if row.owner else [], kind="benefit.due", title=_("Look what came of it: %(benefit)s"),
            body=_("It was to be reviewed by %(day)s, for “%(initiative)s”."), at=at,
            values={"benefit": row.words, "day": row.review_on, "initiative": row.initiative},
            url=reverse("portfolio:benefit-review", args=[row.pk]),
        )  # fmt: skip
    Waiver.objects.filter(pk__in=[one.pk for one in ending]).update(warned=True)
    Benefit.objects.filter(pk__in=[row.pk for row in due]).update(reminded=True)
    if ending or due:
        record("portfolio.reminded", by=by, on=by.sector, new={"count": len(ending) + len(due)})
    return len(ending) + len(due)
