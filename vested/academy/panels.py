"""What the academy shows on pages below: of a person, a unit, a skill and a role, and on the first page."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.academy.languages import language
from vested.academy.models import Learner, Outcome
from vested.academy.queries.catalogue import (
    budget_of,
    compulsory_for,
    highest,
    learning,
    taught,
)
from vested.core import amounts, charts
from vested.core.models import Person, Unit
from vested.core.viewer import Viewer
from vested.skills.models import Role, Skill

MOST = 20


def steps(outcomes: Sequence[tuple[Outcome, str, str]], *, label: str, most: float) -> charts.Drawn:
    """Draw from which level to which each outcome takes people; with each go its words and where they lead."""
    rows = [
        charts.Estimate(
            label=words,
            estimate=one.to_level,
            low=one.from_level,
            high=one.to_level,
            shown=_("%(low)s to %(high)s")
            % {"low": amounts.level(one.from_level), "high": amounts.level(one.to_level)},
            href=href,
        )
        for one, words, href in outcomes
    ]
    words = charts.Words(
        caption=_("From which level it takes people, to which"),
        label=label,
        value=_("Level"),
        low=_("From level"),
        high=_("To level"),
    )
    return charts.intervals(rows, words=words, most=most)


def teaching(outcomes: Sequence[Outcome]) -> charts.Drawn:
    """Draw which courses teach a skill."""
    rows = [(one, str(one.course), reverse("academy:course", args=[one.course_id])) for one in outcomes]
    return steps(rows, label=_("Course"), most=highest())


def person(viewer: Viewer, thing: Person) -> dict[str, Any] | None:
    """What a person has learnt, wants and must learn."""
    found = learning(viewer, thing)
    return {
        "own": viewer.person is not None and viewer.person.pk == thing.pk,
        "heading": _heading(len(found.missing)),
        "facts": _time(found.learner) if found.learner else [],
        "learning": found,
        "nothing": not (found.learner or found.completions or found.wishes or found.enrolments or found.missing),
    }


def unit(viewer: Viewer, thing: Unit) -> dict[str, Any] | None:
    """The training budget of a unit."""
    budget = budget_of(viewer, thing)
    return {"amount": amounts.money(budget.amount, viewer.sector.currency, exact=True)} if budget else None


def skill(viewer: Viewer, thing: Skill) -> dict[str, Any] | None:
    """The courses that teach a skill."""
    found = taught(viewer, thing)
    return {
        "chart": teaching(found[:MOST]) if found else None,
        "csv": reverse("academy:skill-courses", args=[thing.pk]),
        "more": len(found) - MOST if len(found) > MOST else 0,
        "all": f"{reverse('academy:courses')}?skill={thing.pk}",
    }


def role(viewer: Viewer, thing: Role) -> dict[str, Any] | None:
    """The courses that everybody in a role must have completed."""
    return {"compulsory": compulsory_for(viewer, thing)}


def _heading(missing: int) -> str:
    words = ngettext("%(count)s compulsory course is missing", "%(count)s compulsory courses are missing", missing)
    return words % {"count": missing} if missing else ""


def _time(learner: Learner) -> list[tuple[str, str]]:
    names = [language(code) for code in learner.languages]
    return [
        (_("Hours for learning, whole horizon"), amounts.level(learner.hours)),
        (_("Learns in"), ", ".join(names) or _("every language")),
    ]
