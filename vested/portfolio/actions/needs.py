"""Say whom an initiative needs: how many people, at which level of which skill, where and by when."""

from django.db import transaction
from django.utils.translation import gettext as _

from vested.core import amounts
from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.models import Unit
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.portfolio.models import Initiative
from vested.portfolio.queries.initiatives import require_hand_in, still_open
from vested.skills.models import Demand, Skill
from vested.skills.queries.frameworks import highest_level


@transaction.atomic
def add_need(
    *, by: Viewer, initiative: Initiative, skill: Skill, level: float, people: int, unit: Unit | None, by_period: int,
    weight: float,
) -> Demand:  # fmt: skip
    """Say that an initiative needs people (of a unit and all below it, or of the sector) by the end of a period.

    By which day that is, is said when a plan with its start is adopted.
    """
    require_hand_in(by, initiative)
    still_open(initiative)
    added = Demand(
        sector=by.sector, source_id=initiative.source_id, skill=skill, level=level, people=people, unit=unit,
        by_period=by_period, weight=weight,
    )  # fmt: skip
    _require_fit(added)
    added.save()
    record("demand.added", by=by, on=initiative, new=_told(added))
    return added


@transaction.atomic
def change_need(
    *, by: Viewer, initiative: Initiative, need: Demand, skill: Skill, level: float, people: int, unit: Unit | None,
    by_period: int, weight: float,
) -> Demand:  # fmt: skip
    """Change what an initiative needs; with another period its day is not said any more."""
    require_hand_in(by, initiative)
    still_open(initiative)
    held = _held(initiative, need)
    old, was = _told(held), (held.skill_id, held.unit_id)
    if held.by_period != by_period:
        held.due_on = None
    held.skill, held.level, held.people, held.unit = skill, level, people, unit
    held.by_period, held.weight = by_period, weight
    _require_fit(held, was=was)
    held.save()
    record("demand.changed", by=by, on=initiative, old=old, new=_told(held))
    return held


@transaction.atomic
def remove_need(*, by: Viewer, initiative: Initiative, need: Demand) -> None:
    """Say that an initiative does not need these people."""
    require_hand_in(by, initiative)
    still_open(initiative)
    held = _held(initiative, need)
    record("demand.removed", by=by, on=initiative, old=_told(held))
    held.delete()


def _held(initiative: Initiative, need: Demand) -> Demand:
    """The need as it is now; Invalid where it is none of the initiative's any more."""
    rows = Demand.objects.select_for_update(of=("self",)).select_related("skill", "unit", "sector")
    held = rows.filter(source=initiative.source_id, pk=need.pk).first()
    if held is None:
        raise Invalid(_("Somebody took this need away, or files without it were brought in. Say it anew."))
    return held


def _require_fit(need: Demand, *, was: tuple[int, int | None] | None = None) -> None:
    """Refuse a level beyond the scale, and what is asked for already; files may ask twice, at two levels."""
    keep_inside(need)
    most = highest_level()
    if not 0 < need.level <= most:
        words = _("The level must be above 0 and no higher than %(most)s, where the scale ends.")
        raise Invalid(words % {"most": amounts.level(most)}, field="level")
    same = Demand.objects.filter(source=need.source_id, skill=need.skill_id, unit=need.unit_id).exclude(pk=need.pk)
    if was == (need.skill_id, need.unit_id):
        same = same.filter(level=need.level, by_period=need.by_period)
    if same.exists():
        words = _("It asks for “%(skill)s” in %(unit)s already. Change that need instead.")
        raise Invalid(words % {"skill": need.skill, "unit": need.unit or need.sector}, field="skill")


def _told(need: Demand) -> dict[str, object]:
    return {
        "skill": str(need.skill), "level": need.level, "people": need.people, "unit": str(need.unit or need.sector),
        "period": need.by_period, "weight": need.weight,
    }  # fmt: skip
