"""The filters of the academy's lists: one set for a list's page, its downloads and the API."""

from typing import Any

from django.db.models import Q, QuerySet
from django.forms import DateInput
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet, ModelChoiceFilter

from vested.academy.languages import language
from vested.academy.models import Compulsory, Course, Enrolment, Objection, Outcome, Provider, Session
from vested.core.filters import BelowFilter, ManyOptions, units_of
from vested.core.finding import FindableQuerySet
from vested.core.models import Person, Unit
from vested.core.scope import current
from vested.core.viewer import Viewer, viewer_of
from vested.skills.models import Skill

YES_NO = (("yes", _("Yes")), ("no", _("No")))
SEATS = Q(seats=None) | Q(seats__gt=0)


def _providers(request: HttpRequest) -> QuerySet[Provider]:
    """The providers that exist for who asks."""
    return Provider.objects.all().visible_to(viewer_of(request))


def _courses(request: HttpRequest) -> QuerySet[Course]:
    """The courses that exist for who asks."""
    return Course.objects.all().visible_to(viewer_of(request))


def _skills(request: HttpRequest) -> QuerySet[Skill]:
    """The skills that exist for who asks."""
    return Skill.objects.all().visible_to(viewer_of(request))


def _languages() -> list[tuple[str, str]]:
    codes = Course.objects.exclude(language="").order_by("language").values_list("language", flat=True).distinct()
    return [(code, language(code)) for code in codes]


def _periods() -> list[tuple[int, int]]:
    numbers = Session.objects.order_by("period").values_list("period", flat=True).distinct()
    return [(number, number) for number in numbers]


def _sources() -> list[tuple[str, str]]:
    """The plans that proposed what exists for who asks."""
    who, rows = current(), Enrolment.objects.exclude(source="")
    seen = rows.visible_to(who) if isinstance(who, Viewer) else rows.none()
    return [(plan, plan) for plan in seen.order_by("source").values_list("source", flat=True).distinct()]


class CourseFilter(FilterSet):
    """Filters of the list of courses."""

    name = CharFilter(label=_("Title or code"), method="named")
    provider = ModelChoiceFilter(label=_("Provider"), queryset=_providers, empty_label=_("All"))
    mode = ChoiceFilter(label=_("How it is held"), choices=Course.Mode, empty_label=_("All"))
    language = ChoiceFilter(label=_("Can be taken in"), choices=_languages, empty_label=_("All"), method="spoken")
    skill = ModelChoiceFilter(label=_("Teaches"), queryset=_skills, empty_label=_("All"), method="teaching")
    compulsory = ChoiceFilter(label=_("Compulsory"), choices=YES_NO, empty_label=_("All"), method="demanded")
    seats = ChoiceFilter(label=_("Has a session with seats"), choices=YES_NO, empty_label=_("All"), method="seated")

    def named(self, rows: FindableQuerySet[Course], _field: str, words: str) -> FindableQuerySet[Course]:
        """Those whose title or code has the words."""
        return rows.finding(words)

    def spoken(self, rows: QuerySet[Course], _field: str, code: str) -> QuerySet[Course]:
        """Those held in the language, and those that name none."""
        return rows.filter(language__in=(code, ""))

    def teaching(self, rows: QuerySet[Course], _field: str, skill: Skill) -> QuerySet[Course]:
        """Those that teach the skill."""
        return rows.filter(pk__in=Outcome.objects.filter(skill=skill).values("course"))

    def demanded(self, rows: QuerySet[Course], _field: str, answer: str) -> QuerySet[Course]:
        """Those that somebody must take, or nobody."""
        return _whether(rows, answer, Compulsory.objects.values("course"))

    def seated(self, rows: QuerySet[Course], _field: str, answer: str) -> QuerySet[Course]:
        """Those held at least once with room for anybody, or never."""
        return _whether(rows, answer, Session.objects.filter(SEATS).values("course"))


