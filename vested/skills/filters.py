"""The filters of the lists of skills: one set for a list's page, its downloads and the API."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from vested.core.filters import BelowFilter, units_of
from vested.core.finding import FindableQuerySet
from vested.core.models import Unit
from vested.core.viewer import viewer_of
from vested.skills.models import Demand, Framework, JobFamily, Requirement, Role, Skill, Source


def _frameworks(request: HttpRequest) -> QuerySet[Framework]:
    """The frameworks that exist for who asks."""
    return Framework.objects.all().visible_to(viewer_of(request))


def _families(request: HttpRequest) -> QuerySet[JobFamily]:
    """The job families that exist for who asks."""
    return JobFamily.objects.all().visible_to(viewer_of(request))


def _skills(request: HttpRequest) -> QuerySet[Skill]:
    """The skills that exist for who asks."""
    return Skill.objects.all().visible_to(viewer_of(request))


def _areas() -> list[tuple[str, str]]:
    names = Skill.objects.exclude(area="").order_by("area").values_list("area", flat=True).distinct()
    return [(name, name) for name in names]


def _periods() -> list[tuple[int, int]]:
    numbers = Demand.objects.order_by("by_period").values_list("by_period", flat=True).distinct()
    return [(number, number) for number in numbers]


class SkillFilter(FilterSet):
    """Filters of the list of skills."""

    name = CharFilter(label=_("Name or code"), method="named")
    area = ChoiceFilter(label=_("Area"), choices=_areas, empty_label=_("All"))
    framework = ModelChoiceFilter(label=_("Framework"), queryset=_frameworks, empty_label=_("All"))
    asked = ChoiceFilter(
        label=_("Asked for"),
        choices=[("roles", _("By a role")), ("needs", _("By an initiative")), ("none", _("By neither"))],
        empty_label=_("All"),
        method="wanted",
    )

    def named(self, rows: FindableQuerySet[Skill], _field: str, words: str) -> FindableQuerySet[Skill]:
        """Those whose name or code has the words."""
        return rows.finding(words)

    def wanted(self, rows: QuerySet[Skill], _field: str, by: str) -> QuerySet[Skill]:
        """Those that roles ask for, that initiatives need, or that nobody does."""
        asked, needed = (Q(pk__in=model.objects.values("skill")) for model in (Requirement, Demand))
        return rows.filter({"roles": asked, "needs": needed}.get(by, ~asked & ~needed))


class FrameworkFilter(FilterSet):
    """Filters of the list of frameworks."""

    name = CharFilter(label=_("Name"), method="named")

    def named(self, rows: FindableQuerySet[Framework], _field: str, words: str) -> FindableQuerySet[Framework]:
        """Those whose name has the words."""
        return rows.finding(words)


class RoleFilter(FilterSet):
    """Filters of the list of roles."""

    name = CharFilter(label=_("Name or code"), method="named")
    family = ModelChoiceFilter(label=_("Job family"), queryset=_families, empty_label=_("All"))
    skill = ModelChoiceFilter(label=_("Asks for"), queryset=_skills, empty_label=_("All"), method="asks")

    def named(self, rows: FindableQuerySet[Role], _field: str, words: str) -> FindableQuerySet[Role]:
        """Those whose name or code has the words."""
        return rows.finding(words)

    def asks(self, rows: QuerySet[Role], _field: str, skill: Skill) -> QuerySet[Role]:
        """Those that ask for the skill."""
        return rows.filter(pk__in=Requirement.objects.filter(skill=skill).values("role"))


class DemandFilter(FilterSet):
    """Filters of what initiatives need."""

    name = CharFilter(label=_("Initiative"), method="named")
    skill = ModelChoiceFilter(label=_("Skill"), queryset=_skills, empty_label=_("All"))
    below = BelowFilter(label=_("In or below"), empty_label=_("All"), queryset=units_of, method="inside")
    by = ChoiceFilter(label=_("By the end of period"), choices=_periods, empty_label=_("All"), field_name="by_period")

    def named(self, rows: QuerySet[Demand], _field: str, words: str) -> QuerySet[Demand]:
        """Those of initiatives whose title or code has the words."""
        return rows.filter(source__in=Source.objects.all().finding(words).values("pk"))

    def inside(self, rows: QuerySet[Demand], _field: str, unit: Unit) -> QuerySet[Demand]:
        """Those of the unit and all below it; what the whole sector needs is not one unit's."""
        return rows.filter(unit__path__startswith=unit.path)


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
