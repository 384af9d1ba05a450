"""Open an objective, change it, close it."""

from datetime import date
from operator import attrgetter

from django.db import transaction
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.locking import hold
from vested.core.models import Person, Sector, Unit
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.direction.models import Objective
from vested.direction.queries.objectives import DEEPEST, above


@transaction.atomic
def open_objective(
    *, by: Viewer, title: str, why: str, about: str, code: str, parent: Objective | None, unit: Unit | None,
    owner: Person | None, starts_on: date, ends_on: date,
) -> Objective:  # fmt: skip
    """Open an objective of a unit, or of the whole sector, under the vision or under another objective."""
    require(by, Permission.DIRECTION_CHANGE, on=unit)
    _check(parent, starts_on, ends_on)
    _check_code(code, None)
    objective = Objective.objects.create(
        sector=by.sector, title=title, why=why, about=about, code=code, parent=parent, unit=unit,
        owner=owner or by.person, starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    record("objective.opened", by=by, on=objective, new={**_told(objective), "why": why})
    return objective


@transaction.atomic
def change_objective(
    *, by: Viewer, objective: Objective, title: str, why: str, about: str, code: str, parent: Objective | None,
    owner: Person | None, ends_on: date, version: int,
) -> Objective:  # fmt: skip
    """Change an objective that is open; of which unit it is, and from when, stays."""
    require(by, Permission.DIRECTION_CHANGE, on=objective.unit)
    Sector.objects.select_for_update().get(pk=by.sector.pk)  # so that nobody makes the tree go round meanwhile
    yours = {
        _("Title"): (attrgetter("title"), title),
        _("Why"): (attrgetter("why"), why),
        _("Until"): (attrgetter("ends_on"), ends_on),
    }
    held = hold(objective, version=version, yours=yours)
    _check_open(held)
    _check(parent, held.starts_on, ends_on)
    _check_code(code, held)
    if parent and held.pk in {parent.pk, *(one.pk for one in above(parent))}:
        raise Invalid(_("An objective cannot be below itself. Choose one outside it."), field="parent")
    old = _told(held)
    held.title, held.why, held.about, held.code = title, why, about, code
    held.parent, held.owner, held.ends_on = parent, owner or by.person, ends_on
    held.save()
    record("objective.changed", by=by, on=held, old=old, new=_told(held))
    return held


@transaction.atomic
def close_objective(*, by: Viewer, objective: Objective, reached: bool, why: str, on: date, version: int) -> Objective:
    """Close an objective: reached, or left with a reason. It stays where it was."""
    require(by, Permission.DIRECTION_CHANGE, on=objective.unit)
    held = hold(objective, version=version)
    _check_open(held)
    held.closed_on, held.closed_why, held.reached = on, why, reached
    held.save()
    record("objective.closed", by=by, on=held, new={"reached": reached, "why": why, "on": on})
    return held


def _check_open(objective: Objective) -> None:
    if objective.closed_on:
        raise Invalid(_("“%(objective)s” is closed already.") % {"objective": objective})


def _check(parent: Objective | None, starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Invalid(_("It must end on or after the day it starts."), field="ends_on")
    if parent and parent.closed_on:
        raise Invalid(_("“%(objective)s” is closed. Choose one that is open.") % {"objective": parent}, field="parent")
    if parent and len(above(parent)) + 2 > DEEPEST:
        raise Invalid(_("Objectives are not this deep. Choose one further up."), field="parent")


def _check_code(code: str, own: Objective | None) -> None:
    same = Objective.objects.filter(code=code)
    if code and (same.exclude(pk=own.pk) if own else same).exists():
        raise Invalid(_("There is an objective %(code)s already.") % {"code": code}, field="code")


def _told(objective: Objective) -> dict[str, object]:
    return {
        "title": objective.title,
        "unit": str(objective.unit or objective.sector),
        "owner": str(objective.owner or ""),
        "until": objective.ends_on,
        "parent": str(objective.parent or ""),
    }
