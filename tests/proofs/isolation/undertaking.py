"""Initiatives to choose among and one in delivery, a plan solved with them, and one without money beside it."""

from decimal import Decimal

from django.utils import timezone

from tests.core.offices import DAY, Office
from tests.portfolio.test_supply import offered, pool
from tests.portfolio.undertaken import idea, mode
from tests.security.planted import keep, plant_all
from vested.academy.models import Budget, Learner
from vested.core.scope import System, acting
from vested.plans import solving
from vested.plans.asked import Asked
from vested.plans.models import Assignment, Plan
from vested.plans.queries.gathering import gathered
from vested.plans.queries.solved import forget
from vested.portfolio.actions import name_block, offer_money, wait_for
from vested.portfolio.models import BlockUse, Initiative
from vested.portfolio.queries.quarters import later, span
from vested.portfolio.queries.supply import coming_quarter
from vested.skills.models import Post

SECONDS = 3  # to search for a plan, at most


def undertake(office: Office) -> None:
    """Two initiatives that may start, one of which waits for one in delivery and builds on a block; all canaries."""
    first, dev, cdo = coming_quarter(DAY), pool(office), office.viewer("cdo")
    offered(office, dev, dict.fromkeys(span(first, 4), 4.0))
    may = [idea(office, "A1", kind="explore"), idea(office, "A2")]
    for one in may:
        mode(office, one, starts=first, quarters=2, costs=[Decimal(50)] * 2, people={dev: [2, 2]})
    going = idea(office, "D1")
    mode(office, going, starts=later(first, -2), people={dev: [1, 1, 2, 2]})
    with acting(cdo):
        wait_for(by=cdo, initiative=may[1], needs=going)
        offer_money(by=cdo, amounts=dict.fromkeys(span(first, 4), Decimal(200)))
        block = name_block(by=cdo, code="S1", name="S1", exists=True, purpose="x", unit=office.north, owner=None)
        BlockUse.objects.create(sector=office.sector, mode=may[0].modes.get(), block=block)
        Initiative.objects.filter(pk=going.pk).update(stage=Initiative.Stage.DELIVERY)
    with acting(System("plant canaries")):
        plant_all(office)
    _solve(office)


def _solve(office: Office) -> None:
    """Solve the adopted plan with them, and beside it one without money, so that the two differ."""
    viewer = office.viewer("cdo")
    with acting(viewer):
        plan, beside = Plan.objects.get(), Plan.objects.get()
        plan.decided_at = plan.decided_at or timezone.now()
        beside.pk, beside.number, beside.state = None, plan.number + 1, Plan.State.SOLVED
        Assignment.objects.all().delete()
        Budget.objects.update(amount=Decimal(100))
        for post in Post.objects.filter(until=None):  # who has no hours learns nothing
            Learner.objects.update_or_create(sector=office.sector, person_id=post.person_id, defaults={"hours": 10.0})
        for one, money in ((plan, 1.0), (beside, 0.0)):
            now = gathered(viewer, Asked(seconds=SECONDS, money=money), on=DAY)
            keep(one, now, solving.solve(now.sector, seconds=SECONDS, curve=True))
        forget()
