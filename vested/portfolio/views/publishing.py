"""Bringing in a published register of projects."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core import amounts
from vested.core.permissions import Permission, require
from vested.core.viewer import viewer_of
from vested.core.views.asking import ask
from vested.portfolio.actions import ask_for_register
from vested.portfolio.forms.publishing import BringRegister
from vested.portfolio.imports import by_project
from vested.portfolio.views.parts import trail


def register(request: HttpRequest) -> HttpResponse:
    """Check a register, or bring in what is new in it."""
    viewer = viewer_of(request)
    require(viewer, Permission.PORTFOLIO_DECIDE)
    form = BringRegister(request.POST or None, request.FILES or None, viewer=viewer, today=localdate())

    def do(answers: dict[str, Any]) -> str:
        reports = answers["file"]
        if answers["only_check"]:
            years = ", ".join(str(year) for year in sorted({row.year for row in reports}))
            words = ngettext(
                "It can be read: %(count)s project, in the years %(years)s. Nothing was changed.",
                "It can be read: %(count)s projects, in the years %(years)s. Nothing was changed.",
                projects := len(by_project(reports)),
            )
            return words % {"count": amounts.number(projects), "years": years}
        file = request.FILES.getlist("file")[0]
        file.seek(0)
        ask_for_register(by=viewer, file=file, source=answers["source"], at=timezone.now())
        return _("It is being brought in. You are told when it is done, and what it brought.")

    lead = _(
        "Each project becomes an initiative in delivery, each rating a claim, each new cost or end a baseline. Brought "
        "in again, only newer years are added; nothing is taken off."
    )
    title, back = _("Bring in a published register"), reverse("portfolio:initiatives")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Bring it in"), back=back, trail=trail())
