"""A plan: what it says, and how sure that is."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core.amounts import money, number, percent
from vested.core.models import Job
from vested.core.panels import panels_for
from vested.core.permissions import Permission
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.jobs import shown
from vested.plans.models import Plan
from vested.plans.outcome import Stopped
from vested.plans.queries.solved import figures
from vested.plans.queries.staleness import is_stale
from vested.plans.report.figures import Certificate, Figures
from vested.plans.report.words import levels, levels_down, levels_up, percent_up
from vested.plans.views.plan_words import STATES, family_words, unit_words

TABS = (
    ("plan", gettext_lazy("Overview")),
    ("plan-roadmap", gettext_lazy("Roadmap")),
    ("plan-gaps", gettext_lazy("Gaps")),
    ("plan-fairness", gettext_lazy("Fairness")),
    ("plan-initiatives", gettext_lazy("Initiatives")),
    ("plan-gains", gettext_lazy("What buys most")),
    ("plan-unmet", gettext_lazy("Not given")),
    ("plan-people", gettext_lazy("People")),
    ("plan-smallprint", gettext_lazy("Small print")),
)


@dataclass(frozen=True, slots=True)
class Proof:
    """A step of the certificate: is it proven, in a word and in a sentence."""

    title: str
    proven: bool
    word: str
    sentence: str


def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan: how near it is while it is being solved, then what it gives, at what price, and how sure that is."""
    viewer = viewer_of(request)
    found = found_for(viewer, pk)
    words = {**around(found, "plan"), "panels": panels_for(viewer, found)}
    if found.ready:
        words |= _overview(viewer, found)
    elif found.job:
        words |= shown(found.job, viewer)
    return render(request, "plans/plan.html", words)


def found_for(viewer: Viewer, pk: int) -> Plan:
    """The plan, where it exists for the viewer."""
    rows = Plan.objects.all().visible_to(viewer).light()
    people = ("by", "proposed_by", "decided_by")
    return get_object_or_404(rows.select_related("scenario", "job", "extra", *people), pk=pk)


def ready_for(viewer: Viewer, pk: int) -> Plan:
    """The plan, where it exists for the viewer and has been solved."""
    found = found_for(viewer, pk)
    if not found.ready:
        raise Http404
    return found


def trail() -> list[tuple[str, str]]:
    """The way to a plan."""
    return [(_("Scenarios"), reverse("plans:scenarios"))]


def around(found: Plan, here: str) -> dict[str, Any]:
    """What stands around every page of a plan: the way to it, and its pages."""
    way = [*trail(), (found.scenario.name, reverse("plans:scenario", args=[found.scenario_id]))]
    if here != "plan":
        way.append((str(found), reverse("plans:plan", args=[found.pk])))
    tabs = [(str(words), reverse(f"plans:{name}", args=[found.pk]), name == here) for name, words in TABS]
    return {
        "plan": found,
        "trail": way,
        "tabs": tabs if found.ready else [],
        "state": STATES[Plan.State(found.state)],
    }


def running(found: Plan, viewer: Viewer) -> dict[str, Any]:
    """What is being computed beside the plan: with its progress, for who may see the job, and else in words."""
    extra = found.extra
    if extra is None or extra.state in {Job.State.DONE, Job.State.CANCELLED}:
        return {}
    if extra.is_of(viewer) or viewer.may(Permission.HISTORY_SEE):
        return {"extra": extra, **shown(extra, viewer)}
    return {"extra": extra}


def lead(c: Certificate, currency: str) -> str:
    """The answer: how much of the gap closes for how much, and what no other plan could do."""
    if c.gap <= 0:
        answer = _("Nobody lacks what their role asks for.")
    elif c.cost > 0:
        told = {"share": percent(c.share), "cost": money(c.cost, currency)}
        answer = _("It closes %(share)s of the skills gap for %(cost)s.") % told
    else:
        answer = _("It closes %(share)s of the skills gap at no cost.") % {"share": percent(c.share)}
    if not c.bounded:
        sure = _("The search ended before anything was proven about better plans.")
    elif c.distance > 0:
        told = {"distance": percent_up(c.distance)}
        sure = _("At most %(distance)s is missing to the best plan within the same limits.") % told
    else:
        sure = _("No plan within the same limits is worth more.")
    return f"{answer} {sure}"


