"""The jobs one has started: how far each is, what came of it, and the ways to stop it or start it once more."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vested.core import charts, jobs
from vested.core.amounts import number, percent
from vested.core.jobs.kinds import keeps_best
from vested.core.models import Job
from vested.core.partners import open_to_partners
from vested.core.permissions import Permission
from vested.core.viewer import Viewer, viewer_of

A_PAGE = 25


def mine(request: HttpRequest) -> HttpResponse:
    """One's own jobs, newest first; with ``?whose=all`` all of the sector's, where a role lets one see them."""
    viewer = viewer_of(request)
    every = request.GET.get("whose") == "all" and viewer.may(Permission.HISTORY_SEE)
    rows = Job.objects.all()
    rows = rows.visible_to(viewer).select_related("by") if every else rows.started_by(viewer)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "core/jobs.html",
        {
            "page": page,
            "rows": [(job, how_far(job), _in_hand(job, viewer)) for job in page],
            "every": every,
            "tabs": [(_("Mine"), "?", not every), (_("All of the sector's"), "?whose=all", every)],
            "tabbed": viewer.may(Permission.HISTORY_SEE),
            "before": "?whose=all&page=" if every else "?page=",
            "columns": [(words, "", "", False) for words in (_("Work"), _("State"), _("How far"), _("When"), _("Do"))],
        },
    )


@open_to_partners
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One job."""
    return render(request, "core/job.html", {**_shown(request, pk), "trail": _trail(request)})


@open_to_partners
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one job is: the part of its page that asks for itself again."""
    return render(request, "core/_job.html", _shown(request, pk))


@open_to_partners
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to stop a job, and stop it."""
    job = _found(request, pk)
    if request.method != "POST":
        if job.ended:
            return redirect("core:job", pk=pk)
        return render(
            request, "core/job_cancel.html", {"job": job, "trail": [*_trail(request), (job.title, _address(job))]}
        )
    jobs.cancel(job=job, by=viewer_of(request), at=timezone.now())
    messages.success(request, _("“%(job)s” is told to stop.") % {"job": job.title})
    return redirect("core:job", pk=pk)


@require_POST
def best(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a search end with the best it has found."""
    job = jobs.end_with_best(job=_found(request, pk), by=viewer_of(request), at=timezone.now())
    messages.success(request, _("“%(job)s” ends now, and the best so far is kept.") % {"job": job.title})
    return redirect("core:job", pk=pk)


@open_to_partners
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a job once more."""
    again = jobs.retry(job=_found(request, pk), by=viewer_of(request), at=timezone.now())
    return redirect("core:job", pk=again.pk)


def _found(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job.objects.all().visible_to(viewer_of(request)).select_related("by"), pk=pk)


def _shown(request: HttpRequest, pk: int) -> dict[str, object]:
    job = _found(request, pk)
    return shown(job, viewer_of(request))


def shown(job: Job, viewer: Viewer) -> dict[str, object]:
    """What the part of a page that shows a job needs."""
    return {
        "job": job,
        "words": how_far(job),
        "in_hand": _in_hand(job, viewer),
        "best": keeps_best(job.kind) and job.state == Job.State.RUNNING and not job.best_asked,
        "falling": _falling(job),
    }


def _trail(request: HttpRequest) -> list[tuple[str, str]]:
    if viewer_of(request).is_partner:
        return [(_("My data"), reverse("core:my-data"))]
    return [(_("My jobs"), reverse("core:jobs"))]


def _address(job: Job) -> str:
    return reverse("core:job", args=[job.pk])


def _in_hand(job: Job, viewer: Viewer) -> bool:
    """Whether the viewer may stop it and start it once more."""
    return job.is_of(viewer) or viewer.may(Permission.IMPORT_RUN)


def _falling(job: Job) -> charts.Drawn | None:
    """How the figure of a search fell, second by second, once there is a line to draw."""
    if len(job.trace) < 2:
        return None
    points = [
        charts.Point(at=at, when=_("%(seconds)s s") % {"seconds": number(at)}, value=gap, shown=percent(gap))
        for at, gap in job.trace
    ]
    marks = charts.ticks(0.0, max(gap for _at, gap in job.trace))
    words = charts.LineWords(
        finding=_("After %(seconds)s seconds at most %(gap)s is missing to the best possible.")
        % {"seconds": number(job.trace[-1][0]), "gap": percent(job.trace[-1][1])},
        caption=_("How much the best so far may miss"),
        when=_("After"),
        hidden="",
    )
    series = charts.Series(name=_("At most missing"), points=tuple(points), end=points[-1].shown)
    return charts.line(
        [series],
        words=words,
        heights=[(mark, percent(mark)) for mark in marks],
        moments=[(points[0].at, points[0].when), (points[-1].at, points[-1].when)],
    )


def how_far(job: Job) -> str:
    """How far a running job is and how long it takes still, in words."""
    if job.state != Job.State.RUNNING:
        return ""
    words = []
    if job.total:
        words.append(_("%(done)s of %(total)s") % {"done": localize(job.done), "total": localize(job.total)})
    if job.seconds_left is not None:
        minutes = round(job.seconds_left / 60)
        left = ngettext("about %(minutes)s minute left", "about %(minutes)s minutes left", minutes)
        words.append(left % {"minutes": localize(minutes)} if job.seconds_left >= 60 else _("less than a minute left"))
    return ", ".join(words) or _("not known how long")
