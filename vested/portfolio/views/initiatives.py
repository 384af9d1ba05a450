"""Initiatives: their list, how one stands, opening, changing and closing one."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core import amounts
from vested.core.listing import Column, Listing
from vested.core.models import Unit
from vested.core.panels import panels_for
from vested.core.permissions import Permission, require
from vested.core.timeline import history_of
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for, status
from vested.portfolio.actions import change_initiative, close_initiative, open_initiative
from vested.portfolio.filters import InitiativeFilter
from vested.portfolio.forms.following import CloseInitiative
from vested.portfolio.forms.undertaking import ChangeInitiative, OpenInitiative
from vested.portfolio.models import Initiative, Mode, Thresholds
from vested.portfolio.models.following import Side
from vested.portfolio.queries.gates import blocking, is_large, next_gate
from vested.portfolio.queries.initiatives import initiatives_listed, is_in_hand, may_decide, objectives_of
from vested.portfolio.queries.standing import (
    claimed,
    expected_cost,
    expected_end,
    frozen,
    is_stale,
    look,
    worst,
)
from vested.portfolio.queries.thresholds import thresholds_of
from vested.portfolio.views.parts import around, in_hand, picture, stage_of, stood, tabs, trail
from vested.portfolio.views.pictures import course, pipeline

MOST = 50


def _columns(rules: Thresholds) -> tuple[Column, ...]:
    """The columns of the list; how one stands depends on the day and the lines the office has drawn."""
    day = localdate()

    def computed(one: Initiative) -> tuple[str, str]:
        seen = look(one, rules, day)
        return stood(worst(side.standing for side in seen.values())) if seen else ("waits", _("nothing frozen"))

    def said(one: Initiative) -> tuple[str, str]:
        claim = claimed(one)
        if claim is None:
            return "waits", _("nothing claimed")
        state, words = stood(worst(getattr(claim, side) for side in Side))
        return (
            ("risk", _("%(claimed)s, long ago") % {"claimed": words}) if is_stale(claim, rules, day) else (state, words)
        )

    return (
        Column(
            gettext_lazy("Initiative"), str, "source__find",
            link=lambda row: reverse("portfolio:initiative", args=[row.pk]),
        ),
        Column(gettext_lazy("Unit"), lambda row: row.unit or row.sector, "unit__find"),
        Column(gettext_lazy("Owner"), "owner", "owner__find"),
        Column(gettext_lazy("Explore or exploit"), lambda row: row.get_kind_display(), "kind"),
        Column(gettext_lazy("Stage"), lambda row: stage_of(row)[1], "stage", shown=lambda row: status(*stage_of(row))),
        Column(
            gettext_lazy("Computed"), lambda row: computed(row)[1], shown=lambda row: status(*computed(row))
        ),
        Column(gettext_lazy("Claimed"), lambda row: said(row)[1], shown=lambda row: status(*said(row))),
        Column(
            gettext_lazy("Cost expected"), expected_cost, number=True,
            shown=lambda row: amounts.money(expected_cost(row), row.sector.currency) if row.modes.all() else "–",
        ),
        Column(gettext_lazy("Differences"), "unlike", "unlike", number=True),
    )  # fmt: skip


def initiatives(request: HttpRequest) -> HttpResponse | FileResponse:
    """All initiatives of the sector, closed ones as well."""
    viewer = viewer_of(request)
    rows = initiatives_listed(viewer)
    listing = Listing(
        request,
        rows,
        filters=InitiativeFilter,
        columns=_columns(thresholds_of(viewer)),
        order="source__find",
        name=_("initiatives"),
        counted=lambda n: ngettext("%(count)s initiative", "%(count)s initiatives", n) % {"count": amounts.number(n)},
    )
    unlike = rows.filter(differences__closed_on=None, differences__isnull=False).distinct().count()
    words = ngettext(
        "%(count)s initiative stands otherwise than is claimed",
        "%(count)s initiatives stand otherwise than is claimed",
        unlike,
    )
    may = bool(viewer.paths(Permission.PORTFOLIO_CHANGE))
    return listing.answer(
        "core/list.html",
        title=_("Initiatives"),
        heading=words % {"count": amounts.number(unlike)} if unlike else _("No claim differs from what is computed"),
        lead=_(
            "Computed from what was frozen, spent and reviewed, beside what each owner claims. Nothing is taken off."
        ),
        make=(_("Open an initiative"), reverse("portfolio:new")) if may else None,
        parts=[picture("portfolio/_pipeline.html", pipeline(viewer))],
        ways=[
            (_("Differences"), reverse("portfolio:differences")),
            (_("Explore and exploit"), reverse("portfolio:shares")),
            (_("Contracts and days to come"), reverse("portfolio:calendar")),
            *(
                [(_("Bring in a published register"), reverse("portfolio:register"))]
                if viewer.may(Permission.PORTFOLIO_DECIDE)
                else []
            ),
        ],
    )


def initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """One initiative: how it stands beside what was frozen and claimed, and what keeps it from its next gate."""
    viewer, day = viewer_of(request), localdate()
    rows = Initiative.objects.all().visible_to(viewer).gated()
    one, rules = get_object_or_404(rows, pk=pk), thresholds_of(viewer)
    claim, gate = claimed(one), next_gate(one)
    sides = look(one, rules, day)
    hand = is_in_hand(viewer, one) and not one.closed_on
    words: dict[str, Any] = {
        "initiative": one,
        "state": stage_of(one),
        "tabs": tabs(one, "initiative"),
        "trail": trail(),
        "facts": _facts(viewer, one, rules),
        "objectives": objectives_of(viewer, one),
        "gate": gate.label if gate else "",
        "missing": blocking(one, rules, day),
        "sides": [(side.label, *stood(seen.standing), seen.words, *_said(claim, side)) for side, seen in sides.items()],
        "claim": claim,
        "stale": is_stale(claim, rules, day),
        "stale_days": rules.stale_days,
        "unlike": [row for row in one.differences.all() if row.closed_on is None],
        "baselines": _baselines(one, rules),
        "course": course(one, day),
        "hand": hand,
        "decide": may_decide(viewer, one) and not one.closed_on and frozen(one) is not None,
        "panels": panels_for(viewer, one),
    }
    words["history"] = history_of(viewer, one, one.unit)
    return render(request, "portfolio/initiative.html", words)


def new(request: HttpRequest) -> HttpResponse:
    """Open an initiative."""
    viewer = viewer_of(request)
    held = Unit.objects.all().where(viewer, Permission.PORTFOLIO_CHANGE).first()
    require(viewer, Permission.PORTFOLIO_CHANGE, on=held)
    given = {name: request.GET.get(name, "")[:200] for name in ("code", "title")}
    form = form_for(request, OpenInitiative, initial={"risk": 0, "kind": Initiative.Kind.EXPLOIT, **given})

    def do(answers: dict[str, Any]) -> str:
        opened = open_initiative(by=viewer, on=localdate(), **answers)
        return _("“%(it)s” is an idea now. Its first gate says what it needs.") % {"it": opened}

    back, title = reverse("portfolio:initiatives"), _("Open an initiative")
    lead = _("As an idea: what it is for is enough. Costs and the way to do it come next.")
    return ask(request, form, do=do, title=title, lead=lead, verb=title, back=back, trail=trail())


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of an initiative."""
    viewer, one = in_hand(request, pk)
    names = ("why", "changes", "kind", "mandatory", "risk", "earliest", "latest", "group", "version")
    initial = {name: getattr(one, name) for name in names} | {"owner": one.owner.code if one.owner else ""}
    form = form_for(request, ChangeInitiative, initial=initial)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is changed.") % {"it": change_initiative(by=viewer, initiative=one, **answers)}

    lead = _("What was frozen stays. The change stands in its history.")
    title = _("Change %(it)s") % {"it": one}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Change it"), **around(one, "initiative"))


