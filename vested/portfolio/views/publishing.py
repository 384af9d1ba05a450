"""Bringing in a published register of projects."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core import amounts
from vested.core.models import Job
from vested.core.permissions import Permission, require
from vested.core.viewer import viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for
from vested.portfolio.actions import ask_for_register, take_register_back
from vested.portfolio.forms.publishing import BringRegister, TakeBack
from vested.portfolio.imports import by_project
from vested.portfolio.queries.published import left_alone, opened_by, register_brought
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


def published(request: HttpRequest, pk: int) -> HttpResponse:
    """A register that was brought in: what it brought, and the way back."""
    viewer = viewer_of(request)
    require(viewer, Permission.PORTFOLIO_DECIDE)
    job = register_brought(viewer, pk)
    words = {"title": _title(job), "facts": _facts(job), "alone": left_alone(job).count(), "job": job}
    return render(request, "portfolio/published.html", {**words, "opened": len(opened_by(job)), "trail": trail()})


def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Close what a register opened and nobody has worked on since."""
    viewer = viewer_of(request)
    require(viewer, Permission.PORTFOLIO_DECIDE)
    job = register_brought(viewer, pk)
    form, back = form_for(request, TakeBack), reverse("portfolio:published", args=[pk])

    def do(answers: dict[str, Any]) -> str:
        count = take_register_back(by=viewer, job=job, on=localdate(), **answers)
        words = ngettext("%(count)s initiative is closed.", "%(count)s initiatives are closed.", count)
        return words % {"count": amounts.number(count)}

    title, alone = _("Take “%(source)s” back?") % {"source": job.args["source"]}, left_alone(job).count()
    words = ngettext(
        "%(count)s initiative that it opened is closed as stopped, with your reason.",
        "%(count)s initiatives that it opened are closed as stopped, with your reason.",
        alone,
    )
    stays = _("What somebody has worked on stays, and so do years it added to others. Bringing it in again opens it.")
    lead = f"{words % {'count': amounts.number(alone)}} {stays}"
    around: dict[str, Any] = {"back": back, "trail": [*trail(), (_title(job), back)]}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Take it back"), danger=True, **around)


def _title(job: Job) -> str:
    return _("“%(source)s” is brought in") % {"source": job.args["source"]}


def _facts(job: Job) -> list[tuple[str, object]]:
    counts = job.result or {}
    return [
        (_("When"), date_format(localtime(job.ended_at), "DATETIME_FORMAT")),
        (_("By whom"), job.by or _("the office")),
        (_("Initiatives opened"), amounts.number(counts["initiatives"])),
        (_("Baselines frozen"), amounts.number(counts["baselines"])),
        (_("Claims"), amounts.number(counts["claims"])),
        (_("Differences"), amounts.number(counts["differences"])),
    ]
