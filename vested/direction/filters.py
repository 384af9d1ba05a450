"""The filters of the lists of direction: one set for a list's page, its downloads and the API."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.forms import DateInput
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet

from vested.core.filters import BelowFilter, units_of
from vested.core.finding import FindableQuerySet, folded
from vested.core.models import Unit
from vested.core.models.sectors import UnitQuerySet
from vested.direction.models import Commitment, Duty, Escalation, Hope, Meaning, Objective, Obstacle
from vested.direction.queries.duties import STATES, WINDOWS

OPEN = (("open", _("Still open")), ("reached", _("Reached")), ("left", _("Left")))
ANSWERED = (("open", _("Still open")), ("removed", _("Removed")), ("explained", _("Explained")))
ALONE = (("without", _("Without them")),)
HOPES = (("open", _("Still open")), *Hope.Outcome.choices)
SAID = (("yes", _("Said")), ("no", _("Not said yet")))


def _day() -> DateInput:
    return DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _below() -> BelowFilter:
    return BelowFilter(label=_("In or below"), empty_label=_("All"), queryset=units_of, method="inside")


class MeaningFilter(FilterSet):
    """Filters of what the vision means for units."""

    name = CharFilter(label=_("Name or code"), method="named")
    below = _below()
    said = ChoiceFilter(label=_("Whether it is said"), choices=SAID, empty_label=_("All"), method="whether")

    def named(self, rows: UnitQuerySet, _field: str, words: str) -> UnitQuerySet:
        """Units whose name or code has the words."""
        return rows.finding(words)

    def inside(self, rows: QuerySet[Unit], _field: str, unit: Unit) -> QuerySet[Unit]:
        """The unit and all below it."""
        return rows.filter(path__startswith=unit.path)

    def whether(self, rows: QuerySet[Unit], _field: str, answer: str) -> QuerySet[Unit]:
        """Those that have said something, or nothing."""
        said = Exists(Meaning.objects.filter(unit=OuterRef("pk")))
        return rows.filter(said if answer == "yes" else ~said)


class RetellingFilter(FilterSet):
    """Filters of retellings."""

    audience = CharFilter(label=_("To whom"), lookup_expr="icontains")
    since = DateFilter(label=_("From which day"), field_name="told_on", lookup_expr="gte", widget=_day())


class _Within(FilterSet):  # what several lists filter by
    name = CharFilter(label=_("Words"), method="named")
    below = _below()

    def named(self, rows: FindableQuerySet[Any], _field: str, words: str) -> FindableQuerySet[Any]:
        """Those that have the words."""
        return rows.finding(words)

    def inside(self, rows: QuerySet[Any], _field: str, unit: Unit) -> QuerySet[Any]:
        """Those of the unit and all below it."""
        return rows.filter(unit__path__startswith=unit.path)


class ObjectiveFilter(_Within):
    """Filters of the list of objectives."""

    about = ChoiceFilter(label=_("Whom it is about"), choices=Objective.About, empty_label=_("All"))
    state = ChoiceFilter(label=_("State"), choices=OPEN, empty_label=_("All"), method="open")

    def open(self, rows: QuerySet[Any], _field: str, answer: str) -> QuerySet[Any]:
        """Those open, reached or left."""
        return rows.filter(closed_on=None) if answer == "open" else rows.filter(reached=answer == "reached")


class CommitmentFilter(_Within):
    """Filters of the ledger of promises."""

    state = ChoiceFilter(label=_("State"), choices=Commitment.State, empty_label=_("All"))
    who = CharFilter(label=_("Whose"), method="promised")
    until = DateFilter(label=_("Due until"), field_name="due_on", lookup_expr="lte", widget=_day())
    alone = ChoiceFilter(label=_("Units below"), choices=ALONE, empty_label=_("With them"), method="of_itself")

    def of_itself(self, rows: QuerySet[Any], _field: str, _answer: str) -> QuerySet[Any]:
        """Those of the unit itself; of the whole sector where none is named."""
        return rows.filter(unit=self.form.cleaned_data["below"])

    def promised(self, rows: QuerySet[Any], _field: str, words: str) -> QuerySet[Any]:
        """Those of people of that name or code."""
        return rows.filter(person__find__contains=folded(words))


class ObstacleFilter(_Within):
    """Filters of the list of obstacles."""

    kind = ChoiceFilter(label=_("Kind"), choices=Obstacle.Kind, empty_label=_("All"))
    state = ChoiceFilter(label=_("State"), choices=ANSWERED, empty_label=_("All"), method="answered")

    def answered(self, rows: QuerySet[Any], _field: str, answer: str) -> QuerySet[Any]:
        """Those that wait for an answer, were removed, or were explained."""
        return rows.filter(outcome="" if answer == "open" else answer)


class EscalationFilter(_Within):
    """Filters of the list of escalations."""

    step = ChoiceFilter(label=_("State"), choices=Escalation.Step, empty_label=_("All"))


class DecisionFilter(_Within):
    """Filters of the log of decisions."""

    since = DateFilter(label=_("From which day"), field_name="decided_on", lookup_expr="gte", widget=_day())


class DutyFilter(_Within):
    """Filters of the register of duties."""

    kind = ChoiceFilter(label=_("Kind"), choices=Duty.Kind, empty_label=_("All"))
    state = ChoiceFilter(label=_("State"), choices=STATES, empty_label=_("All"))
    until = DateFilter(label=_("Due until"), field_name="due_on", lookup_expr="lte", widget=_day())


class OpportunityFilter(_Within):
    """Filters of the list of opportunities."""

    state = ChoiceFilter(label=_("State"), choices=WINDOWS, empty_label=_("All"))


class HopeFilter(FilterSet):
    """Filters of what managers hope for."""

    words = CharFilter(label=_("Words"), lookup_expr="icontains")
    state = ChoiceFilter(label=_("State"), choices=HOPES, empty_label=_("All"), method="answered")

    def answered(self, rows: QuerySet[Any], _field: str, answer: str) -> QuerySet[Any]:
        """Those that wait for an answer, or were answered so."""
        return rows.filter(outcome="" if answer == "open" else answer)


class SteeringFilter(_Within):
    """Filters of the list of steering sessions."""

    since = DateFilter(label=_("From which day"), field_name="on", lookup_expr="gte", widget=_day())
