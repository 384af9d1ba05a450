"""What a room does once a day for each sector, by itself: reminders, clocks that run out.

A room registers a function when Django starts; a worker calls it once a day and sector, in one transaction with the row
that says so. A function that fails leaves nothing behind and is called again at the next look.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from vested.core.models import Daily, Sector
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.core.viewer import Held, Viewer

Work = Callable[[Viewer, datetime], object]

_works: dict[str, Work] = {}

log = logging.getLogger("vested.jobs")


def daily(name: str, work: Work) -> None:
    """Have ``work(by, at)`` done once a day for each sector, ``by`` the office itself."""
    _works[name] = work


def do_daily(now: datetime) -> int:
    """Do what is due today and not done yet; how many pieces of work were done."""
    today, done = timezone.localdate(now), 0
    with acting(System("see what is done each day")):
        ready = set(Daily.objects.filter(done_on__gte=today).values_list("sector", "name"))
    for sector in Sector.objects.order_by("pk"):
        for name, work in _works.items():
            if (sector.pk, name) not in ready:
                done += _do(sector, name, work, today=today, now=now)
    return done


def _do(sector: Sector, name: str, work: Work, *, today: date, now: datetime) -> int:
    by = Viewer(sector=sector, person=None, held=(Held(Role.CDO, "/"),))
    try:
        with acting(by), transaction.atomic():
            Sector.objects.select_for_update().get(pk=sector.pk)
            row, _new = Daily.objects.get_or_create(sector=sector, name=name)
            if row.done_on and row.done_on >= today:
                return 0
            work(by, now)
            row.done_on = today
            row.save(update_fields=["done_on"])
    except Exception:  # whatever it was, the worker goes on with the next piece of work
        log.exception("%s was not done for %s", name, sector.slug)
        return 0
    return 1
