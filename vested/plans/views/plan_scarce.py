"""What a plan is short of: people for initiatives, seats and money, and what could not be given."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core import charts
from vested.core.amounts import level, money, number, percent
from vested.core.looks import What, seen
from vested.core.models import Person
from vested.core.permissions import Permission
from vested.core.viewer import viewer_of
from vested.engines.training import Why
from vested.plans.models import Plan
from vested.plans.queries.initiatives import Served, served
from vested.plans.queries.solved import figures, solved
from vested.plans.queries.unmet import Count, NotGiven, missed, not_given
from vested.plans.report.figures import LEAST, Figures, Initiatives, Need
from vested.plans.report.words import levels, period, what_would_help, why_missing, why_not_given
from vested.plans.views.plan_words import gain_words, hidden_words
from vested.plans.views.plans import around, ready_for

ROWS = 50


def initiatives(request: HttpRequest, pk: int) -> HttpResponse:
    """The people initiatives have, will have in time, and miss."""
    viewer = viewer_of(request)
    found = ready_for(viewer, pk)
    f, exact = figures(found), viewer.may(Permission.PEOPLE_SEE)
    work, known = f.initiatives, served(viewer)
    words = {
        **around(found, "plan-initiatives"),
        "here": _("Initiatives"),
        "heading": _needs_heading(work),
        "lead": _(
            "An initiative needs a number of people at a level of a skill by the end of a period. People who have the "
            "level already count, and so do those the plan takes there in time."
        ),
        "exact": exact,
        "short": [_need(need, f, known.get(need.initiative), exact=exact) for need in work.worst],
        "rest": [_need(need, f, known.get(need.initiative), exact=exact) for need in work.rest],
        "rest_words": ngettext(
            "%(rest)s more need that is not met in time", "%(rest)s more needs that are not met in time", len(work.rest)
        )
        % {"rest": number(len(work.rest))},
        "met": [_need(need, f, known.get(need.initiative), exact=exact) for need in work.met],
        "count": work.count,
    }
    return render(request, "plans/plan_initiatives.html", words)


def gains(request: HttpRequest, pk: int) -> HttpResponse:
    """What the next seat and the next percent of a budget buy."""
    found = ready_for(viewer_of(request), pk)
    f = figures(found)
    scarce, currency = f.scarce, f.currency
    full = ngettext(
        "%(full)s of the %(limited)s session with a limit is full.",
        "%(full)s of the %(limited)s sessions with a limit are full.",
        scarce.limited,
    ) % {"full": number(scarce.full), "limited": number(scarce.limited)}
    lead = _(
        "The plan was made again with one more seat, or one percent more of a budget: the gain is what that found. "
        "No plan can gain more than the upper figure."
    )
    words = {
        **around(found, "plan-gains"),
        "here": _("What buys most"),
        "heading": _gains_heading(f),
        "lead": f"{lead} {full}",
        "seats": [
            {
                "name": seat.title,
                "note": f"{seat.session_id}, {period(seat.period, f.starts)}",
                "mark": charts.interval(seat.gain, seat.at_most, seat.gain, most=scarce.most_seat or 1.0),
                "used": _("%(used)s of %(seats)s") % {"used": number(seat.used), "seats": number(seat.seats)},
                "buys": gain_words(seat.gain, seat.at_most),
            }
            for seat in scarce.seats
        ],
        "budgets": [
            {
                "name": _("Overall budget") if one.unit is None else one.unit,
                "note": _("%(amount)s; 1 %% is %(step)s")
                % {"amount": money(one.amount, currency), "step": money(one.step, currency)},
                "mark": charts.interval(one.gain, one.at_most or one.gain, one.gain, most=scarce.most_budget or 1.0)
                if one.gain is not None
                else "",
                "used": percent(one.share, 0),
                "buys": _buys(one.gain, one.at_most, one.price, one.share),
            }
            for one in scarce.budgets
        ],
    }
    return render(request, "plans/plan_gains.html", words)


def unmet(request: HttpRequest, pk: int) -> HttpResponse:
    """What is compulsory or asked for and not given: why, what would help, and to whom."""
    viewer = viewer_of(request)
    found = ready_for(viewer, pk)
    exact = viewer.may(Permission.PEOPLE_SEE)
    counted = not_given(found, exact=exact)
    seen = set(Person.objects.all().visible_to(viewer).values_list("pk", flat=True))
    page = Paginator(missed(found, seen), ROWS).get_page(request.GET.get("page"))
    most = max(((row.compulsory or 0) + (row.wishes or 0) for row in counted.reasons), default=0)
    words = {
        **around(found, "plan-unmet"),
        "here": _("Not given"),
        "heading": _unmet_heading(counted, exact=exact),
        "lead": _(
            "Counted for each person: a compulsory course of their role that they have not completed, or a course they "
            "asked for. The reason is the first one in their way."
        ),
        "counted": counted,
        "reasons": [_reason(row, most) for row in counted.reasons],
        "courses": [{"name": row.name, **_counts(row)} for row in counted.courses],
        "more": _more(counted.more),
        "hidden": hidden_words() if counted.hidden else "",
        "page": page,
        "rows": _people(found, list(page.object_list)),
    }
    return render(request, "plans/plan_unmet.html", words)


def _needs_heading(work: Initiatives) -> str:
    if not work.needs:
        return _("No initiative needs people")
    if work.short:
        words = ngettext(
            "%(short)s of %(needs)s needs will not be met in time",
            "%(short)s of %(needs)s needs will not be met in time",
            len(work.short),
        )
        return words % {"short": number(len(work.short)), "needs": number(work.needs)}
    words = ngettext(
        "The %(needs)s need of the initiatives is met in time",
        "All %(needs)s needs of the initiatives are met in time",
        work.needs,
    )
    return words % {"needs": number(work.needs)}


def _need(need: Need, f: Figures, known: Served | None, *, exact: bool) -> dict[str, Any]:
    """A need in words, where its initiative is ``known`` today, and what that serves.

    How many people only for who may see them, and nothing where it asks for few.
    """
    told = {"skill": need.skill, "level": level(need.level), "unit": need.unit}
    note = _("%(skill)s, level %(level)s") if need.unit is None else _("%(skill)s, level %(level)s, in %(unit)s")
    row: dict[str, Any] = {
        "name": need.initiative,
        "url": reverse("skills:initiative", args=[known.pk]) if known else "",
        "serves": known.objectives if known else (),
        "note": note % told,
        "by": period(need.period, f.starts),
        "people": number(need.people),
        "met": not need.missing,
        "hidden": not exact and need.people < LEAST,
    }
    if not exact:
        return row
    missing = ngettext("%(missing)s missing", "%(missing)s missing", need.missing) % {"missing": number(need.missing)}
    return row | {
        "now": number(need.now),
        "then": number(need.then),
        "mark": charts.bullet(need.then, most=max(need.people, need.then, 1), must=need.people, mean=need.now),
        "missing": missing if need.missing else "",
        "why": _why_missing(need) if need.missing else "",
    }


def _why_missing(need: Need) -> str:
    if need.reachable >= need.people:
        return why_missing(need.why)
    words = ngettext(
        "Even with seats and money for all, only %(reachable)s person could be there in time.",
        "Even with seats and money for all, only %(reachable)s people could be there in time.",
        need.reachable,
    )
    return words % {"reachable": number(need.reachable)}


def _gains_heading(f: Figures) -> str:
    scarce = f.scarce
    if scarce.seats and scarce.seats[0].gain > 0:
        told = {"course": scarce.seats[0].title, "gain": levels(scarce.seats[0].gain)}
        return _("One more seat buys most in “%(course)s”: %(gain)s levels") % told
    if scarce.most_budget > 0:
        return _("Money is scarce, seats are not")
    if scarce.seats:
        return _("One more seat or a little more money buys hardly anything")
    return _("Neither seats nor money hold the plan back")


def _buys(gain: float | None, at_most: float | None, price: float, share: float) -> str:
    if gain is not None:
        return gain_words(gain, at_most or gain)
    if price > 0:
        return _("about %(price)s") % {"price": levels(price)}
    return _("nothing, money is left") if share < 0.995 else _("nothing, money is not what is short")


def _unmet_heading(counted: NotGiven, *, exact: bool) -> str:
    if not exact and 0 < counted.compulsory + counted.wishes < LEAST:
        return _("Very little could not be given")
    compulsory = ngettext("%(n)s compulsory course", "%(n)s compulsory courses", counted.compulsory)
    wishes = ngettext("%(n)s wish", "%(n)s wishes", counted.wishes)
    told = {
        "compulsory": compulsory % {"n": number(counted.compulsory)},
        "wishes": wishes % {"n": number(counted.wishes)},
    }
    if counted.compulsory and counted.wishes:
        return _("%(compulsory)s and %(wishes)s could not be given") % told
    if counted.compulsory:
        return _("%(compulsory)s could not be given") % told
    if counted.wishes:
        return _("Every compulsory course is given; %(wishes)s could not be") % told
    return _("Every compulsory course and every wish is given")


def _reason(row: Count, most: int) -> dict[str, Any]:
    why = row.why or Why.WORTH
    count = (row.compulsory or 0) + (row.wishes or 0)
    hidden = None in {row.compulsory, row.wishes}
    return {
        "name": why_not_given(why),
        "help": what_would_help(why),
        "mark": "" if hidden else charts.bar(count, most=max(most, 1)),
        **_counts(row),
    }


def _counts(row: Count) -> dict[str, str | None]:
    return {
        name: None if count is None else number(count)
        for name, count in (("compulsory", row.compulsory), ("wishes", row.wishes))
    }


def _more(more: int) -> str:
    words = ngettext("%(count)s more course is not listed.", "%(count)s more courses are not listed.", more)
    return words % {"count": number(more)} if more else ""


def _people(found: Plan, rows: list[int]) -> list[dict[str, Any]]:
    """The people of these rows of what is not given, each with the course and the reason."""
    frozen = solved(found)
    said, sector = frozen.outcome.explanation, frozen.outcome.sector
    keys = [int(frozen.people[said.unmet_person[row]]) for row in rows]
    seen(keys, What.PLAN)
    names = Person.objects.in_bulk(keys)
    unit = {one.unit_id: one.name for one in sector.units}
    return [
        {
            "name": str(names[key]),
            "href": reverse("plans:plan-person", args=[found.pk, key]),
            "unit": unit[sector.staff[int(said.unmet_person[row])].unit_id],
            "course": sector.courses[int(said.unmet_course[row])].title,
            "compulsory": bool(said.unmet_compulsory[row]),
            "why": why_not_given(Why(int(said.unmet_why[row]))),
        }
        for row, key in zip(rows, keys, strict=True)
    ]
