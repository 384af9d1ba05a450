"""Judge a check, waive one until a day, pass a gate; and open again what asks for something that is not met."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.errors import Invalid, NotAllowed
from vested.core.history import record
from vested.core.models import Grant
from vested.core.notifications import notify
from vested.core.permissions import Permission, require
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.direction.queries.leaders import Leaders, leaders
from vested.portfolio.models import Baseline, Initiative, Judgement, Passage, Thresholds, Waiver
from vested.portfolio.queries.checks import BY_CODE, Check
from vested.portfolio.queries.gates import Result, State, asked, blocking, may_judge, next_gate, reopened, results
from vested.portfolio.queries.initiatives import require_hand_in, require_other, still_open
from vested.portfolio.queries.standing import planned
from vested.portfolio.queries.thresholds import thresholds_of

Stage = Initiative.Stage
LONGEST = timedelta(days=366)  # that something may be waived at once


class GateClosed(Invalid):
    """A gate asks for something that is not met."""


@transaction.atomic
def judge(*, by: Viewer, initiative: Initiative, code: str, met: bool, words: str, on: date) -> Judgement:
    """Judge a check in the role it names, with the reason; it is never changed, only judged anew."""
    check = _check(code)
    _require_judge(by, initiative, check)
    held = still_open(initiative)
    made = Judgement.objects.create(
        sector=by.sector, initiative=held, code=code, met=met, words=words, on=on, judged_by=by.person
    )
    _settle(by, held, on)
    told = {"check": check.code, "met": met, "words": words, "on": on}
    record("gate.judged", by=by, on=held, new=told)
    return made


@transaction.atomic
def waive(*, by: Viewer, initiative: Initiative, code: str, reason: str, until: date, on: date) -> Waiver:
    """Let a check wait until a day, for a reason, by somebody who does not own the initiative."""
    check = _check(code)
    require_other(by, initiative)
    held = still_open(initiative)
    if not check.waivable:
        raise Invalid(_("This is never waived: without it no gate is passed."), field="code")
    if not on < until <= on + LONGEST:
        raise Invalid(_("The day must be after today, and within a year."), field="until")
    made = Waiver.objects.create(
        sector=by.sector, initiative=held, code=code, reason=reason, on=on, until=until, approved_by=by.person
    )
    _settle(by, held, on)
    told = {"check": check.code, "reason": reason, "until": until}
    record("gate.waived", by=by, on=held, new=told)
    return made


@transaction.atomic
def pass_gate(*, by: Viewer, initiative: Initiative, gate: str, words: str, on: date) -> Initiative:
    """Let an initiative pass its next gate, unless something is missing; approval freezes its first baseline.

    Who owns it lets it be prepared; all else, somebody decides who does not.
    """
    if gate == Stage.PREPARED:
        require_hand_in(by, initiative)
    else:
        require_other(by, initiative)
    held = still_open(initiative)
    if next_gate(held) != gate or gate == Stage.CLOSED:
        raise Invalid(_("It does not stand before that gate."), field="gate")
    whole, rules = Initiative.objects.all().gated().get(pk=held.pk), thresholds_of(by)
    missing = blocking(whole, rules, on)
    if missing:
        raise GateClosed(" ".join(dict.fromkeys(one.missing for one in missing)))
    waived = [one.check.code for one in results(whole, Stage(gate), rules, on) if one.state is State.WAIVED]
    Passage.objects.create(
        sector=by.sector, initiative=held, gate=gate, on=on, waived=waived, words=words, passed_by=by.person
    )
    if gate == Stage.APPROVED and whole.mode and whole.starts_on:
        Baseline.objects.create(
            sector=by.sector, initiative=held, number=1, on=on, why=words, decided_by=by.person, **planned(whole)
        )
    if gate == Stage.LIVE:
        held.live_on = on
        held.save(update_fields=["live_on"])
    held.reach(gate, on)
    _ask(whole, next_gate(held), rules, on)
    record("gate.passed", by=by, on=held, new={"gate": gate, "words": words, "waived": len(waived)})
    return held


@transaction.atomic
def reopen_gates(*, by: Viewer, at: datetime) -> int:
    """Open again each passed gate whose waiver has run out or that asks for more now, and tell whom it concerns."""
    require(by, Permission.PORTFOLIO_DECIDE)
    day, leading, count = timezone.localdate(at), leaders(on=timezone.localdate(at)), 0
    rules, passed = thresholds_of(by), Passage.objects.values("initiative")
    Waiver.objects.filter(initiative__closed_on=None, until__lt=day, told=False).update(told=True)
    for one in Initiative.objects.all().gated().filter(closed_on=None, pk__in=passed):
        before = one.reopened_on
        missing = _keep(one, rules, day)
        if missing and before is None:
            count += 1
            _tell(one, missing, leading, at)
            record("gate.reopened", by=by, on=one, new={"checks": [row.check.code for row in missing], "on": day})
    return count


def _settle(by: Viewer, one: Initiative, day: date) -> None:
    """Look whether a gate of an initiative is open again."""
    _keep(Initiative.objects.all().gated().get(pk=one.pk), thresholds_of(by), day)


def _keep(one: Initiative, rules: Thresholds, day: date) -> list[Result]:
    """Keep whether a gate is open again; what is missing."""
    missing = reopened(one, rules, day)
    since = (one.reopened_on or day) if missing else None
    if since != one.reopened_on:
        one.reopened_on = since
        one.save(update_fields=["reopened_on"])
    return missing


def _tell(one: Initiative, missing: list[Result], leading: Leaders, at: datetime) -> None:
    who = [*([one.owner] if one.owner else []), *leading.of(one.unit)]
    notify(
        who, kind="gate.reopened", title=gettext_lazy("A gate is open again: %(initiative)s"),
        body=" ".join(row.missing for row in missing), values={"initiative": one}, at=at,
        url=reverse("portfolio:gate", args=[one.pk]),
    )  # fmt: skip


def _ask(one: Initiative, gate: Stage | None, rules: Thresholds, on: date) -> None:
    """Tell those in the roles that a gate names, where the initiative belongs, that something is theirs to judge."""
    roles = {role.value for check in (asked(one, gate, rules) if gate else ()) for role in check.judges}
    path = one.unit.path if one.unit else "/"
    held = Grant.objects.held_on(on).filter(role__in=roles).select_related("person", "unit").order_by("pk")
    rows = [row for row in held if path.startswith(row.unit.path if row.unit else "/")]
    notify(
        [row.person for row in rows if row.person_id != one.owner_id], kind="gate.asked",
        title=gettext_lazy("A gate asks you: %(initiative)s"), values={"initiative": one},
        body=gettext_lazy("Judge what it asks of your role. Until then, nothing passes it."),
        url=reverse("portfolio:gate", args=[one.pk]), at=timezone.make_aware(datetime.combine(on, time(9))),
    )  # fmt: skip


def _check(code: str) -> Check:
    if code not in BY_CODE:
        raise Invalid(_("No gate asks this."), field="code")
    return BY_CODE[code]


def _require_judge(by: Viewer, initiative: Initiative, check: Check) -> None:
    """Somebody in a role that judges the check, who does not own the initiative."""
    keep_inside(initiative)
    require(by, Permission.PORTFOLIO_CHANGE, on=initiative.unit)
    if not may_judge(by, initiative, check):
        roles = ", ".join(role.label for role in check.judges) or _("nobody: it is computed")
        raise NotAllowed(_("This is judged by somebody else, in one of these roles: %(roles)s.") % {"roles": roles})
