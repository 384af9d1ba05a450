"""The filters of the list of agreements: one set for its page, its downloads and the API."""

from django.db.models import QuerySet
from django.forms import DateInput
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet, ModelChoiceFilter

from vested.core.models import Counterparty
from vested.core.viewer import viewer_of
from vested.ecosystem.models import Agreement, AgreementQuerySet


def counterparties_of(request: HttpRequest) -> QuerySet[Counterparty]:
    """The counterparties that exist for who asks."""
    return Counterparty.objects.all().visible_to(viewer_of(request)).order_by("find", "pk")


class AgreementFilter(FilterSet):
    """Filters of the list of agreements."""

    name = CharFilter(label=_("Words"), method="named")
    counterparty = ModelChoiceFilter(
        label=_("With whom"), queryset=counterparties_of, empty_label=_("All"), method="towards"
    )
    state = ChoiceFilter(label=_("State"), choices=Agreement.State, empty_label=_("All"))
    ends_by = DateFilter(
        label=_("Ends by"), field_name="ends_on", lookup_expr="lte", widget=DateInput(attrs={"type": "date"})
    )

    def named(self, rows: AgreementQuerySet, _field: str, words: str) -> AgreementQuerySet:
        """Those whose title or code has the words."""
        return rows.finding(words)

    def towards(self, rows: AgreementQuerySet, _field: str, one: Counterparty) -> AgreementQuerySet:
        """Those with a counterparty, be it the first named or another party."""
        return rows.of(one.pk)