class SessionFilter(FilterSet):
    """Filters of the list of sessions."""

    name = CharFilter(label=_("Title or code of the course"), method="named")
    course = ModelChoiceFilter(label=_("Course"), queryset=_courses, empty_label=_("All"), widget=ManyOptions)
    period = ChoiceFilter(label=_("Period"), choices=_periods, empty_label=_("All"))
    since = DateFilter(
        label=_("Starts on or after"),
        field_name="starts_on",
        lookup_expr="gte",
        widget=DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    mode = ChoiceFilter(label=_("How it is held"), choices=Course.Mode, empty_label=_("All"), field_name="course__mode")
    seats = ChoiceFilter(label=_("Has seats"), choices=YES_NO, empty_label=_("All"), method="seated")

    def named(self, rows: QuerySet[Session], _field: str, words: str) -> QuerySet[Session]:
        """Those of courses whose title or code has the words."""
        return rows.filter(course__in=Course.objects.all().finding(words).values("pk"))

    def seated(self, rows: QuerySet[Session], _field: str, answer: str) -> QuerySet[Session]:
        """Those with room for anybody, or for nobody."""
        return rows.filter(SEATS) if answer == "yes" else rows.exclude(SEATS)


class EnrolmentFilter(FilterSet):
    """Filters of the list of enrolments."""

    name = CharFilter(label=_("Name or code of the person"), method="named")
    below = BelowFilter(label=_("Works in or below"), empty_label=_("All"), queryset=units_of, method="inside")
    course = CharFilter(label=_("Title or code of the course"), method="taught")
    session = CharFilter(label=_("Code of the session"), field_name="session__code", lookup_expr="iexact")
    status = ChoiceFilter(label=_("Status"), choices=Enrolment.Status, empty_label=_("All"))
    source = ChoiceFilter(label=_("Proposed by the plan"), choices=_sources, empty_label=_("All"))
    late = ChoiceFilter(label=_("Answer is late"), choices=YES_NO, empty_label=_("All"), method="overdue")

    def named(self, rows: QuerySet[Enrolment], _field: str, words: str) -> QuerySet[Enrolment]:
        """Those of people whose name or code has the words."""
        return rows.filter(person__in=Person.objects.all().finding(words).values("pk"))

    def inside(self, rows: QuerySet[Any], _field: str, unit: Unit) -> QuerySet[Any]:
        """Those of people who work in the unit or below it."""
        return rows.filter(unit_path__startswith=unit.path)

    def taught(self, rows: QuerySet[Enrolment], _field: str, words: str) -> QuerySet[Enrolment]:
        """Those in sessions of courses whose title or code has the words."""
        return rows.filter(session__course__in=Course.objects.all().finding(words).values("pk"))

    def overdue(self, rows: QuerySet[Enrolment], _field: str, answer: str) -> QuerySet[Enrolment]:
        """Those that should have been answered before today, or the others."""
        late = Q(status=Enrolment.Status.PROPOSED, answer_by__lt=localdate())
        return rows.filter(late) if answer == "yes" else rows.exclude(late)


class ObjectionFilter(FilterSet):
    """Filters of the list of objections."""

    name = CharFilter(label=_("Name or code of the person"), method="named")
    below = BelowFilter(label=_("Works in or below"), empty_label=_("All"), queryset=units_of, method="inside")
    state = ChoiceFilter(label=_("State"), choices=Objection.State, empty_label=_("All"))

    def named(self, rows: QuerySet[Objection], _field: str, words: str) -> QuerySet[Objection]:
        """Those of people whose name or code has the words."""
        return rows.filter(person__in=Person.objects.all().finding(words).values("pk"))

    def inside(self, rows: QuerySet[Any], _field: str, unit: Unit) -> QuerySet[Any]:
        """Those of people who work in the unit or below it."""
        return rows.filter(unit_path__startswith=unit.path)


class ProviderFilter(FilterSet):
    """Filters of the list of providers."""

    name = CharFilter(label=_("Name"), method="named")

    def named(self, rows: FindableQuerySet[Provider], _field: str, words: str) -> FindableQuerySet[Provider]:
        """Those whose name has the words."""
        return rows.finding(words)


def _whether(rows: QuerySet[Course], answer: str, inside: QuerySet[Any, Any]) -> QuerySet[Course]:
    return rows.filter(pk__in=inside) if answer == "yes" else rows.exclude(pk__in=inside)
