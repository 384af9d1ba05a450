"""The filters of the people of a plan: one set for the list's page, its downloads and the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from vested.academy.models import Course, Session
from vested.core.filters import BelowFilter, units_of
from vested.core.models import Person, Unit
from vested.plans.models import Assignment


def _periods() -> list[tuple[int, int]]:
    numbers = Session.objects.order_by("period").values_list("period", flat=True).distinct()
    return [(number, number) for number in numbers]


class AssignmentFilter(FilterSet):  # type: ignore[misc]  # django-filter brings no types
    """Filters of who learns what in a plan."""

    name = CharFilter(label=_("Name or code of the person"), method="named")
    below = BelowFilter(label=_("Works in or below"), empty_label=_("All"), queryset=units_of, method="inside")
    course = CharFilter(label=_("Title or code of the course"), method="taught")
    period = ChoiceFilter(label=_("Period"), choices=_periods, empty_label=_("All"), field_name="session__period")

    def named(self, rows: QuerySet[Assignment], _field: str, words: str) -> QuerySet[Assignment]:
        """Those of people whose name or code has the words."""
        return rows.filter(person__in=Person.objects.all().finding(words).values("pk"))

    def inside(self, rows: QuerySet[Any], _field: str, unit: Unit) -> QuerySet[Any]:
        """Those of people who work in the unit or below it."""
        return rows.filter(unit_path__startswith=unit.path)

    def taught(self, rows: QuerySet[Assignment], _field: str, words: str) -> QuerySet[Assignment]:
        """Those in sessions of courses whose title or code has the words."""
        return rows.filter(session__course__in=Course.objects.all().finding(words).values("pk"))