def _overview(viewer: Viewer, found: Plan) -> dict[str, Any]:
    f = figures(found)
    c = f.certificate
    return {
        "lead": lead(c, f.currency),
        "stale": is_stale(found),
        "figs": _figs(found, f),
        "proofs": [_compulsory(c), _fairness(c), _value(c)],
        "facts": _facts(f),
        "next": _next(found, f),
        "may_take": viewer.may(Permission.PEOPLE_SEE),
        "may_propose": viewer.may(Permission.PLAN_MAKE),
        "may_decide": viewer.may(Permission.PLAN_ADOPT),
        **running(found, viewer),
    }


def _figs(found: Plan, f: Figures) -> list[dict[str, str]]:
    """The figures one looks for first, each with how sure it is and where it opens to its rows."""
    c = f.certificate

    def fig(figure: str, what: str, sure: str, to: str) -> dict[str, str]:
        return {"number": figure, "what": what, "sure": sure, "rows": reverse(f"plans:{to}", args=[found.pk])}

    error = _("Exact for the levels it was computed from; %(error)s of those say how sure they are.") % {
        "error": percent(f.levels.with_error, 0)
    }
    figs = [fig(percent(c.share), _("of the skills gap closes"), error, "plan-gaps")]
    if c.pairs:
        words = ngettext("of %(pairs)s compulsory course given", "of %(pairs)s compulsory courses given", c.pairs)
        sure = _("A count, so exact. No plan gives more.")
        if not c.proven_compulsory:
            sure = _("A count, so exact. No plan gives more than %(most)s.") % {"most": number(c.most)}
        figs.append(fig(number(c.given), words % {"pairs": number(c.pairs)}, sure, "plan-unmet"))
    if f.initiatives.count:
        words = ngettext(
            "of %(count)s initiative has its people in time",
            "of %(count)s initiatives have their people in time",
            f.initiatives.count,
        )
        sure = _("A count, if people learn what they are planned to and stay.")
        what = words % {"count": number(f.initiatives.count)}
        figs.append(fig(number(f.initiatives.ready), what, sure, "plan-initiatives"))
    if f.roadmap:
        words = ngettext("of %(count)s initiative starts", "of %(count)s initiatives start", f.roadmap.count)
        what = words % {"count": number(f.roadmap.count)}
        figs.append(fig(number(len(f.roadmap.starts)), what, _("A count, so exact."), "plan-roadmap"))
    words = ngettext("of %(people)s person takes a course", "of %(people)s people take a course", c.people)
    figs.append(fig(number(c.trained), words % {"people": number(c.people)}, _("A count, so exact."), "plan-people"))
    return figs


def _compulsory(c: Certificate) -> Proof:
    if c.pairs:
        words = ngettext("%(given)s of %(pairs)s is given.", "%(given)s of %(pairs)s are given.", c.pairs)
        told = words % {"given": number(c.given), "pairs": number(c.pairs)}
        proof = _("No plan within the limits gives more.")
        if not c.proven_compulsory:
            proof = _("No plan within the limits gives more than %(most)s.") % {"most": number(c.most)}
        told = f"{told} {proof}"
    else:
        told = _("No course is compulsory for anybody who has not completed it.")
    word = _("as many as possible") if c.proven_compulsory else _("not proven to be the most")
    return Proof(_("Compulsory courses"), c.proven_compulsory, word, told)


