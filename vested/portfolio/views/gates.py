"""The gates of an initiative: what each asks, judging a check, waiving one, and passing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core import amounts
from vested.core.errors import NotAllowed
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for
from vested.portfolio.actions import judge as judge_check
from vested.portfolio.actions import pass_gate
from vested.portfolio.actions import waive as waive_check
from vested.portfolio.forms.following import Decision, Judge, Waive
from vested.portfolio.models import Initiative, Passage
from vested.portfolio.queries.checks import CHECKS
from vested.portfolio.queries.gates import (
    State,
    asked,
    blocking,
    may_judge,
    next_gate,
    reopened,
    results,
)
from vested.portfolio.queries.initiatives import is_in_hand, may_decide
from vested.portfolio.queries.thresholds import thresholds_of
from vested.portfolio.views.parts import around, found, in_hand, stage_of, tabs, to_decide, trail

Stage = Initiative.Stage
SHAPES = {State.MET: "good", State.WAIVED: "risk", State.MISSING: "wrong"}


def gate(request: HttpRequest, pk: int) -> HttpResponse:
    """What each gate asks of an initiative, what is missing, and what would satisfy it."""
    viewer, day = viewer_of(request), localdate()
    one = get_object_or_404(Initiative.objects.all().visible_to(viewer).gated(), pk=pk)
    rules, ahead = thresholds_of(viewer), next_gate(one)
    missing, again = blocking(one, rules, day), {row.check.code for row in reopened(one, rules, day)}
    passed = {row.gate: row for row in one.passages.all()}
    words = {
        "initiative": one,
        "heading": _heading(ahead, len(missing)),
        "state": stage_of(one),
        "tabs": tabs(one, "gate"),
        "trail": trail(),
        "gates": [
            {
                "gate": stage,
                "passage": passed.get(stage),
                "next": stage == ahead,
                "again": any(check.code in again for check in asked(one, stage, rules)),
                "told": _told(stage, passed.get(stage)),
                "checks": [
                    (row, *_shown(row.state, later=stage not in {ahead, *passed}), row.check.code in again)
                    for row in results(one, stage, rules, day)
                ],
            }
            for stage in list(Stage)[1:]
        ],
        "may_pass": not missing and ahead not in {None, Stage.CLOSED} and _may_pass(viewer, one, ahead),
        "may_close": ahead == Stage.CLOSED and not missing and may_decide(viewer, one),
        "judged": [check.code for check in CHECKS if may_judge(viewer, one, check)] if not one.closed_on else [],
        "decide": may_decide(viewer, one) and not one.closed_on,
    }
    return render(request, "portfolio/gate.html", words)


def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge a check, in the role it names."""
    viewer = viewer_of(request)
    one = found(viewer, pk)
    require(viewer, Permission.PORTFOLIO_CHANGE, on=one.unit)
    checks = [check for check in CHECKS if may_judge(viewer, one, check)]
    if not checks:
        raise NotAllowed(_("What is asked here is judged by somebody who does not own it."))
    form = form_for(request, Judge, checks=checks, initial=_asked(request))

    def do(answers: dict[str, Any]) -> str:
        judge_check(by=viewer, initiative=one, on=localdate(), **answers)
        return _("It is judged.")

    lead = _("With your name and the reason. It is never changed, only judged anew.")
    title = _("Judge what a gate asks of %(it)s") % {"it": one}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Judge it"), **around(one, "gate"))


def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a check wait until a day."""
    viewer, one = to_decide(request, pk)
    form = form_for(request, Waive, checks=[check for check in CHECKS if check.waivable], initial=_asked(request))

    def do(answers: dict[str, Any]) -> str:
        waive_check(by=viewer, initiative=one, on=localdate(), **answers)
        return _("It may wait until then. After that the gate is open again by itself.")

    lead = _("For a time, for a reason, with your name. Who owns the initiative cannot do this.")
    title = _("Let a check of %(it)s wait") % {"it": one}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Let it wait"), **around(one, "gate"))


def let_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an initiative pass its next gate."""
    viewer = viewer_of(request)
    ahead = next_gate(found(viewer, pk))
    viewer, one = (in_hand if ahead == Stage.PREPARED else to_decide)(request, pk)

    def do(answers: dict[str, Any]) -> str:
        held = pass_gate(by=viewer, initiative=one, gate=ahead or "", on=localdate(), **answers)
        return _("“%(it)s” is %(stage)s now.") % {"it": held, "stage": held.get_stage_display()}

    lead = _("Whatever is missing blocks it. With approval, its baseline is frozen.")
    title = _("Let %(it)s pass: %(gate)s") % {"it": one, "gate": ahead.label if ahead else ""}
    form = form_for(request, Decision)
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Let it pass"), **around(one, "gate"))


def _heading(ahead: Stage | None, missing: int) -> str:
    """What stands before it: the answer of the page."""
    if ahead is None:
        return _("It is closed, and passes no gate any more")
    if not missing:
        return _("Nothing keeps it from its next gate: %(gate)s") % {"gate": ahead.label}
    words = ngettext("%(count)s check keeps it from: %(gate)s", "%(count)s checks keep it from: %(gate)s", missing)
    return words % {"count": amounts.number(missing), "gate": ahead.label}


def _told(stage: Stage, passage: Passage | None) -> str:
    """A gate in a line: when it was passed, or that it comes later."""
    if passage is None:
        return _("%(gate)s: later") % {"gate": capfirst(stage.label)}
    return _("%(gate)s: passed on %(day)s") % {"gate": capfirst(stage.label), "day": date_format(passage.on)}


def _shown(state: State, *, later: bool) -> tuple[str, str]:
    """A shape and words; what nobody asks yet is not wrong."""
    if later and state is State.MISSING:
        return "waits", _("not yet")
    return SHAPES[state], {State.MET: _("met"), State.WAIVED: _("waived"), State.MISSING: _("missing")}[state]


def _may_pass(viewer: Viewer, one: Initiative, ahead: Stage | None) -> bool:
    return is_in_hand(viewer, one) if ahead == Stage.PREPARED else may_decide(viewer, one)


def _asked(request: HttpRequest) -> dict[str, str]:
    return {"code": request.GET.get("check", "")[:40]}
