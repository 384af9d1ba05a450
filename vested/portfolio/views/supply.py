"""What there is for initiatives: people of the pools and money, quarter by quarter."""

from datetime import date
from math import inf
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core import amounts, charts
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for
from vested.portfolio.actions import name_pool, offer_money, offer_people
from vested.portfolio.forms.supply import NamePool, OfferMoney, OfferPeople, initial
from vested.portfolio.models import Pool
from vested.portfolio.queries.quarters import quarter_words
from vested.portfolio.queries.supply import Supply, quarters_shown, supplies
from vested.portfolio.views.parts import trail


def supply(request: HttpRequest) -> HttpResponse:
    """How many people and how much money there are in each quarter, and what is in delivery takes of that."""
    viewer = viewer_of(request)
    quarters = quarters_shown(viewer, localdate())
    rows = supplies(viewer, quarters)
    words = {
        "heading": _told(rows),
        "rows": [_shown(viewer, row, quarters) for row in rows],
        "said": any(there is not None for row in rows for there in row.there),
        "may": viewer.may(Permission.PORTFOLIO_DECIDE),
        "may_name": viewer.may(Permission.PORTFOLIO_CHANGE),
        "trail": trail(),
    }
    return render(request, "portfolio/supply.html", words)


def pool_new(request: HttpRequest) -> HttpResponse:
    """Name a pool."""
    viewer = viewer_of(request)
    require(viewer, Permission.PORTFOLIO_CHANGE)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is named.") % {"it": name_pool(by=viewer, **answers)}

    title, lead = _("Name a pool"), _("People of one competence who can be assigned to initiatives.")
    return ask(request, form_for(request, NamePool), do=do, title=title, lead=lead, verb=_("Name it"), **_around())


def pool_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how many people of a pool there are."""
    viewer = viewer_of(request)
    require(viewer, Permission.PORTFOLIO_DECIDE)
    pool = get_object_or_404(Pool.objects.all().visible_to(viewer), pk=pk)
    quarters = quarters_shown(viewer, localdate())
    now = next(row for row in supplies(viewer, quarters) if row.pool == pool)
    start = {"rate": pool.rate, **initial(quarters, now.there)}
    form = form_for(request, OfferPeople, quarters=quarters, initial=start)

    def do(answers: dict[str, Any]) -> str:
        offer_people(by=viewer, pool=pool, people=answers["said"], rate=answers["rate"])
        return _("It is said how many people there are.")

    title = _("How many full-time people of %(pool)s are there for initiatives?") % {"pool": pool}
    lead = _("Count only those who are free for it. A quarter without a figure has nobody.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Say it"), **_around())


def money_offer(request: HttpRequest) -> HttpResponse:
    """Say how much money there is."""
    viewer = viewer_of(request)
    require(viewer, Permission.PORTFOLIO_DECIDE)
    quarters = quarters_shown(viewer, localdate())
    now = supplies(viewer, quarters)[0]
    form = form_for(request, OfferMoney, quarters=quarters, initial=initial(quarters, now.there))

    def do(answers: dict[str, Any]) -> str:
        offer_money(by=viewer, amounts=answers["said"])
        return _("It is said how much money there is.")

    title = _("How much money is there for initiatives?")
    lead = _("In each quarter. Once one is said, a quarter without a figure has none.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Say it"), **_around())


def _around() -> dict[str, Any]:
    back = reverse("portfolio:supply")
    return {"back": back, "trail": [*trail(), (_("People and money"), back)]}


def _told(rows: list[Supply]) -> str:
    """The answer: whether what is in delivery fits into what there is."""
    short = sum(row.short for row in rows)
    if not any(there is not None for row in rows for there in row.there):
        return _("Nobody has said yet what there is")
    if not short:
        return _("What is in delivery fits into what there is")
    words = ngettext(
        "%(count)s row has less than what is in delivery takes",
        "%(count)s rows have less than what is in delivery takes",
        short,
    )
    return words % {"count": amounts.number(short)}


def _shown(viewer: Viewer, row: Supply, quarters: list[date]) -> dict[str, Any]:
    def said(value: float) -> str:
        return amounts.level(value) if row.pool else amounts.money(value, viewer.sector.currency)

    url = reverse("portfolio:pool-offer", args=[row.pool.pk]) if row.pool else reverse("portfolio:money-offer")
    cells = [
        (
            quarter_words(quarter),
            "–" if there is None else said(there),
            said(used) if used else "",
            there is not None and used > there,
        )
        for quarter, there, used in zip(quarters, row.there, row.taken, strict=True)
    ]
    return {
        "name": str(row.pool) if row.pool else _("Money for initiatives"),
        "url": url,
        "cells": cells,
        "mark": charts.columns(row.taken, row.there),
        "fullest": _fullest(row, cells),
        "state": _how(row),
    }


def _fullest(row: Supply, cells: list[tuple[str, str, str, bool]]) -> str:
    """Where the most is taken of what there is, in words; nothing where nothing is."""
    pairs = zip(row.there, row.taken, strict=True)
    shares = [0.0 if there is None or not used else used / there if there else inf for there, used in pairs]
    most = max(shares)
    quarter, there, used, _over = cells[shares.index(most)]
    words = {"quarter": quarter, "used": used, "there": there}
    return _("%(quarter)s: %(used)s of %(there)s") % words if most else ""


def _how(row: Supply) -> tuple[str, str]:
    if all(there is None for there in row.there):
        return "waits", _("not said")
    return ("wrong", _("too much")) if row.short else ("good", _("fits"))
