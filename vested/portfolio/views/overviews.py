"""Over the whole portfolio: differences, explore and exploit, the calendar with its contracts, the lines."""

from itertools import groupby
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core import amounts
from vested.core.listing import Column, Listing
from vested.core.models import Unit
from vested.core.permissions import Permission, require
from vested.core.viewer import viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for, status
from vested.formats import calendar
from vested.portfolio.actions import add_contract, close_difference, decide_contract, draw_lines
from vested.portfolio.filters import DifferenceFilter
from vested.portfolio.forms.following import AddContract, Decision, DrawLines
from vested.portfolio.models import Contract, Thresholds
from vested.portfolio.queries.days import Due, days_to_come
from vested.portfolio.queries.initiatives import differences_listed, require_other
from vested.portfolio.queries.shares import Share, shares
from vested.portfolio.queries.thresholds import thresholds_of
from vested.portfolio.views.parts import stood, trail
from vested.portfolio.views.pictures import exploring

MOST, NEAR = 200, 3  # contracts shown, and months shown at once
DIFFERENCES = (
    Column(
        gettext_lazy("Initiative"), lambda row: str(row.initiative), "initiative__source__find",
        link=lambda row: reverse("portfolio:initiative", args=[row.initiative_id]),
    ),
    Column(gettext_lazy("Owner"), lambda row: row.initiative.owner, "initiative__owner__find"),
    Column(gettext_lazy("Side"), lambda row: row.get_side_display(), "side"),
    Column(
        gettext_lazy("Claimed"), lambda row: row.get_claimed_display(), "claimed",
        shown=lambda row: status(*stood(row.claimed)),
    ),
    Column(
        gettext_lazy("Computed"), lambda row: row.get_computed_display(), "computed",
        shown=lambda row: status(*stood(row.computed)),
    ),
    Column(gettext_lazy("Seen on"), "seen_on", "seen_on"),
    Column(gettext_lazy("Closed on"), "closed_on", "closed_on"),
    Column(
        gettext_lazy("Why closed"), "closed_why",
        link=lambda row: "" if row.closed_on else reverse("portfolio:difference-close", args=[row.pk]),
        shown=lambda row: row.closed_why or _("Close it with a reason"),
    ),
)  # fmt: skip


def differences(request: HttpRequest) -> HttpResponse | FileResponse:
    """Where what was claimed was not what was computed."""
    rows = differences_listed(viewer_of(request))
    listing = Listing(
        request,
        rows,
        filters=DifferenceFilter,
        columns=DIFFERENCES,
        order="-seen_on",
        name=_("differences"),
        counted=lambda n: ngettext("%(count)s difference", "%(count)s differences", n) % {"count": amounts.number(n)},
    )
    still = rows.filter(closed_on=None).count()
    words = ngettext("%(count)s difference is open", "%(count)s differences are open", still)
    return listing.answer(
        "core/list.html",
        title=_("Differences"),
        heading=words % {"count": amounts.number(still)} if still else _("No difference is open"),
        lead=_("Listed when a claim says something else than the figures. Closed with a reason, and never taken off."),
        trail=trail(),
    )


