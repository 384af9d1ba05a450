"""The catalogue's pages: courses, sessions and providers."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import localize
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.academy.filters import CourseFilter, ProviderFilter, SessionFilter
from vested.academy.languages import language
from vested.academy.models import Course, Outcome
from vested.academy.panels import steps, teaching
from vested.academy.queries.catalogue import (
    courses_listed,
    highest,
    must_take,
    providers_listed,
    sessions_listed,
    taught,
    teaches,
)
from vested.academy.queries.enrolments import standing
from vested.core import amounts
from vested.core.downloads import figures
from vested.core.listing import Column, Listing
from vested.core.panels import panels_for
from vested.core.timeline import history_of
from vested.core.viewer import viewer_of
from vested.skills.models import Skill

MOST_SESSIONS = 100


def _url(course: Course) -> str:
    return reverse("academy:course", args=[course.pk])


def _seats(row: Any) -> object:  # noqa: ANN401 - a course with what its query adds
    """Seats of a course's sessions in all."""
    return _("no limit") if row.unlimited else row.seats


COURSES = (
    Column(gettext_lazy("Course"), "title", "find", link=_url),
    Column(gettext_lazy("Provider"), "provider", "provider__find"),
    Column(gettext_lazy("How it is held"), lambda row: row.get_mode_display(), "mode"),
    Column(gettext_lazy("Language"), lambda row: language(row.language), "language"),
    Column(gettext_lazy("Hours"), "hours", "hours", number=True, shown=lambda row: amounts.level(row.hours)),
    Column(
        gettext_lazy("Cost a person"),
        "cost",
        "cost",
        number=True,
        shown=lambda row: amounts.money(row.cost, row.sector.currency, exact=True),
    ),
    Column(gettext_lazy("Sessions"), "held", "held", number=True),
    Column(gettext_lazy("Seats in all"), _seats, "seats", number=True),
)


def _free(row: Any) -> object:  # noqa: ANN401 - a session with what its query adds
    """Seats of a session that nobody holds."""
    return _("no limit") if row.seats is None else max(0, row.seats - row.taken)


SESSIONS = (
    Column(gettext_lazy("Course"), "course", "course__find", link=lambda row: _url(row.course)),
    Column(gettext_lazy("Session"), "code", "code", link=lambda row: reverse("academy:session", args=[row.pk])),
    Column(gettext_lazy("Period"), "period", "period", number=True),
    Column(gettext_lazy("Starts on"), "starts_on", "starts_on"),
    Column(gettext_lazy("Seats"), lambda row: _("no limit") if row.seats is None else row.seats, "seats", number=True),
    Column(gettext_lazy("Free seats"), _free, number=True),
)
PROVIDERS = (
    Column(
        gettext_lazy("Provider"), "name", "find", link=lambda row: f"{reverse('academy:courses')}?provider={row.pk}"
    ),
    Column(gettext_lazy("Courses"), "offers", "offers", number=True),
)


def courses(request: HttpRequest) -> HttpResponse | FileResponse:
    """The catalogue: what can be learnt."""
    listing = Listing(
        request,
        courses_listed(viewer_of(request)),
        filters=CourseFilter,
        columns=COURSES,
        order="find",
        name=_("courses"),
        counted=lambda count: ngettext("%(count)s course", "%(count)s courses", count) % {"count": localize(count)},
    )
    return listing.answer("academy/courses.html")


def course(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """One course: what it teaches, what it takes, who must take it, and when it is held."""
    viewer = viewer_of(request)
    rows = Course.objects.all().visible_to(viewer).select_related("provider", "sector")
    found = get_object_or_404(rows, pk=pk)
    outcomes = teaches(viewer, found)
    chart = steps(
        [(one, str(one.skill), reverse("skills:skill", args=[one.skill_id])) for one in outcomes],
        label=_("Skill"),
        most=highest(),
    )
    if request.GET.get("format") == "csv":
        return figures(_("what %(course)s teaches") % {"course": found}, chart.rows)
    everybody, roles = must_take(found)
    held = sessions_listed(viewer).filter(course=found).order_by("period", "starts_on", "pk")
    shown = [(one, _free(one)) for one in held[: MOST_SESSIONS + 1]]
    words: dict[str, Any] = {
        "course": found,
        "lead": _lead(found, outcomes),
        "facts": _facts(found, elsewhere=found.sector_id != viewer.sector.pk),
        "address": found.url if found.url.startswith(("https://", "http://")) else "",
        "chart": chart,
        "before": rows.filter(leads_to=found).first(),
        "leads_to": found.leads_to.order_by("find", "pk"),
        "everybody": everybody,
        "roles": roles,
        "sessions": shown[:MOST_SESSIONS],
        "held": held.count() if len(shown) > MOST_SESSIONS else 0,
        "panels": panels_for(viewer, found),
    }
    if viewer.person:
        words["standing"] = standing(viewer.person, found)
        coming = [free for one, free in shown if one.is_coming(localdate())]
        words["full"] = bool(coming) and not any(coming)  # words where there is no limit
    words["history"] = history_of(viewer, found, None)
    return render(request, "academy/course.html", words)


def skill_courses(request: HttpRequest, pk: int) -> FileResponse:
    """The figures of which courses teach a skill, as its page shows them."""
    viewer = viewer_of(request)
    skill = get_object_or_404(Skill.objects.all().visible_to(viewer), pk=pk)
    rows = teaching(taught(viewer, skill)).rows
    return figures(_("courses that teach %(skill)s") % {"skill": skill}, rows)


def sessions(request: HttpRequest) -> HttpResponse | FileResponse:
    """When courses are held."""
    listing = Listing(
        request,
        sessions_listed(viewer_of(request)),
        filters=SessionFilter,
        columns=SESSIONS,
        order="starts_on",
        name=_("sessions"),
        counted=lambda count: ngettext("%(count)s session", "%(count)s sessions", count) % {"count": localize(count)},
    )
    return listing.answer("academy/sessions.html")


def providers(request: HttpRequest) -> HttpResponse | FileResponse:
    """Who gives courses."""
    listing = Listing(
        request,
        providers_listed(viewer_of(request)),
        filters=ProviderFilter,
        columns=PROVIDERS,
        order="find",
        name=_("providers"),
        counted=lambda n: ngettext("%(count)s provider", "%(count)s providers", n) % {"count": localize(n)},
    )
    return listing.answer("academy/providers.html")


def _lead(course: Course, outcomes: list[Outcome]) -> str:
    """Say where it leads, and what it takes."""
    cost = amounts.money(course.cost, course.sector.currency, exact=True) if course.cost else _("nothing")
    takes = _("Hours: %(hours)s, cost a person: %(cost)s.") % {"hours": amounts.level(course.hours), "cost": cost}
    if not outcomes:
        return " ".join((takes, _("What it teaches is not said.")))
    first = {"skill": outcomes[0].skill, "level": amounts.level(outcomes[0].to_level)}
    leads = _("It leads to level %(level)s in %(skill)s.") % first
    more = len(outcomes) - 1
    also = ngettext("It teaches %(count)s more skill.", "It teaches %(count)s more skills.", more) % {"count": more}
    return " ".join((leads, also, takes) if more else (leads, takes))


def _facts(course: Course, *, elsewhere: bool) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [(_("Code"), course.code)]
    if course.provider and not elsewhere:
        facts.append((_("Provider"), course.provider))
    if course.mode:
        facts.append((_("How it is held"), course.get_mode_display()))
    facts.append((_("Language"), language(course.language)))
    if elsewhere:
        facts.append((_("Shared by"), course.sector))
    return facts
