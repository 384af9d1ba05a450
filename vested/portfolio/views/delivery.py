"""Delivery: increments, what was spent, claims, the handover to operation, and a new baseline."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vested.core import amounts
from vested.core.viewer import viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for
from vested.portfolio.actions import claim, hand_over, note_spending, rebaseline, show_increment
from vested.portfolio.forms.following import Claim, Decision, NoteSpending, ShowIncrement
from vested.portfolio.forms.undertaking import HandOver
from vested.portfolio.models import Contract, Handover, Increment, Initiative
from vested.portfolio.models.following import Side
from vested.portfolio.queries.initiatives import is_in_hand
from vested.portfolio.queries.standing import claimed, forecast, spent
from vested.portfolio.queries.thresholds import thresholds_of
from vested.portfolio.views.parts import around, in_hand, stage_of, tabs, to_decide, trail

Stage = Initiative.Stage


def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """What was shown and decided, what was spent, how ready operation is, and which contracts there are."""
    viewer = viewer_of(request)
    rows = Initiative.objects.all().visible_to(viewer).looked_at().select_related("handover__operator")
    one = get_object_or_404(rows, pk=pk)
    shown = list(Increment.objects.all().visible_to(viewer).filter(initiative=one).order_by("-on", "-pk"))
    last = shown[0].on if shown else one.stage_since
    known, plan = spent(one), forecast(one)
    words = {
        "initiative": one,
        "state": stage_of(one),
        "tabs": tabs(one, "delivery"),
        "trail": trail(),
        "shown": shown,
        "due": last + timedelta(days=thresholds_of(viewer).increment_days) if one.stage == Stage.DELIVERY else None,
        "today": localdate(),
        "spending": [
            (quarter, _money(one, plan.get(quarter)), _money(one, known.get(quarter)))
            for quarter in sorted({*plan, *known})
        ],
        "handover": _handover(one),
        "contracts": Contract.objects.all().visible_to(viewer).filter(initiative=one),
        "hand": is_in_hand(viewer, one) and not one.closed_on,
    }
    return render(request, "portfolio/delivery.html", words)


def increment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what was shown."""
    viewer, one = in_hand(request, pk)

    def do(answers: dict[str, Any]) -> str:
        made = show_increment(by=viewer, initiative=one, on=localdate(), **answers)
        return _("It is noted: %(decided)s.") % {"decided": made.get_decided_display()}

    lead = _("Something that works, shown to those who will use it. To stop is as good a decision as to go on.")
    form, title = form_for(request, ShowIncrement), _("What was shown of %(it)s?") % {"it": one}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Note it"), **around(one, "delivery"))


def spend(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what was spent in a quarter."""
    viewer, one = in_hand(request, pk)
    form = form_for(request, NoteSpending, initial={"quarter": localdate()})

    def do(answers: dict[str, Any]) -> str:
        noted = note_spending(by=viewer, initiative=one, on=localdate(), **answers)
        words = _("%(amount)s is noted for the quarter from %(day)s.")
        return words % {"amount": amounts.money(noted.amount, one.sector.currency), "day": date_format(noted.quarter)}

    lead = _("Of one quarter the newest figure counts. What was noted before stays in the history.")
    title = _("What was spent on %(it)s?") % {"it": one}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Note it"), **around(one, "delivery"))


def claim_say(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it stands."""
    viewer, one = in_hand(request, pk)
    last = claimed(one)
    initial = {side.value: getattr(last, side) for side in Side} if last else {}

    def do(answers: dict[str, Any]) -> str:
        claim(by=viewer, initiative=one, on=localdate(), **answers)
        return _("It is said how it stands. Where that differs from what is computed, the difference is listed.")

    lead = _("As you see it. It stands beside what is computed, and neither changes the other.")
    form, title = form_for(request, Claim, initial=initial), _("How does %(it)s stand?") % {"it": one}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Say it"), **around(one, "initiative"))


def baseline_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze what is planned now, by a decision."""
    viewer, one = to_decide(request, pk)

    def do(answers: dict[str, Any]) -> str:
        made = rebaseline(by=viewer, initiative=one, why=answers["words"], on=localdate())
        return _("Baseline %(number)s is frozen. Those before stay beside it.") % {"number": made.number}

    lead = _("From now on it is looked at beside what is planned today. Every older baseline stays in every picture.")
    form, title = form_for(request, Decision), _("Freeze a new baseline of %(it)s") % {"it": one}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Freeze it"), **around(one, "initiative"))


def handover_say(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what those need who run it."""
    viewer, one = in_hand(request, pk)
    said = Handover.objects.all().visible_to(viewer).filter(initiative=one).select_related("operator").first()
    names = ("support", "running_cost", "continuity", "skills")
    initial = {name: getattr(said, name) for name in names} if said else {}
    initial["operator"] = said.operator.code if said and said.operator else ""
    form = form_for(request, HandOver, initial=initial)

    def do(answers: dict[str, Any]) -> str:
        hand_over(by=viewer, initiative=one, **answers)
        return _("It is said what operation needs.")

    lead = _("Nothing goes live that nobody can run: the gate asks for each of these.")
    title = _("Hand %(it)s over to operation") % {"it": one}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Say it"), **around(one, "delivery"))


def _handover(one: Initiative) -> list[tuple[str, object]]:
    said: Handover | None = getattr(one, "handover", None)
    missing = _("not said yet")
    if said is None:
        return []
    cost = missing if said.running_cost is None else amounts.money(said.running_cost, one.sector.currency)
    return [
        (_("Owner in operation"), said.operator or missing),
        (_("Help for users"), said.support or missing),
        (_("Cost of a year"), cost),
        (_("When it fails"), said.continuity or missing),
        (_("Skills"), said.skills or missing),
    ]


def _money(one: Initiative, amount: Any) -> str:  # noqa: ANN401 - a decimal, or None
    return "–" if amount is None else amounts.money(amount, one.sector.currency)
