"""Show an increment, hand over to operation, name benefits and review them, note contracts, draw the lines."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.locking import hold
from vested.core.models import Person, Unit
from vested.core.permissions import Permission, require
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.portfolio.actions.initiatives import close_initiative
from vested.portfolio.models import Benefit, Block, Contract, Handover, Increment, Initiative, Review, Thresholds
from vested.portfolio.queries.initiatives import require_hand_in, still_open


@transaction.atomic
def add_benefit(
    *, by: Viewer, initiative: Initiative, words: str, economic: bool, amount: float, counts: str,
    owner: Person | None, review_on: date | None,
) -> Benefit:  # fmt: skip
    """Name what an initiative brings, who answers for that, and on which day somebody looks."""
    require_hand_in(by, initiative)
    still_open(initiative)
    added = Benefit.objects.create(
        sector=by.sector, initiative=initiative, words=words, economic=economic, amount=amount, counts=counts,
        owner=owner, review_on=review_on,
    )  # fmt: skip
    record("benefit.added", by=by, on=initiative, new={"words": words, "amount": amount, "until": review_on})
    return added


@transaction.atomic
def review_benefit(
    *, by: Viewer, benefit: Benefit, found: float, words: str, on: date, again_on: date | None
) -> Review:
    """Note what was found of a benefit, by who answers for it, and when somebody looks again."""
    _require_answering(by, benefit)
    if again_on and again_on <= on:
        raise Invalid(_("The day must be after %(day)s.") % {"day": date_format(on)}, field="again_on")
    review = Review.objects.create(
        sector=by.sector, benefit=benefit, on=on, found=found, words=words, reviewed_by=by.person
    )
    benefit.review_on, benefit.reminded = again_on, False
    benefit.save(update_fields=["review_on", "reminded"])
    told = {"benefit": str(benefit), "found": found, "words": words, "on": on}
    record("benefit.reviewed", by=by, on=benefit.initiative, new=told)
    return review


@transaction.atomic
def show_increment(
    *, by: Viewer, initiative: Initiative, shown: str, to_whom: str, learnt: str, decided: str, why: str, on: date
) -> Increment:
    """Note what was shown, to whom, what was learnt and decided; where that is to stop, the initiative is stopped."""
    require_hand_in(by, initiative)
    still_open(initiative)
    made = Increment.objects.create(
        sector=by.sector, initiative=initiative, on=on, shown=shown, to_whom=to_whom, learnt=learnt, decided=decided,
        why=why, noted_by=by.person,
    )  # fmt: skip
    told = {"shown": shown, "to_whom": to_whom, "decided": made.decided, "why": why}
    record("increment.shown", by=by, on=initiative, new=told)
    if decided == Increment.Decided.STOP:
        stopped = Initiative.Outcome.STOPPED
        close_initiative(by=by, initiative=initiative, outcome=stopped, why=why, lesson=learnt, on=on)
    return made


@transaction.atomic
def hand_over(
    *, by: Viewer, initiative: Initiative, operator: Person | None, support: str, running_cost: Decimal | None,
    continuity: str, skills: str,
) -> Handover:  # fmt: skip
    """Say what those need who run it when it is live."""
    require_hand_in(by, initiative)
    still_open(initiative)
    said, _new = Handover.objects.update_or_create(
        sector=by.sector, initiative=initiative,
        defaults={
            "operator": operator, "support": support, "running_cost": running_cost, "continuity": continuity,
            "skills": skills,
        },
    )  # fmt: skip
    told = {"operator": str(operator or ""), "support": support, "running_cost": running_cost}
    record("handover.said", by=by, on=initiative, new=told)
    return said


@transaction.atomic
def add_contract(
    *, by: Viewer, title: str, supplier: str, initiative: Initiative | None, unit: Unit | None, owner: Person | None,
    decide_by: date, ends_on: date, block: Block | None = None,
) -> Contract:  # fmt: skip
    """Note a contract: until when it runs, and by when somebody decides what follows."""
    require(by, Permission.PORTFOLIO_CHANGE, on=unit)
    for thing in (initiative, block):
        if thing:
            keep_inside(thing)
    if ends_on < decide_by:
        raise Invalid(_("It must be decided before the contract ends."), field="decide_by")
    added = Contract.objects.create(
        sector=by.sector, title=title, supplier=supplier, initiative=initiative, unit=unit, owner=owner or by.person,
        decide_by=decide_by, ends_on=ends_on, block=block,
    )  # fmt: skip
    record("contract.added", by=by, on=added, new={"supplier": supplier, "on": decide_by, "until": ends_on})
    return added


@transaction.atomic
def decide_contract(*, by: Viewer, contract: Contract, decided: str, on: date) -> Contract:
    """Say what follows a contract: it is renewed, replaced, or left to end."""
    _require_contract(by, contract)
    held = Contract.objects.select_for_update().get(pk=contract.pk)
    if held.decided_on:
        raise Invalid(_("It was decided already, on %(day)s.") % {"day": date_format(held.decided_on)})
    held.decided, held.decided_on = decided, on
    held.save(update_fields=["decided", "decided_on"])
    record("contract.decided", by=by, on=held, new={"words": decided, "on": on})
    return held


@transaction.atomic
def draw_lines(
    *, by: Viewer, thresholds: Thresholds, version: int, large_from: Decimal, watch: float, off: float,
    stale_days: int, increment_days: int, explore_least: float, explore_most: float,
) -> Thresholds:  # fmt: skip
    """Draw the lines of the portfolio anew."""
    require(by, Permission.PORTFOLIO_DECIDE)
    if off < watch:
        raise Invalid(_("Off course must be further than drifting."), field="off")
    if explore_most < explore_least:
        raise Invalid(_("The highest share must not be below the lowest."), field="explore_most")
    held = hold(thresholds, version=version) if thresholds.pk else Thresholds(sector=by.sector)
    lines = {
        "large_from": large_from, "watch": watch, "off": off, "stale_days": stale_days,
        "increment_days": increment_days, "explore_least": explore_least, "explore_most": explore_most,
    }  # fmt: skip
    old = {name: getattr(held, name) for name in lines}
    for name, value in lines.items():
        setattr(held, name, value)
    held.save()
    record("thresholds.drawn", by=by, on=held, old=old, new=lines)
    return held


def _require_answering(by: Viewer, benefit: Benefit) -> None:
    """Who answers for a benefit, and who may change the initiative."""
    keep_inside(benefit)
    if by.person is None or by.person.pk != benefit.owner_id:
        require_hand_in(by, benefit.initiative)


def _require_contract(by: Viewer, contract: Contract) -> None:
    """Whose contract it is, and who may where it belongs."""
    keep_inside(contract)
    if by.person is None or by.person.pk != contract.owner_id:
        require(by, Permission.PORTFOLIO_CHANGE, on=contract.unit)
