"""Open an initiative, change it, say what it waits for, close it."""

from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.locking import hold
from vested.core.models import Link, Person, Sector, Unit
from vested.core.permissions import Permission, require
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.direction.models import Objective
from vested.portfolio.models import Dependence, Initiative, Passage
from vested.portfolio.queries.gates import blocking
from vested.portfolio.queries.initiatives import require_hand_in, require_other, still_open
from vested.portfolio.queries.thresholds import thresholds_of
from vested.skills.models import Source

Stage, Outcome = Initiative.Stage, Initiative.Outcome


@transaction.atomic
def open_initiative(
    *, by: Viewer, code: str, title: str, why: str, objective: Objective, unit: Unit | None, owner: Person | None,
    kind: str, on: date, changes: str = "", mandatory: bool = False, risk: float = 0.0, earliest: date | None = None,
    latest: date | None = None, group: str = "",
) -> Initiative:  # fmt: skip
    """Take an initiative in, as an idea that serves an objective; one that other rooms know already keeps its title."""
    require(by, Permission.PORTFOLIO_CHANGE, on=unit)
    keep_inside(objective)
    _require_order(earliest, latest)
    source, new = Source.objects.get_or_create(sector=by.sector, code=code, defaults={"title": title})
    if not new and Initiative.objects.filter(source=source).exists():
        raise Invalid(_("There is an initiative %(code)s already.") % {"code": code}, field="code")
    opened = Initiative.objects.create(
        sector=by.sector, source=source, why=why, changes=changes, unit=unit, owner=owner or by.person, kind=kind,
        mandatory=mandatory, risk=risk, earliest=earliest, latest=latest, group=group, opened_on=on, stage_since=on,
    )  # fmt: skip
    Link.objects.get_or_create(
        sector=by.sector, kind="serves", source_id=source.pk, target_id=objective.pk, defaults={"since": on}
    )
    told = {"objective": str(objective), "owner": str(opened.owner or ""), "unit": str(unit or by.sector)}
    record("initiative.opened", by=by, on=opened, new=told)
    return opened


@transaction.atomic
def change_initiative(
    *, by: Viewer, initiative: Initiative, version: int, why: str, changes: str, owner: Person | None, kind: str,
    mandatory: bool, risk: float, earliest: date | None, latest: date | None, group: str,
) -> Initiative:  # fmt: skip
    """Change what is said of an initiative; what was frozen stays."""
    require_hand_in(by, initiative)
    _require_order(earliest, latest)
    still_open(initiative)
    held = hold(initiative, version=version, yours={_("Why?"): (lambda row: row.why, why)})
    old = {"owner": str(held.owner or ""), "why": held.why}
    held.why, held.changes, held.owner, held.kind, held.mandatory = why, changes, owner, kind, mandatory
    held.risk, held.earliest, held.latest, held.group = risk, earliest, latest, group
    held.save()
    record("initiative.changed", by=by, on=held, old=old, new={"owner": str(owner or ""), "why": why})
    return held


@transaction.atomic
def wait_for(*, by: Viewer, initiative: Initiative, needs: Initiative) -> Dependence:
    """Say that an initiative cannot start before another is finished."""
    require_hand_in(by, initiative)
    keep_inside(needs)
    Sector.objects.select_for_update().get(pk=by.sector.pk)  # two that are said at once may not wait for one another
    still_open(initiative)
    if initiative.pk in _reached_from(needs.pk):
        words = _("“%(needs)s” waits for this one already, so both would wait forever.")
        raise Invalid(words % {"needs": needs}, field="needs")
    made, new = Dependence.objects.get_or_create(sector=by.sector, initiative=initiative, needs=needs)
    if not new:
        raise Invalid(_("That is said already."), field="needs")
    record("initiative.waits", by=by, on=initiative, new={"needs": str(needs)})
    return made


@transaction.atomic
def close_initiative(
    *, by: Viewer, initiative: Initiative, outcome: str, why: str, lesson: str, on: date
) -> Initiative:
    """Close an initiative with a reason: as done, where its last gate lets it, or stopped at any stage with a lesson.

    Who owns it may stop it; that it is done, somebody else says.
    """
    if outcome == Outcome.DONE:
        require_other(by, initiative)
    else:
        require_hand_in(by, initiative)
    held = still_open(initiative)
    if not lesson.strip():
        raise Invalid(_("Say what others can learn from it."), field="lesson")
    if outcome == Outcome.DONE:
        _let_pass(by, held, on)
    held.close(outcome=outcome, why=why, lesson=lesson, on=on)
    record("initiative.closed", by=by, on=held, new={"outcome": held.outcome, "why": why, "on": on})
    return held


def _let_pass(by: Viewer, held: Initiative, on: date) -> None:
    if held.stage != Stage.LIVE:
        raise Invalid(_("Only what is live can be done; stop it instead, with what you have learnt."), field="outcome")
    missing = blocking(Initiative.objects.all().gated().get(pk=held.pk), thresholds_of(by), on)
    if missing:
        raise Invalid(" ".join(one.missing for one in missing))
    Passage.objects.create(sector=by.sector, initiative=held, gate=Stage.CLOSED, on=on, passed_by=by.person)


def _reached_from(start: int) -> set[int]:
    """What one has to wait for, however far; itself included."""
    pairs = list(Dependence.objects.values_list("initiative", "needs"))
    reached, edge = {start}, {start}
    while edge:
        edge = {needs for one, needs in pairs if one in edge} - reached
        reached |= edge
    return reached


def _require_order(earliest: date | None, latest: date | None) -> None:
    if earliest and latest and latest < earliest:
        words = _("The last day to start must be %(day)s or later.") % {"day": date_format(earliest)}
        raise Invalid(words, field="latest")
