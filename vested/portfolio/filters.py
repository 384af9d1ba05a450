"""The filters of the lists of the portfolio: one set for a list's page, its downloads and the API."""

from typing import Any

from django.db.models import QuerySet
from django.forms import DateInput
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet, ModelChoiceFilter

from vested.core.filters import BelowFilter, units_of
from vested.core.finding import folded
from vested.core.models import Counterparty, Unit
from vested.core.viewer import viewer_of
from vested.portfolio.models import Block, Initiative
from vested.portfolio.models.following import Side
from vested.portfolio.models.initiatives import InitiativeQuerySet
from vested.portfolio.models.systems import BlockQuerySet
from vested.portfolio.queries.thresholds import thresholds_of
from vested.portfolio.queries.waiting import to_judge

NOW = (
    ("open", _("Not closed")),
    ("reopened", _("A gate is open again")),
    ("unlike", _("Claimed otherwise than computed")),
    ("asked", _("A gate asks me")),
)
OPEN = (("open", _("Still open")), ("closed", _("Closed")))


class InitiativeFilter(FilterSet):
    """Filters of the list of initiatives."""

    name = CharFilter(label=_("Words"), method="named")
    below = BelowFilter(label=_("In or below"), empty_label=_("All"), queryset=units_of, method="inside")
    stage = ChoiceFilter(label=_("Stage"), choices=Initiative.Stage, empty_label=_("All"))
    kind = ChoiceFilter(label=_("Explore or exploit"), choices=Initiative.Kind, empty_label=_("All"))
    owner = CharFilter(label=_("Owner"), method="owned")
    now = ChoiceFilter(label=_("State"), choices=NOW, empty_label=_("All"), method="standing")

    def named(self, rows: InitiativeQuerySet, _field: str, words: str) -> InitiativeQuerySet:
        """Those whose title or code has the words."""
        return rows.finding(words)

    def inside(self, rows: QuerySet[Any], _field: str, unit: Unit) -> QuerySet[Any]:
        """Those of the unit and all below it."""
        return rows.filter(unit__path__startswith=unit.path)

    def owned(self, rows: QuerySet[Any], _field: str, words: str) -> QuerySet[Any]:
        """Those of people of that name or code."""
        return rows.filter(owner__find__contains=folded(words))

    def standing(self, rows: QuerySet[Any], _field: str, answer: str) -> QuerySet[Any]:
        """Those that are not closed, blocked again, unlike what is claimed, or asked about at a gate."""
        if answer == "open":
            return rows.filter(closed_on=None)
        if answer == "asked":
            viewer = viewer_of(self.request)
            return rows.filter(pk__in=[one.pk for one in to_judge(viewer, thresholds_of(viewer), localdate())])
        return rows.exclude(reopened_on=None) if answer == "reopened" else rows.filter(unlike__gt=0)


class DifferenceFilter(FilterSet):
    """Filters of the differences between claimed and computed."""

    name = CharFilter(label=_("Initiative"), method="named")
    side = ChoiceFilter(label=_("Side"), choices=Side, empty_label=_("All"))
    state = ChoiceFilter(label=_("State"), choices=OPEN, empty_label=_("All"), method="open")

    def named(self, rows: QuerySet[Any], _field: str, words: str) -> QuerySet[Any]:
        """Those of initiatives that have the words."""
        for word in folded(words).split():
            rows = rows.filter(initiative__source__find__contains=word)
        return rows

    def open(self, rows: QuerySet[Any], _field: str, answer: str) -> QuerySet[Any]:
        """Those open, or closed with a reason."""
        return rows.filter(closed_on__isnull=answer == "open")


def suppliers_of(request: HttpRequest) -> QuerySet[Counterparty]:
    """The counterparties that exist for who asks."""
    return Counterparty.objects.all().visible_to(viewer_of(request)).order_by("find", "pk")


class SystemFilter(FilterSet):
    """Filters of the list of systems."""

    name = CharFilter(label=_("Words"), method="named")
    below = BelowFilter(label=_("In or below"), empty_label=_("All"), queryset=units_of, method="inside")
    state = ChoiceFilter(label=_("State"), choices=Block.State, empty_label=_("All"))
    supplier = ModelChoiceFilter(label=_("Supplier"), queryset=suppliers_of, empty_label=_("All"))
    owner = CharFilter(label=_("Answers for it"), method="owned")
    ends_by = DateFilter(
        label=_("Ends by"), field_name="ends_on", lookup_expr="lte", widget=DateInput(attrs={"type": "date"})
    )

    def named(self, rows: BlockQuerySet, _field: str, words: str) -> BlockQuerySet:
        """Those whose name or code has the words."""
        return rows.finding(words)

    def inside(self, rows: QuerySet[Any], _field: str, unit: Unit) -> QuerySet[Any]:
        """Those of the unit and all below it."""
        return rows.filter(unit__path__startswith=unit.path)

    def owned(self, rows: QuerySet[Any], _field: str, words: str) -> QuerySet[Any]:
        """Those that people of that name or code answer for."""
        return rows.filter(owner__find__contains=folded(words))
