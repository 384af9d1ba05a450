"""Proposing a plan, deciding on it, and the plans that were decided on."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core.errors import Invalid
from vested.core.forms import Versioned
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.plans.actions import adopt_plan, propose_plan, send_back_plan, take_back_proposal
from vested.plans.forms.deciding import AdoptPlan, ProposePlan, SendBack
from vested.plans.models import Plan
from vested.plans.queries.solved import certified
from vested.plans.queries.staleness import is_stale
from vested.plans.views.plans import found_for, trail

TO_ANSWER = timedelta(days=21)  # what people are given unless somebody says otherwise


def decided(request: HttpRequest) -> HttpResponse:
    """The plans somebody has proposed or decided on, newest first."""
    viewer = viewer_of(request)
    require(viewer, Permission.PLAN_SEE)
    rows = Plan.objects.all().visible_to(viewer).exclude(proposed_at=None).light()
    people = ("scenario", "proposed_by", "decided_by")
    return render(request, "plans/decided.html", {"rows": rows.select_related(*people).order_by("-proposed_at", "-pk")})


def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a plan."""
    viewer, plan = _asked(request, pk, Permission.PLAN_MAKE)

    def do(answers: dict[str, Any]) -> str:
        propose_plan(by=viewer, plan=plan, at=timezone.now(), **answers)
        return _("The plan is proposed. Those who decide are told.")

    form = ProposePlan(request.POST or None, initial={"version": plan.version})
    lead = _("%(certificate)s Somebody else, who may adopt plans, decides on it.") % {"certificate": certified(plan)}
    return ask(request, form, do=do, title=_("Propose this plan?"), lead=lead, verb=_("Propose it"), **_around(plan))


def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal back."""
    viewer, plan = _asked(request, pk, Permission.PLAN_MAKE)

    def do(answers: dict[str, Any]) -> str:
        take_back_proposal(by=viewer, plan=plan, **answers)
        return _("The proposal is taken back.")

    form = Versioned(request.POST or None, initial={"version": plan.version})
    lead = _("Nobody decides on it then. You can propose it again, or another plan.")
    title = _("Take the proposal back?")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Take it back"), **_around(plan))


def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide against a plan."""
    viewer, plan = _asked(request, pk, Permission.PLAN_ADOPT)

    def do(answers: dict[str, Any]) -> str:
        send_back_plan(by=viewer, plan=plan, at=timezone.now(), **answers)
        return _("The plan is sent back. Who proposed it is told.")

    form = SendBack(request.POST or None, initial={"version": plan.version})
    title, lead = _("Send this plan back?"), _("Nothing of it is followed.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Send it back"), **_around(plan))


def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt a plan that somebody else has proposed."""
    viewer, plan = _asked(request, pk, Permission.PLAN_ADOPT)
    today = timezone.localdate()

    def do(answers: dict[str, Any]) -> str:
        adopt_plan(by=viewer, plan=plan, at=timezone.now(), **answers)
        return _("The plan is adopted. Everybody it concerns is being told.")

    initial = {"version": plan.version, "answer_by": today + TO_ANSWER}
    form = AdoptPlan(request.POST or None, initial=initial, today=today)
    title, lead = _("Adopt this plan?"), " ".join(_what_follows(plan))
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Adopt the plan"), **_around(plan))


def _what_follows(plan: Plan) -> list[str]:
    """What adopting brings about."""
    people = plan.figures.get("trained", 0)
    asked = ngettext(
        "%(people)s person is told what is proposed, and answers.",
        "%(people)s people are told what is proposed to them, and answer.",
        people,
    )
    before = Plan.objects.all().adopted()
    words = [certified(plan), asked % {"people": localize(people)}]
    if before:
        words.append(_("It replaces “%(plan)s”; what people accepted there stays.") % {"plan": before})
    if plan.figures.get("starts"):
        words.append(
            _("What starts gets its way and its day, and what is approved is frozen anew where it is another.")
        )
    if is_stale(plan):
        words.append(_("Note that the data have changed since it was computed."))
    words.append(_("The plan and its data are kept as they are now."))
    return words


def _asked(request: HttpRequest, pk: int, permission: Permission) -> tuple[Viewer, Plan]:
    """The viewer, and a plan the viewer may do this to."""
    viewer = viewer_of(request)
    plan = found_for(viewer, pk)
    require(viewer, permission)
    if not plan.ready:
        raise Invalid(_("It has not been solved yet."))
    return viewer, plan


def _around(plan: Plan) -> dict[str, Any]:
    """The way to a page about a plan, and the way back."""
    address = reverse("plans:plan", args=[plan.pk])
    return {"trail": [*trail(), (str(plan), address)], "back": address}
