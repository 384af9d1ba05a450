"""The filters of core's lists: one set for a list's page, its downloads and the API."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.forms import DateInput, ModelChoiceField, Select
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_filters import (
    BooleanFilter,
    CharFilter,
    ChoiceFilter,
    DateFilter,
    FilterSet,
    ModelChoiceFilter,
    NumberFilter,
)

from vested.core.finding import MOST_WORDS, FindableQuerySet, folded
from vested.core.models import Counterparty, Hat, HatKind, Job, Membership, Unit
from vested.core.models.people import PersonQuerySet
from vested.core.models.sectors import UnitQuerySet
from vested.core.permissions import Permission
from vested.core.viewer import viewer_of

_SELECTED = mark_safe(" selected")


class ManyOptions(Select):
    """A choice of many, which Django writes by a template each: 1,500 units took half of a list's time."""

    def render(
        self,
        name: str,
        value: object,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002 - Django hands it in
    ) -> SafeString:
        """The same HTML as Django's own, of choices that are in no groups."""
        chosen = set(self.format_value(value))
        options = (
            format_html('<option value="{}"{}>{}</option>', one, _SELECTED if str(one) in chosen else "", label)
            for one, label in self.choices
        )
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            mark_safe("".join(options)),  # noqa: S308 - each is escaped
        )


class UnitField(ModelChoiceField):  # type: ignore[type-arg]  # Django's own takes no parameters when it runs
    """A choice of units, drawn as their tree; of those for which who is asked holds ``permission``, if it says so."""

    widget = ManyOptions
    permission: Permission

    def label_from_instance(self, obj: Unit) -> str:
        """Words as far in as the unit is deep."""
        return "\u2003" * (obj.path.count("/") - 2) + obj.name


class BelowFilter(ModelChoiceFilter):
    """A unit, to stay with it and all below."""

    field_class = UnitField


def units_of(request: HttpRequest) -> QuerySet[Unit]:
    """The units that exist for who asks, in the order of the tree."""
    return Unit.objects.all().visible_to(viewer_of(request)).order_by("path")


class UnitFilter(FilterSet):
    """Filters of the list of units."""

    name = CharFilter(label=_("Name or code"), method="named")
    kind = ChoiceFilter(label=_("Kind"), choices=Unit.Kind, empty_label=_("All"))
    below = BelowFilter(label=_("In or below"), empty_label=_("All"), queryset=units_of, method="inside")

    def named(self, rows: UnitQuerySet, _field: str, words: str) -> UnitQuerySet:
        """Those whose name or code has the words."""
        return rows.finding(words)

    def inside(self, rows: QuerySet[Unit], _field: str, unit: Unit) -> QuerySet[Unit]:
        """The unit and all below it."""
        return rows.filter(path__startswith=unit.path)


class PersonFilter(FilterSet):
    """Filters of the list of people."""

    name = CharFilter(label=_("Name or code"), method="named")
    below = BelowFilter(label=_("Works in or below"), empty_label=_("All"), queryset=units_of, method="inside")

    def named(self, rows: PersonQuerySet, _field: str, words: str) -> PersonQuerySet:
        """Those whose name or code has the words."""
        return rows.finding(words)

    def inside(self, rows: QuerySet[Any], _field: str, unit: Unit) -> QuerySet[Any]:
        """Those who work in the unit or below it."""
        members = Membership.objects.filter(unit__path__startswith=unit.path, until=None)
        return rows.filter(pk__in=members.values("person"))


class CounterpartyFilter(FilterSet):
    """Filters of the list of counterparties."""

    name = CharFilter(label=_("Name or code"), method="named")

    def named(self, rows: FindableQuerySet[Counterparty], _field: str, words: str) -> FindableQuerySet[Counterparty]:
        """Those whose name or code has the words."""
        return rows.finding(words)


class HatFilter(FilterSet):
    """Filters of the list of hats."""

    name = CharFilter(label=_("Person or counterparty"), method="named")
    kind = ChoiceFilter(label=_("Hat"), field_name="wall__kind", choices=HatKind, empty_label=_("All"))
    on = DateFilter(label=_("Had on the day"), method="had", widget=DateInput(attrs={"type": "date"}))

    def named(self, rows: QuerySet[Hat], _field: str, words: str) -> QuerySet[Hat]:
        """Those whose person or counterparty has every word."""
        for word in folded(words).split()[:MOST_WORDS]:
            rows = rows.filter(Q(person__find__contains=word) | Q(wall__counterparty__find__contains=word))
        return rows

    def had(self, rows: QuerySet[Hat], _field: str, day: date) -> QuerySet[Hat]:
        """Those had on that day."""
        return rows.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class EventFilter(FilterSet):
    """Filters of history."""

    kind = CharFilter(label=_("What happened"))
    subject_type = CharFilter(label=_("What it happened to"))
    subject = NumberFilter(label=_("Which of them"), field_name="subject_id", min_value=1, max_value=2**63 - 1)
    by = NumberFilter(label=_("Who did it"), field_name="by_id", min_value=1, max_value=2**63 - 1)
    since = DateFilter(label=_("From which day"), field_name="at", lookup_expr="date__gte")


class JobFilter(FilterSet):
    """Filters of jobs."""

    state = ChoiceFilter(label=_("State"), choices=Job.State)
    kind = CharFilter(label=_("Kind"))


class NotificationFilter(FilterSet):
    """Filters of what one was told."""

    unread = BooleanFilter(label=_("Not read yet"), field_name="read_at", lookup_expr="isnull")
