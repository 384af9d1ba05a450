"""The filters of the list of scenarios: one set for the page, its downloads and the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from vested.core.viewer import viewer_of
from vested.plans.models.scenarios import ScenarioQuerySet
from vested.plans.queries.scenarios import State

YES_OR_NO = (("yes", _("yes")), ("no", _("no")))


class ScenarioFilter(FilterSet):
    """Filters of the list of scenarios."""

    name = CharFilter(label=_("Name"), method="named")
    mine = ChoiceFilter(label=_("Mine"), choices=YES_OR_NO, empty_label=_("All"), method="own")
    state = ChoiceFilter(label=_("State"), choices=State, empty_label=_("All"))
    stale = ChoiceFilter(label=_("Data have changed since"), choices=YES_OR_NO, empty_label=_("All"), method="old")

    def named(self, rows: ScenarioQuerySet, _field: str, words: str) -> ScenarioQuerySet:
        """Those whose name has the words."""
        return rows.finding(words)

    def own(self, rows: QuerySet[Any], _field: str, answer: str) -> QuerySet[Any]:
        """The viewer's own, or those of others."""
        viewer = viewer_of(self.request)
        return rows.filter(by=viewer.person) if answer == "yes" else rows.exclude(by=viewer.person)

    def old(self, rows: QuerySet[Any], _field: str, answer: str) -> QuerySet[Any]:
        """Those whose newest plan is of older data, or the others."""
        return rows.filter(stale=answer == "yes")
