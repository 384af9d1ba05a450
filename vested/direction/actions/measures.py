"""Say how an objective is measured, and note what was observed."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.permissions import Permission, require
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.direction.models import Measure, Objective, Observation


@transaction.atomic
def add_measure(
    *, by: Viewer, objective: Objective, name: str, counts: str, better: str, baseline: float, baseline_on: date,
    target: float, target_on: date, path: Sequence[tuple[date, float]], every_days: int,
) -> Measure:  # fmt: skip
    """Say how one sees that an objective is near. Once said it stays, so that nobody moves the target unseen."""
    require(by, Permission.DIRECTION_CHANGE, on=objective.unit)
    if objective.closed_on:
        raise Invalid(_("“%(objective)s” is closed already.") % {"objective": objective})
    if target_on <= baseline_on:
        raise Invalid(_("The target must be for a day after the baseline's."), field="target_on")
    if (target - baseline) * (1 if better == Measure.Better.MORE else -1) <= 0:
        raise Invalid(_("The target must be better than the baseline, in the direction you chose."), field="target")
    days = [day for day, _value in path]
    if days != sorted(set(days)) or not all(baseline_on < day < target_on for day in days):
        raise Invalid(_("The points between must be of rising days between the baseline and the target."), field="path")
    measure = Measure.objects.create(
        sector=by.sector, objective=objective, name=name, counts=counts, better=better, baseline=baseline,
        baseline_on=baseline_on, target=target, target_on=target_on, every_days=every_days,
        path=[[day.isoformat(), value] for day, value in path],
    )  # fmt: skip
    told = {"name": name, "counts": counts, "baseline": baseline, "target": target, "until": target_on}
    record("measure.added", by=by, on=objective, new=told)
    return measure


@transaction.atomic
def observe(
    *, by: Viewer, measure: Measure, on: date, value: float, error: float | None, source: str, doubt: str, today: date
) -> Observation:
    """Note what was seen of a measure on a day; of one day the newest counts, and what was noted before stays."""
    _require_hand_in(by, measure.objective)
    if on > today:
        raise Invalid(_("The day must be today or earlier."), field="on")
    seen = Observation.objects.create(
        sector=by.sector, measure=measure, on=on, value=value, error=error, source=source, doubt=doubt,
        noted_by=by.person,
    )  # fmt: skip
    told = {"measure": measure.name, "value": value, "counts": measure.counts, "on": on, "source": source}
    record("measure.observed", by=by, on=measure.objective, new={**told, "doubt": doubt})
    return seen


def _require_hand_in(by: Viewer, objective: Objective) -> None:
    """Who owns an objective notes what is seen of it; others, who may change it."""
    keep_inside(objective)
    if by.person is None or by.person.pk != objective.owner_id:
        require(by, Permission.DIRECTION_CHANGE, on=objective.unit)
