"""The plan of an initiative: the ways to do it, what it waits for, what it brings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vested.core import amounts
from vested.core.permissions import Permission, require
from vested.core.viewer import viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for
from vested.portfolio.actions import add_benefit, choose_mode, review_benefit, set_mode, wait_for
from vested.portfolio.forms.undertaking import AddBenefit, ChooseMode, ReviewBenefit, SayMode, WaitFor
from vested.portfolio.models import Benefit, Crew, Initiative, Mode
from vested.portfolio.queries.initiatives import is_in_hand
from vested.portfolio.queries.quarters import span
from vested.portfolio.views.parts import around, in_hand, stage_of, tabs, trail
from vested.skills.queries.frameworks import demands_listed


def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The ways to do it with their costs and people, what it waits for, whom it needs, what it brings."""
    viewer = viewer_of(request)
    rows = Initiative.objects.all().visible_to(viewer).gated().prefetch_related("benefits__owner")
    one = get_object_or_404(rows, pk=pk)
    crews: dict[int, list[Crew]] = {}
    for row in Crew.objects.all().visible_to(viewer).filter(mode__initiative=one).select_related("pool"):
        crews.setdefault(row.mode_id, []).append(row)
    words = {
        "initiative": one,
        "state": stage_of(one),
        "tabs": tabs(one, "plan"),
        "trail": trail(),
        "modes": [_shown(one, mode, crews.get(mode.pk, [])) for mode in one.modes.all()],
        "waits": [(row.needs, *stage_of(row.needs)) for row in one.dependences.all()],
        "needs": demands_listed(viewer).filter(source=one.source).order_by("by_period", "pk")[:50],
        "benefits": [_brings(one, row) for row in one.benefits.all()],
        "hand": is_in_hand(viewer, one) and not one.closed_on,
    }
    return render(request, "portfolio/plan.html", words)


def mode_say(request: HttpRequest, pk: int) -> HttpResponse:
    """Say a way to do it."""
    viewer, one = in_hand(request, pk)
    form = form_for(request, SayMode, initial={"benefit": 0})

    def do(answers: dict[str, Any]) -> str:
        made = set_mode(by=viewer, initiative=one, people=answers.pop("crews"), **answers)
        return _("It is said how: %(mode)s.") % {"mode": made}

    lead = _("Said again, it takes the place of what was said of that way before. What was frozen stays.")
    title = _("How can %(it)s be done?") % {"it": one}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Say it"), **around(one, "plan"))


def mode_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a way, and the start."""
    viewer, one = in_hand(request, pk)
    form = form_for(
        request, ChooseMode, initiative=one, initial={"mode": one.mode_id, "starts_on": one.starts_on or localdate()}
    )

    def do(answers: dict[str, Any]) -> str:
        choose_mode(by=viewer, initiative=one, **answers)
        return _("It is chosen.")

    lead = _("This is the plan of now. What was frozen stays beside it.")
    title = _("Which way does %(it)s go?") % {"it": one}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Choose it"), **around(one, "plan"))


def wait(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what has to be finished first."""
    viewer, one = in_hand(request, pk)

    def do(answers: dict[str, Any]) -> str:
        return _("It waits for “%(it)s” now.") % {"it": wait_for(by=viewer, initiative=one, **answers).needs}

    form, title = form_for(request, WaitFor), _("What does %(it)s wait for?") % {"it": one}
    lead = _("The gate of approval asks whether that is finished in time.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Let it wait for that"), **around(one, "plan"))


def benefit_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Name something it brings."""
    viewer, one = in_hand(request, pk)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is named.") % {"it": add_benefit(by=viewer, initiative=one, **answers)}

    lead = _("With who answers for it and the day somebody looks: otherwise nobody ever does.")
    form, title = form_for(request, AddBenefit), _("What does %(it)s bring?") % {"it": one}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Name it"), **around(one, "plan"))


def benefit_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what was found of a benefit."""
    viewer = viewer_of(request)
    rows = Benefit.objects.all().visible_to(viewer).select_related("initiative__source", "initiative__unit")
    row = get_object_or_404(rows, pk=pk)
    answers_for = viewer.person is not None and viewer.person.pk == row.owner_id
    if not answers_for and not is_in_hand(viewer, row.initiative):
        require(viewer, Permission.PORTFOLIO_CHANGE, on=row.initiative.unit)

    def do(answers: dict[str, Any]) -> str:
        review_benefit(by=viewer, benefit=row, on=localdate(), **answers)
        return _("It is noted what was found.")

    lead = _("What was expected stays beside it. If it is less, that is worth knowing.")
    form, title = form_for(request, ReviewBenefit), _("What was found of “%(it)s”?") % {"it": row}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Note it"), **around(row.initiative, "plan"))


def _shown(one: Initiative, mode: Mode, crews: list[Crew]) -> dict[str, Any]:
    """A way with its figures by quarter: under the day of its start where it is the one chosen."""
    costs = {row.quarter: row.cost for row in mode.costs.all()}
    quarters = range(1, max([mode.quarters, *costs]) + 1)
    pools: dict[str, dict[int, float]] = {}
    for row in crews:
        pools.setdefault(str(row.pool), {})[row.quarter] = row.people
    chosen = mode.pk == one.mode_id and one.starts_on is not None
    days = span(one.starts_on, len(quarters)) if chosen and one.starts_on else []
    return {
        "mode": mode,
        "chosen": mode.pk == one.mode_id,
        "cost": amounts.money(mode.cost, one.sector.currency),
        "uses": [use.block for use in mode.block_uses.all()],
        "rows": [
            (
                number,
                days[number - 1] if days else None,
                amounts.money(costs.get(number, 0), one.sector.currency),
                ", ".join(f"{amounts.level(by[number])} {pool}" for pool, by in pools.items() if number in by),
            )
            for number in quarters
        ],
    }


def _brings(one: Initiative, row: Benefit) -> dict[str, Any]:
    def said(value: float) -> str:
        return (
            amounts.money(value, one.sector.currency)
            if row.economic
            else f"{amounts.level(value)} {row.counts}".strip()
        )

    reviews = [(review, said(review.found)) for review in row.reviews.all()]
    late = row.review_on is not None and row.review_on < localdate()
    return {"row": row, "expected": said(row.amount), "reviews": reviews, "late": late}
