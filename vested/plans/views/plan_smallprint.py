"""How sure a plan is: what it was computed from, how old and sure that is, and what would change with it."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vested.core import charts
from vested.core.amounts import number, percent
from vested.core.looks import What, seen
from vested.core.models import Job
from vested.core.permissions import Permission, require
from vested.core.viewer import viewer_of
from vested.plans.actions import ask_for_files, try_draws
from vested.plans.models import Plan
from vested.plans.outcome import Stopped
from vested.plans.queries.draws import Stay, stays
from vested.plans.queries.people import people_in
from vested.plans.queries.solved import figures_on
from vested.plans.report.figures import Figures, LevelsKnown
from vested.plans.report.page import page_of
from vested.plans.report.words import day
from vested.plans.views.plan_roadmap import risked
from vested.plans.views.plan_words import source_words
from vested.plans.views.plans import around, ready_for, running


def smallprint(request: HttpRequest, pk: int) -> HttpResponse:
    """The levels' age, source and error, what was counted, how it was searched, and what of it is not sure."""
    viewer = viewer_of(request)
    found = ready_for(viewer, pk)
    f = figures_on(found, localdate())
    drawn = stays(found)
    extra = running(found, viewer)
    words = {
        **around(found, "plan-smallprint"),
        "here": _("Small print"),
        "heading": _heading(found, drawn),
        "lead": _lead(found),
        "levels": _levels(f.levels),
        "sources": [
            (
                source_words(one.name) or _("not stated"),
                charts.bar(one.share, most=1.0),
                percent(one.share, 0),
            )
            for one in f.levels.sources
        ],
        "counts": _counts(f),
        "search": _search(found, f),
        "histogram": _histogram(drawn),
        "draws": found.figures.get("draws"),
        "may_draw": viewer.may(Permission.PLAN_MAKE) and not (extra.get("extra") and not extra["extra"].ended),
        **extra,
    }
    return render(request, "plans/plan_smallprint.html", words)


@require_POST
def draws(request: HttpRequest, pk: int) -> HttpResponse:
    """Start to see how much of the plan depends on levels that are not sure."""
    viewer = viewer_of(request)
    try_draws(by=viewer, plan=ready_for(viewer, pk), at=timezone.now())
    messages.success(request, _("The plan is made again and again with levels moved within their error."))
    return redirect("plans:plan-smallprint", pk=pk)


def report(request: HttpRequest, pk: int) -> FileResponse:
    """The report as one file; it names people, so only for who may see them."""
    viewer = viewer_of(request)
    found = ready_for(viewer, pk)
    require(viewer, Permission.PEOPLE_SEE)
    today = localdate()
    seen(people_in(found), What.FILE)
    page = page_of(figures_on(found, today), language=get_language() or "en", printed_on=today)
    return FileResponse(
        BytesIO(page.encode()),
        as_attachment=True,
        filename=f"{slugify(str(found))}.html",
        content_type="text/html; charset=utf-8",
    )


@require_POST
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """Start to pack all files of a plan."""
    viewer = viewer_of(request)
    job = ask_for_files(by=viewer, plan=ready_for(viewer, pk), at=timezone.now())
    return redirect("core:job", pk=job.pk)


def file(request: HttpRequest, pk: int) -> FileResponse:
    """Give what was packed to who asked for it; 404 for anybody else, and once it is gone."""
    viewer = viewer_of(request)
    require(viewer, Permission.PEOPLE_SEE)
    job = get_object_or_404(Job.objects.all().started_by(viewer), pk=pk, kind="plans.files", state=Job.State.DONE)
    name = (job.result or {}).get("file", "")
    if not name or not default_storage.exists(name):
        raise Http404
    seen(people_in(Plan.objects.light().get(pk=job.args["pk"])), What.FILE)
    return FileResponse(
        default_storage.open(name),
        as_attachment=True,
        filename=f"{slugify(job.title)}.zip",
        content_type="application/zip",
    )