def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an initiative, as done or stopped."""
    viewer, one = in_hand(request, pk)

    def do(answers: dict[str, Any]) -> str:
        close_initiative(by=viewer, initiative=one, on=localdate(), **answers)
        return _("“%(it)s” is closed, and stays on the list with its lesson.") % {"it": one}

    lead = _("Stopping is an outcome, not a failure: what was learnt stays. That it is done, its owner cannot say.")
    form, title = form_for(request, CloseInitiative), _("Close %(it)s") % {"it": one}
    return ask(
        request, form, do=do, title=title, lead=lead, verb=_("Close it"), danger=True, **around(one, "initiative")
    )


def _facts(viewer: Viewer, one: Initiative, rules: Thresholds) -> list[tuple[str, object]]:
    end = expected_end(one, localdate())
    facts: list[tuple[str, object]] = [
        (_("Code"), one.code),
        (_("Unit"), one.unit or viewer.sector),
        (_("Owner"), one.owner or _("nobody")),
        (_("Kind"), one.get_kind_display()),
        (_("Way"), one.mode or _("not chosen yet")),
        (_("Cost expected"), amounts.money(expected_cost(one), one.sector.currency)),
    ]
    if end:
        facts.append((_("Live expected") if one.live_on is None else _("Live since"), date_format(end)))
    facts += _limits(one)
    if is_large(one, rules):
        facts.append((_("Size"), _("large: architecture and reuse are decided first")))
    return facts


def _limits(one: Initiative) -> list[tuple[str, object]]:
    """What a roadmap has to keep of it, as far as that is said."""
    days = (date_format(day) if day else "" for day in (one.earliest, one.latest))
    said = (
        (_("Risk"), amounts.level(one.risk) if one.risk else ""),
        (_("Must start"), _("yes") if one.mandatory else ""),
        *zip((_("First day it may start"), _("Last day it may start")), days, strict=True),
        (_("Excludes others of"), one.group),
    )
    return [(name, value) for name, value in said if value]


def _said(claim: Any, side: Side) -> tuple[str, str]:  # noqa: ANN401 - a claim, or None
    return stood(getattr(claim, side)) if claim else ("waits", _("nothing claimed"))


def _baselines(one: Initiative, rules: Thresholds) -> list[dict[str, object]]:
    """Every baseline there ever was, the first as well, each with how one stands beside it today."""
    currency = one.sector.currency
    return [
        {
            "row": row,
            "kind": Mode.Kind(row.kind).label,
            "cost": amounts.money(row.cost, currency),
            "economic": amounts.money(row.economic, currency),
            "stands": [
                (side.label, *stood(seen.standing)) for side, seen in look(one, rules, localdate(), beside=row).items()
            ],
        }
        for row in one.baselines.all()
    ]