def _fairness(c: Certificate) -> Proof:
    if c.fairness <= 0:
        return Proof(
            title=_("Fairness"),
            proven=True,
            word=_("no floor was asked for"),
            sentence=_("No floor was set, so this step asks nothing."),
        )
    told = _(
        "At least %(floor)s of each group's gap should close. Over all groups %(shortfall)s levels are missing to that."
    ) % {"floor": percent(c.fairness, 0), "shortfall": levels(c.shortfall)}
    if c.shortfall <= 0:
        proof = _("Nothing is missing, so no plan is fairer.")
    elif c.proven_fairness:
        proof = _("Given the compulsory courses, no plan is fairer.")
    else:
        proof = _("Given the compulsory courses, no plan gets below %(least)s.") % {"least": levels_down(c.least)}
    word = _("as fair as possible") if c.proven_fairness else _("not proven to be the fairest")
    return Proof(_("Fairness"), c.proven_fairness, word, f"{told} {proof}")


def _value(c: Certificate) -> Proof:
    told = _(
        "The plan is worth %(value)s levels of the %(asked)s that everybody, every initiative and every wish would ask "
        "for together."
    ) % {"value": levels(c.value), "asked": levels(c.asked)}
    if not c.bounded:
        return Proof(title=_("Value"), proven=False, word=_("nothing proven yet"), sentence=told)
    proof = _("Given the two steps before, no plan within the same limits is worth more than %(ceiling)s.") % {
        "ceiling": levels_up(c.ceiling)
    }
    word = _("the best possible")
    if c.distance > 0:
        word = _("at most %(distance)s from the best") % {"distance": percent_up(c.distance)}
    return Proof(_("Value"), c.distance <= 0 or c.stopped is Stopped.GAP, word, f"{told} {proof}")


def _facts(f: Figures) -> list[tuple[str, str]]:
    c = f.certificate
    closed = _("%(closed)s of %(gap)s levels") % {"closed": levels(c.closed), "gap": levels(c.gap)}
    cost = money(c.cost, f.currency)
    if c.budget is not None:
        cost = _("%(cost)s of %(budget)s") % {"cost": cost, "budget": money(c.budget, f.currency)}
    words = ngettext("%(places)s in %(periods)s period", "%(places)s in %(periods)s periods", c.periods)
    facts = [(_("Gap closed"), closed)]
    if f.initiatives.count:
        facts.append((_("For initiatives"), _("%(needs)s levels") % {"needs": levels(c.needs)}))
    return [
        *facts,
        (_("Cost"), cost),
        (_("Course places"), words % {"places": number(c.places), "periods": number(c.periods)}),
        (_("People"), _("%(trained)s of %(people)s") % {"trained": number(c.trained), "people": number(c.people)}),
    ]


def _next(found: Plan, f: Figures) -> list[tuple[str, str, str]]:
    """Where to look next: what, where, and what is to be seen there."""

    def to(name: str) -> str:
        return reverse(f"plans:{name}", args=[found.pk])

    lines = []
    if f.gaps.widest:
        first = f.gaps.widest[0]
        words = {"family": family_words(first.family), "unit": unit_words(first.row)}
        note = _("Widest where it stays: %(family)s in %(unit)s.") % words
        lines.append((_("What is left of the gap"), to("plan-gaps"), note))
    if f.scarce.seats and f.scarce.seats[0].gain > 0:
        seat = f.scarce.seats[0]
        note = _("One more seat in “%(course)s” buys %(gain)s levels.") % {
            "course": seat.title,
            "gain": levels(seat.gain),
        }
        lines.append((_("What buys most back"), to("plan-gains"), note))
    if f.unmet.count:
        note = ngettext(
            "%(count)s course that is compulsory or asked for is not given.",
            "%(count)s courses that are compulsory or asked for are not given.",
            f.unmet.count,
        ) % {"count": number(f.unmet.count)}
        lines.append((_("What could not be given, and why"), to("plan-unmet"), note))
    lines.append(
        (_("Who learns what, and why"), to("plan-people"), _("Each person has a page; each course its reason."))
    )
    lines.append((_("How sure it is"), to("plan-smallprint"), _("How old the levels are, and what depends on them.")))
    return lines
