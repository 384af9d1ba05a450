"""Who learns what in a plan, and the page of one of them: why this, what next best, and what would have to change."""

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core import charts
from vested.core.amounts import level, number, percent
from vested.core.listing import Column, Listing
from vested.core.looks import What, seen
from vested.core.permissions import Permission
from vested.core.viewer import Viewer, viewer_of
from vested.plans.filters_plans import AssignmentFilter
from vested.plans.models import Assignment, Plan
from vested.plans.queries.people import Step, Told, assignments_listed, found_of, place_of, told_of
from vested.plans.queries.solved import figures, solved
from vested.plans.reasons import Changes, changes_for, reasons_of
from vested.plans.report.words import period
from vested.plans.views.plan_words import source_words
from vested.plans.views.plans import around, ready_for


def people(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Who takes which session, as far as the viewer may see people, each with the reason."""
    viewer = viewer_of(request)
    found = ready_for(viewer, pk)
    outcome = solved(found).outcome
    reasons: dict[int, str] = {}
    listing = Listing(
        request,
        assignments_listed(viewer, found),
        filters=AssignmentFilter,
        columns=_columns(found, reasons),
        order="person__find",
        name=_("people of the plan"),
        counted=_counted,
    )
    download = request.method == "POST"
    rows = list(listing.rows.values_list("row", flat=True)) if download else [row.row for row in listing.page]
    reasons.update(zip(rows, reasons_of(outcome, rows), strict=True))
    words = {
        **around(found, "plan-people"),
        "here": _("People"),
        "heading": _heading(found),
        "lead": _lead(viewer),
    }
    return listing.answer("plans/plan_people.html", **words)


def person(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """What a plan says of a person: levels now and after, each course with its reason, and what is not given and why.

    With ``?course=`` it says what would have to change for that course.
    """
    viewer = viewer_of(request)
    found, who = found_of(viewer, pk, person)
    sees = viewer.may(Permission.PLAN_SEE)
    own = viewer.person is not None and viewer.person.pk == who.pk
    seen([who.pk], What.PLAN)
    words: dict[str, Any] = around(found, "plan-people")
    page = (str(who), reverse("core:person", args=[who.pk]))
    if not sees:
        words |= {"tabs": [], "trail": [page]}
    place = place_of(found, who.pk)
    words |= {"who": who, "own": own, "here": str(who) if sees else str(found), "page": page, "heading": str(who)}
    if place is None:
        words["lead"] = _("Nothing was planned for this person: no post was known when the plan was computed.")
        return render(request, "plans/plan_person.html", words)
    told, starts = told_of(found, place), figures(found).starts
    most = charts.ticks(0.0, max((max(step.high, step.after, step.asked) for step in told.steps), default=1.0))[-1]
    asked = _asked(found, place, told, request.GET.get("course", ""))
    words |= {
        "lead": _person_lead(told, own=own),
        "told": told,
        "facts": _facts(told),
        "steps": [_step(step, most) for step in told.steps if step.concerns],
        "others": [_step(step, most) for step in told.steps if not step.concerns],
        "taken": [
            {
                "title": one.title,
                "when": _when(period(one.period, starts), date_format(one.starts) if one.starts else ""),
                "session": one.session,
                "hours": _("%(hours)s hours") % {"hours": level(one.hours)},
                "compulsory": one.compulsory,
                "reason": one.reason,
            }
            for one in told.taken
        ],
        "options": [("", _("Choose a course"), asked is None), *_options(told, asked)],
        "asked": asked,
    }
    return render(request, "plans/plan_person.html", words)


def _columns(found: Plan, reasons: Mapping[int, str]) -> tuple[Column, ...]:
    compulsory = solved(found).outcome.explanation.compulsory

    def page(row: Assignment) -> str:
        return reverse("plans:plan-person", args=[row.plan_id, row.person_id])

    def must(row: Assignment) -> str:
        return _("yes") if compulsory[row.row] else ""

    stays = Column(
        gettext_lazy("Stays in"),
        "stays",
        "stays",
        number=True,
        shown=lambda row: "" if row.stays is None else percent(row.stays, 0),
    )
    return (
        Column(gettext_lazy("Person"), lambda row: str(row.person), "person__find", link=page),
        Column(gettext_lazy("Unit"), "unit_name", "unit_find"),
        Column(gettext_lazy("Course"), "session.course.title", "session__course__find"),
        Column(gettext_lazy("Session"), "session.code", "session__code"),
        Column(gettext_lazy("Period"), "session.period", "session__period", number=True),
        Column(gettext_lazy("Starts"), "session.starts_on", "session__starts_on"),
        Column(gettext_lazy("Compulsory"), must),
        *((stays,) if found.figures.get("draws") else ()),
        Column(gettext_lazy("Why"), lambda row: reasons[row.row]),
    )


def _counted(count: int) -> str:
    return ngettext("%(count)s course place", "%(count)s course places", count) % {"count": number(count)}


def _heading(found: Plan) -> str:
    c = figures(found).certificate
    words = ngettext(
        "%(trained)s of %(people)s person takes a course", "%(trained)s of %(people)s people take a course", c.people
    )
    return words % {"trained": number(c.trained), "people": number(c.people)}


def _lead(viewer: Viewer) -> str:
    if viewer.may(Permission.PEOPLE_SEE):
        return _("Each line is a course place with its reason. Open a person to see what else was weighed.")
    return _("Each line is a course place with its reason, of the people you may see. Others are counted, not listed.")


def _person_lead(told: Told, *, own: bool) -> str:
    count = len(told.taken)
    given = {"count": number(count), "hours": level(told.hours), "has": level(told.learner.hours)}
    if not count:
        return _("The plan proposes no course to you.") if own else _("The plan gives this person no course.")
    if own:
        words = ngettext(
            "The plan proposes %(count)s course to you: %(hours)s of your %(has)s hours for learning.",
            "The plan proposes %(count)s courses to you: %(hours)s of your %(has)s hours for learning.",
            count,
        )
    else:
        words = ngettext(
            "The plan gives %(count)s course: %(hours)s of %(has)s hours for learning.",
            "The plan gives %(count)s courses: %(hours)s of %(has)s hours for learning.",
            count,
        )
    return words % given


def _facts(told: Told) -> list[tuple[str, str]]:
    learns = ", ".join(told.learner.languages) or _("every language")
    facts = [(_("Role"), told.role), (_("Learns in"), learns)]
    return [*facts, (_("Grade"), told.learner.grade)] if told.learner.grade else facts


def _step(step: Step, most: float) -> dict[str, Any]:
    """A skill: now with how sure, after, what is asked, and how old it is."""
    need = step.asked or max((asked for _title, asked, _period in step.needs), default=0.0)
    sure = _("how sure is not known")
    if not step.known:
        sure = _("not known, so it counts as 0")
    elif step.error is not None:
        sure = _("%(low)s to %(high)s") % {"low": number(step.low, 1), "high": number(step.high, 1)}
    source = source_words(step.source)
    day = date_format(step.on) if step.on else ""
    asks = [_("the role asks for %(level)s") % {"level": level(step.asked)}] if step.asked else []
    asks += [
        _("%(initiative)s asks for %(level)s by period %(period)s")
        % {"initiative": title, "level": level(asked), "period": number(by)}
        for title, asked, by in step.needs
    ]
    return {
        "skill": step.skill,
        "now": number(step.level, 1),
        "sure": sure,
        "after": number(step.after, 1),
        "rises": step.after > step.level,
        "asks": "; ".join(asks),
        "mark": charts.interval(step.low, step.high, step.level, most=most, need=need or None),
        "meets": not step.asked or step.after >= step.asked,
        "known": ", ".join(part for part in (source, day) if part),
    }


def _when(period: str, day: str) -> str:
    words = period[:1].upper() + period[1:]
    return f"{words}, {day}" if day else words


def _asked(found: Plan, place: int, told: Told, code: str) -> Changes | None:
    """What would have to change for the course of the address; 404 where it is none that could be asked about."""
    if not code:
        return None
    if code not in dict(told.courses):
        raise Http404
    outcome = solved(found).outcome
    course = next(row for row, one in enumerate(outcome.sector.courses) if one.course_id == code)
    return changes_for(outcome, person=place, course=course)


def _options(told: Told, asked: Changes | None) -> list[tuple[str, str, bool]]:
    chosen = asked.code if asked else ""
    return [(code, title, code == chosen) for code, title in told.courses]
