"""The filters of the skills room's lists: one set for a list's page, its downloads and the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet


class BehindFilter(FilterSet):
    """Filters of the people behind a figure."""

    who = ChoiceFilter(
        label=_("Who"),
        empty_label=_("Everybody asked for the skill"),
        choices=[("below", _("Only who is below")), ("meets", _("Only who meets it"))],
        method="chosen",
    )

    def chosen(self, rows: QuerySet[Any], _field: str, who: str) -> QuerySet[Any]:
        """Those below what is asked, or those who meet it."""
        return rows.filter(short__gt=0) if who == "below" else rows.filter(short=0)
