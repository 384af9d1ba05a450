"""What can be learnt: courses, what they teach, and when they are held."""

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vested.core.finding import Findable, FindableQuerySet
from vested.core.scope import Outside, Scope, ScopedManager, ScopedQuerySet, SectorModel
from vested.skills.models import Role, Skill


class Provider(Findable):
    """Who gives courses, inside or outside."""

    found_by = ("name",)

    name = models.CharField(max_length=200)

    objects = ScopedManager.from_queryset(FindableQuerySet)()

    class Meta(SectorModel.Meta):
        """One name a sector."""

        constraints = (models.UniqueConstraint(fields=("sector", "name"), name="provider_name"),)
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Course(Findable):
    """Training somebody can take; a host may share one with all sectors."""

    scope = Scope.SHARED
    found_by = ("title", "code")
    outside = Outside(
        _("Course"),
        {
            "code": _("Code"),
            "mode": _("How it is held"),
            "language": _("Language"),
            "hours": _("Hours"),
            "url": _("Where"),
        },
    )

    class Mode(models.TextChoices):
        """How a course is held."""

        ONLINE = "online", _("Online")
        IN_PERSON = "in_person", _("In person")
        BLENDED = "blended", _("Blended")

    code = models.CharField(max_length=100)  # the office's own
    title = models.CharField(max_length=300)
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, related_name="courses")
    mode = models.CharField(max_length=20, choices=Mode, blank=True)
    language = models.CharField(max_length=35, blank=True)  # none: any
    hours = models.FloatField(validators=[MinValueValidator(0)])  # each person's
    cost = models.DecimalField(max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])  # each person's
    prerequisite = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="leads_to")
    url = models.CharField(max_length=500, blank=True)
    shared = models.BooleanField(default=False)

    objects = ScopedManager.from_queryset(FindableQuerySet)()

    class Meta(SectorModel.Meta):
        """One code a sector."""

        constraints = (models.UniqueConstraint(fields=("sector", "code"), name="course_code"),)
        ordering = ("title", "code")

    def __str__(self) -> str:
        return self.title


class Compulsory(SectorModel):
    """That everybody in a role (no role: everybody) must have completed a course."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="compulsory_for")
    role = models.ForeignKey(Role, models.CASCADE, null=True, blank=True, related_name="compulsory_courses")

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """Once each."""

        constraints = (
            models.UniqueConstraint(fields=("course", "role"), name="compulsory_once"),
            models.UniqueConstraint(fields=("course",), condition=Q(role=None), name="compulsory_once_for_all"),
        )

    def __str__(self) -> str:
        return f"{self.course} for {self.role or 'all'}"


class Outcome(SectorModel):
    """A course takes whoever has at least ``from_level`` of a skill to ``to_level``."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="outcomes")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="taught_by")
    from_level = models.FloatField(default=0.0, validators=[MinValueValidator(0)])
    to_level = models.FloatField()

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """One a course and skill, which takes people up."""

        constraints = (
            models.UniqueConstraint(fields=("course", "skill"), name="outcome_once"),
            models.CheckConstraint(condition=Q(to_level__gt=F("from_level")), name="outcome_up"),
        )

    def __str__(self) -> str:
        return f"{self.course}: {self.skill} to {self.to_level:g}"


class Session(SectorModel):
    """One time a course is held, in a period of the horizon."""

    code = models.CharField(max_length=100)  # the office's own
    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions")
    period = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])  # 1 is the first
    starts_on = models.DateField(null=True, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)  # none: no limit

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """One code a sector; in order of time."""

        constraints = (models.UniqueConstraint(fields=("sector", "code"), name="session_code"),)
        ordering = ("period", "starts_on", "code")

    def __str__(self) -> str:
        return self.code

    @property
    def when(self) -> str:
        """The day it starts; where none is known, its period."""
        if self.starts_on:
            return date_format(self.starts_on)
        return gettext("Period %(number)s") % {"number": self.period}

    def is_coming(self, on: date) -> bool:
        """Whether it has not begun on that day; one whose day is not known is still to come."""
        return self.starts_on is None or self.starts_on > on