def _heading(found: Plan, drawn: list[Stay]) -> str:
    if not drawn:
        return _("What it was computed from, and how sure that is")
    always = sum(one.count for one in drawn if one.share >= 0.9)
    told = {
        "always": percent(always / sum(one.count for one in drawn), 0),
        "draws": number(found.figures.get("draws", 0)),
    }
    return _("%(always)s of the course places stay in nine of ten of the %(draws)s draws") % told


def _lead(found: Plan) -> str:
    told = {"when": date_format(localtime(found.solved_at), "DATETIME_FORMAT") if found.solved_at else ""}
    return (
        _(
            "Computed %(when)s from the data as they were then, which are kept with it. What is counted is exact for "
            "these data; the levels in them are estimates."
        )
        % told
    )


def _levels(known: LevelsKnown) -> list[str]:
    """How old and sure the levels are, sentence by sentence."""
    words = ngettext("The plan starts from %(rows)s level.", "The plan starts from %(rows)s levels.", known.rows)
    said = [words % {"rows": number(known.rows)}]
    if known.months is not None and known.half_older_than:
        words = ngettext(
            "Half of those with a date are older than %(date)s, that is %(months)s month.",
            "Half of those with a date are older than %(date)s, that is %(months)s months.",
            known.months,
        )
        said.append(words % {"date": day(known.half_older_than), "months": number(known.months)})
        if known.dated < 1:
            said.append(_("%(undated)s have no date.") % {"undated": percent(known.undated, 0)})
    elif known.rows:
        said.append(_("None of them says when it was assessed."))
    if known.rows:
        said.append(_("%(without)s do not say how sure they are.") % {"without": percent(known.without_error, 0)})
    if known.people_without:
        words = ngettext(
            "%(people)s person has no level at all and is taken to stand at 0.",
            "%(people)s people have no level at all and are taken to stand at 0.",
            known.people_without,
        )
        said.append(words % {"people": number(known.people_without)})
    return said


def _counts(f: Figures) -> list[tuple[str, str]]:
    counts = f.counts
    return [
        (_("People"), number(counts.people)),
        (_("Units"), number(counts.units)),
        (_("Roles"), number(counts.roles)),
        (_("Skills"), number(counts.skills)),
        (_("Courses"), number(counts.courses)),
        (_("Sessions"), number(counts.sessions)),
        (_("Initiatives"), number(counts.initiatives)),
        *([(_("Risk of what starts"), risked(f.roadmap))] if f.roadmap else []),
    ]


def _search(found: Plan, f: Figures) -> list[tuple[str, Any]]:
    c = f.certificate
    ended = {
        Stopped.GAP: _("the distance asked for was proven"),
        Stopped.TIME: _("its time was up"),
        Stopped.INTERRUPT: _("somebody ended it with the best so far"),
    }
    by = str(found.by) if found.by else "–"
    return [
        (_("Asked for by"), by),
        (_("Searched for"), _("%(seconds)s s") % {"seconds": number(c.seconds, 1)}),
        (_("It ended because"), ended[c.stopped]),
        (_("Seed"), number(c.seed)),
    ]


def _histogram(drawn: list[Stay]) -> charts.Drawn | None:
    """How many course places stay in which share of the draws, the surest first."""
    if not drawn:
        return None
    total = sum(one.count for one in drawn)
    ends = ((0.9, 1.01), (0.75, 0.9), (0.5, 0.75), (0.25, 0.5), (0.0, 0.25))
    names = (
        _("nine of ten draws or more"),
        _("three quarters or more"),
        _("half or more"),
        _("a quarter or more"),
        _("less than a quarter"),
    )
    rows = []
    for name, (low, high) in zip(names, ends, strict=True):
        count = sum(one.count for one in drawn if low <= one.share < high)
        rows.append(charts.Amount(label=name, value=count, shown=number(count), note=percent(count / total, 0)))
    words = charts.Words(
        caption=_("Course places by the share of draws in which the person is given the course too"),
        label=_("Stays in"),
        value=_("Course places"),
    )
    return charts.bars(rows, words=words)
