"""What people are employed to do, what that asks of them, and what initiatives ask for."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vested.core.finding import Findable, FindableQuerySet
from vested.core.models import Person, PersonalQuerySet, Unit
from vested.core.scope import Outside, Scope, ScopedManager, ScopedQuerySet, SectorModel
from vested.skills.models.frameworks import Skill


class JobFamily(SectorModel):
    """Roles of one profession, such as procurement or communication."""

    name = models.CharField(max_length=200)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """One name a sector."""

        constraints = (models.UniqueConstraint(fields=("sector", "name"), name="job_family_name"),)
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Role(Findable):
    """What somebody is employed to do (what somebody may do in Vested is ``core.permissions.Role``)."""

    code = models.CharField(max_length=100)  # the office's own
    name = models.CharField(max_length=200)
    family = models.ForeignKey(JobFamily, models.PROTECT, null=True, blank=True, related_name="roles")
    weight = models.FloatField(default=1.0, validators=[MinValueValidator(0)])
    ended_on = models.DateField(null=True, blank=True)  # nobody holds it any more, and somebody has

    objects = ScopedManager.from_queryset(FindableQuerySet)()

    class Meta(SectorModel.Meta):
        """One code a sector."""

        constraints = (models.UniqueConstraint(fields=("sector", "code"), name="role_code"),)
        ordering = ("name", "code")

    def __str__(self) -> str:
        return self.name


class Requirement(SectorModel):
    """The level of a skill that a role asks for."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="requirements")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="requirements")
    level = models.FloatField(validators=[MinValueValidator(0)])
    weight = models.FloatField(default=1.0, validators=[MinValueValidator(0)])

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """One of each skill a role."""

        constraints = (models.UniqueConstraint(fields=("role", "skill"), name="requirement_once"),)

    def __str__(self) -> str:
        return f"{self.role}: {self.skill} at {self.level:g}"


class Post(SectorModel):
    """That a person is employed in a role, from and until when."""

    scope = Scope.PERSONAL

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    role = models.ForeignKey(Role, models.PROTECT, related_name="posts")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = ScopedManager.from_queryset(PersonalQuerySet)()

    class Meta(SectorModel.Meta):
        """One at a time; it ends after it begins."""

        constraints = (
            models.UniqueConstraint(fields=("person",), condition=Q(until=None), name="post_one_at_a_time"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="post_ends_after"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class Source(Findable):
    """What asks for people, such as an initiative: whatever more there is to it, a higher room knows, or none."""

    found_by = ("title", "code")
    outside = Outside(_("Initiative"), {"code": _("Code")})

    code = models.CharField(max_length=100)  # the office's own
    title = models.CharField(max_length=300)

    objects = ScopedManager.from_queryset(FindableQuerySet)()

    class Meta(SectorModel.Meta):
        """One code a sector."""

        constraints = (models.UniqueConstraint(fields=("sector", "code"), name="source_code"),)
        ordering = ("title", "code")

    def __str__(self) -> str:
        return self.title


class Demand(SectorModel):
    """People a source asks for, at a level of a skill, by the end of a period."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="demands")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="demands")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")  # none: whole sector
    level = models.FloatField(validators=[MinValueValidator(0)])
    people = models.PositiveIntegerField()
    by_period = models.PositiveSmallIntegerField()  # 1 is the first of the horizon
    weight = models.FloatField(default=1.0, validators=[MinValueValidator(0)])
    due_on = models.DateField(null=True, blank=True)  # once it is decided when the source starts

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """By what asks."""

        ordering = ("source", "skill", "pk")

    def __str__(self) -> str:
        return f"{self.source}: {self.people} at {self.level:g} in {self.skill}"
