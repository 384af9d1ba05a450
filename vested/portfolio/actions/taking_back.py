"""Take a register back that was brought in: what it opened is closed, since nothing that was frozen is ever deleted."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.models import Job, Sector
from vested.core.permissions import Permission, require
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.portfolio.models import Difference, Initiative
from vested.portfolio.queries.published import left_alone


@transaction.atomic
def take_register_back(*, by: Viewer, job: Job, why: str, on: date) -> int:
    """Close what a register opened and nobody has worked on since, as stopped, with the reason; how many.

    Their differences are closed with them. Years it added to initiatives there were, and initiatives somebody has
    worked on, stay as they are.
    """
    require(by, Permission.PORTFOLIO_DECIDE)
    keep_inside(job)
    Sector.objects.select_for_update().get(pk=by.sector.pk)
    rows, source = list(left_alone(job)), job.args["source"]
    if not rows:
        raise Invalid(_("There is nothing to take back: what it opened is closed, or somebody has worked on it."))
    unlike = Difference.objects.filter(initiative__in=rows, closed_on=None)
    unlike.update(closed_on=on, closed_why=why, closed_by=by.person)
    for one in rows:
        one.close(outcome=Initiative.Outcome.STOPPED, why=why, lesson="", on=on)
        told = {"outcome": one.outcome, "why": why, "on": on, "taken_back": source}
        record("initiative.closed", by=by, on=one, new=told)
    record("register.taken_back", by=by, on=by.sector, new={"source": source, "initiatives": len(rows), "why": why})
    return len(rows)
