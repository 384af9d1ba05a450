"""A unit in a plan: its gap before and after, its people and places, its money."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from vested.core.amounts import money, number, percent
from vested.core.models import Unit
from vested.core.queries import above
from vested.core.viewer import viewer_of
from vested.plans.models import Plan
from vested.plans.queries.solved import figures
from vested.plans.queries.units import InUnit, in_unit
from vested.plans.report.words import levels
from vested.plans.views.plan_gaps import cell_figures
from vested.plans.views.plan_words import family_words, hidden_words
from vested.plans.views.plans import around, ready_for


def unit(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """What a plan does for a unit with all below it, exactly for who may see its people."""
    viewer = viewer_of(request)
    found = ready_for(viewer, pk)
    what = get_object_or_404(Unit.objects.all().visible_to(viewer), pk=unit)
    seen = in_unit(viewer, found, what)
    words = around(found, "plan-gaps")
    words["trail"] += [
        (_("Gaps"), reverse("plans:plan-gaps", args=[found.pk])),
        *((str(one), reverse("plans:plan-unit", args=[found.pk, one.pk])) for one in above(what)),
    ]
    words |= {"unit": what, "here": str(what), "heading": str(what), "seen": seen, "lead": _lead(seen)}
    if seen:
        rows = [
            {"name": family_words(family), "href": "", **cell_figures(cell, _most(seen))}
            for family, cell in seen.families
        ]
        words |= {
            "rows": rows,
            "facts": _facts(seen, figures(found).currency),
            "people": _people(found, what) if seen.exact else "",
            "hidden": hidden_words() if any("hidden" in row for row in rows) else "",
        }
    return render(request, "plans/plan_unit.html", words)


def _lead(seen: InUnit | None) -> str:
    if seen is None:
        return _("The plan was computed without this unit: it was left out, or it did not exist then.")
    if seen.whole:
        told = {"before": levels(seen.whole.mean_before), "after": levels(seen.whole.mean_after)}
        if seen.exact:
            return _("The gap of everybody in it and below falls from %(before)s to %(after)s levels a person.") % told
        return _("The gap of its own people falls from %(before)s to %(after)s levels a person.") % told
    if seen.group:
        told = {"share": percent(seen.group.share, 0)}
        return _("%(share)s of the gap of everybody in it and below closes.") % told
    return _("Figures of this unit are hidden from you: it is small, or they would give those of a small one away.")


def _most(seen: InUnit) -> float:
    return max((cell.mean_before for _family, cell in seen.families if not cell.hidden), default=1.0) or 1.0


def _facts(seen: InUnit, currency: str) -> list[tuple[str, str]]:
    facts: list[tuple[str, Any]] = []
    if seen.whole and seen.trained is not None and seen.places is not None and seen.cost is not None:
        trained = {"trained": number(seen.trained), "people": number(seen.whole.people)}
        facts += [
            (_("People who take a course"), _("%(trained)s of %(people)s") % trained),
            (_("Course places"), number(seen.places)),
            (_("Cost"), money(seen.cost, currency)),
        ]
    elif seen.whole:
        facts.append((_("People"), number(seen.whole.people)))
    if seen.whole and seen.whole.share is not None:
        facts.append((_("Gap closed"), percent(seen.whole.share)))
    elif seen.group and seen.group.gap > 0:
        facts.append((_("Gap closed"), percent(seen.group.share)))
    if seen.money:
        amount, used = seen.money
        told = {"cost": money(used, currency), "budget": money(amount, currency)}
        facts.append((_("Of its own budget"), _("%(cost)s of %(budget)s") % told))
    return facts


def _people(found: Plan, what: Unit) -> str:
    return f"{reverse('plans:plan-people', args=[found.pk])}?{urlencode({'below': what.pk})}"