def difference_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a difference with a reason."""
    viewer = viewer_of(request)
    row = get_object_or_404(differences_listed(viewer), pk=pk)
    require_other(viewer, row.initiative)

    def do(answers: dict[str, Any]) -> str:
        close_difference(by=viewer, difference=row, why=answers["words"], on=localdate())
        return _("It is closed, and stays on the list with the reason.")

    back = reverse("portfolio:differences")
    said = {"claimed": row.get_claimed_display(), "computed": row.get_computed_display(), "it": row.initiative}
    title = _("Close the difference of %(it)s") % said
    lead = _("Claimed: %(claimed)s. Computed: %(computed)s. Say what explains it.") % said
    way = [*trail(), (_("Differences"), back)]
    form = form_for(request, Decision)
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Close it"), back=back, trail=way)


def explore_exploit(request: HttpRequest) -> HttpResponse:
    """Which share of money tries something new: as frozen, as expected now, as spent."""
    viewer = viewer_of(request)
    rules, found = thresholds_of(viewer), shares(viewer)
    currency = viewer.sector.currency
    names = (_("Frozen at approval"), _("Expected now"), _("Spent"))
    words = {
        "heading": _told(found[2], rules),
        "drawn": rules.pk is not None,
        "rules": (amounts.percent(rules.explore_least, 0), amounts.percent(rules.explore_most, 0)),
        "rows": [
            (
                name,
                amounts.money(one.explore, currency),
                amounts.money(one.exploit, currency),
                "–" if one.share is None else amounts.percent(one.share, 0),
                _within(one, rules),
            )
            for name, one in zip(names, found, strict=True)
        ],
        "chart": exploring(list(zip(names, found, strict=True)), rules),
        "trail": trail(),
        "may": viewer.may(Permission.PORTFOLIO_DECIDE),
    }
    return render(request, "portfolio/shares.html", words)


def by_month(request: HttpRequest) -> HttpResponse:
    """Every day to come: contracts, waivers, pilots, reviews; what is overdue first."""
    viewer, today = viewer_of(request), localdate()
    rows = days_to_come(viewer)
    late = [one for one in rows if one.on < today]
    coming = groupby((one for one in rows if one.on >= today), lambda one: one.on.replace(day=1))
    months = [(date_format(month, "YEAR_MONTH_FORMAT"), list(due)) for month, due in coming]
    contracts = Contract.objects.all().visible_to(viewer).select_related("owner", "unit", "sector", "block")
    words = {
        "heading": _coming(rows, late),
        "groups": [
            *([(_("Overdue"), late)] if late else []),
            *months[:NEAR],
        ],
        "later": [
            (_("%(month)s (%(count)s)") % {"month": month, "count": len(due)}, due) for month, due in months[NEAR:]
        ],
        "today": today,
        "contracts": contracts.order_by("decided_on", "decide_by", "pk")[:MOST],
        "may": bool(viewer.paths(Permission.PORTFOLIO_CHANGE)),
        "trail": trail(),
    }
    return render(request, "portfolio/calendar.html", words)


def calendar_file(request: HttpRequest) -> HttpResponse:
    """The same as a file for the calendar people use already."""
    viewer = viewer_of(request)
    entries = [
        calendar.Entry(
            uid=f"portfolio-{one.key}@{viewer.sector.slug}.vested",
            day=one.on,
            title=f"{one.kind}: {one.title}",
            words=one.note,
            url=request.build_absolute_uri(one.url),
        )
        for one in days_to_come(viewer)
    ]
    written = calendar.write(entries, name=_("Portfolio"), organiser=viewer.sector.name, at=timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="portfolio.ics"'}
    return HttpResponse(written, content_type="text/calendar; charset=utf-8", headers=headers)


def contract_new(request: HttpRequest) -> HttpResponse:
    """Note a contract."""
    viewer = viewer_of(request)
    held = Unit.objects.all().where(viewer, Permission.PORTFOLIO_CHANGE).first()
    require(viewer, Permission.PORTFOLIO_CHANGE, on=held)

    def do(answers: dict[str, Any]) -> str:
        added = add_contract(by=viewer, initiative=None, block=answers.pop("system"), **answers)
        return _("“%(it)s” is in the calendar.") % {"it": added}

    back, title = reverse("portfolio:calendar"), _("Note a contract")
    lead = _("So that somebody decides before it renews by itself.")
    way = [*trail(), (_("Contracts and days to come"), back)]
    given = {name: request.GET.get(name, "")[:200] for name in ("system", "supplier")}
    form = form_for(request, AddContract, initial=given)
    return ask(request, form, do=do, title=title, lead=lead, verb=title, back=back, trail=way)


def contract_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what follows a contract."""
    viewer = viewer_of(request)
    row = get_object_or_404(Contract.objects.all().visible_to(viewer).select_related("unit"), pk=pk)
    if viewer.person is None or viewer.person.pk != row.owner_id:
        require(viewer, Permission.PORTFOLIO_CHANGE, on=row.unit)

    def do(answers: dict[str, Any]) -> str:
        decide_contract(by=viewer, contract=row, decided=answers["words"], on=localdate())
        return _("It is decided what follows.")

    back, form = reverse("portfolio:calendar"), form_for(request, Decision)
    way = [*trail(), (_("Contracts and days to come"), back)]
    title, lead = _("What follows “%(it)s”?") % {"it": row}, _("Renew it, replace it, or let it end.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Decide"), back=back, trail=way)


def thresholds(request: HttpRequest) -> HttpResponse:
    """Draw the lines of the portfolio."""
    viewer = viewer_of(request)
    require(viewer, Permission.PORTFOLIO_DECIDE)
    now = thresholds_of(viewer)
    form = form_for(request, DrawLines, initial={name: getattr(now, name) for name in DrawLines.base_fields})

    def do(answers: dict[str, Any]) -> str:
        draw_lines(by=viewer, thresholds=now, **answers)
        return _("The lines are drawn.")

    back, title = reverse("portfolio:shares"), _("Draw the lines of the portfolio")
    lead = _("What is large, what is off course, how old a claim may be, and how much explores.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Draw them"), back=back, trail=trail())


def _within(one: Share, rules: Thresholds) -> tuple[str, str]:
    if one.share is None:
        return "waits", _("nothing yet")
    if one.share < rules.explore_least:
        return "risk", _("too little explores")
    return ("risk", _("too much explores")) if one.share > rules.explore_most else ("good", _("within the lines"))


def _told(one: Share, rules: Thresholds) -> str:
    """The answer: what was spent on exploring, beside the lines."""
    if one.share is None:
        return _("Nothing was spent yet")
    said = {"share": amounts.percent(one.share, 0), "words": _within(one, rules)[1]}
    return _("%(share)s of what was spent explores: %(words)s") % said


def _coming(rows: list[Due], late: list[Due]) -> str:
    if late:
        words = ngettext(
            "%(count)s deadline has passed without an answer",
            "%(count)s deadlines have passed without an answer",
            len(late),
        )
        return words % {"count": amounts.number(len(late))}
    return (
        _("Next: %(day)s, %(what)s") % {"day": date_format(rows[0].on), "what": rows[0].title}
        if rows
        else _("No day is set")
    )
