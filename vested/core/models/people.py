"""People, where they work, what they are there, and how they sign in."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import F, Q

from vested.core.finding import Findable, FindableQuerySet
from vested.core.models.sectors import Unit
from vested.core.permissions import Permission, Role
from vested.core.scope import M, Scope, ScopedManager, ScopedQuerySet, SectorModel, System, acting

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


class UserManager(BaseUserManager["User"]):
    """Makes accounts, and closes them."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password nobody can sign in by one."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save()
        return user

    def close(self, users: Iterable["User"]) -> int:
        """Delete those accounts that belong to nobody in any sector, and sign them out; how many."""
        asked = {user.pk for user in users}
        with acting(System("see whether an account is somebody's elsewhere")):
            kept = set(Person.objects.filter(user__in=asked).values_list("user_id", flat=True))
        closing = {str(pk) for pk in asked - kept}
        sessions = [one.pk for one in Session.objects.iterator() if one.get_decoded().get(SESSION_KEY) in closing]
        Session.objects.filter(pk__in=sessions).delete()
        self.filter(pk__in=closing).delete()
        return len(closing)


class User(AbstractBaseUser):
    """An account to sign in with; what it may see and do hangs on its people, one a sector."""

    scope = Scope.SYSTEM

    last_login = None  # who worked when is nobody's business; and signing in writes nothing but the session
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.email


class PersonQuerySet(FindableQuerySet["Person"]):
    """Questions about people."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Oneself, the people of units where a role lets one see people, and those outside for who lets them in."""
        inside = Q(pk=viewer.person.pk) if viewer.person else Q(pk__in=())
        if viewer.may(Permission.PARTNER_CHANGE):
            inside |= Q(counterparty__isnull=False)
        if "/" in viewer.paths(Permission.PEOPLE_SEE):
            return self
        members = Membership.objects.filter(viewer.below(Permission.PEOPLE_SEE, "unit__path"), until=None)
        return self.filter(inside | Q(pk__in=members.values("person")))


class PersonalQuerySet(ScopedQuerySet[M]):
    """Questions about rows of a ``person``."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those of the people whom the viewer may see; who may see everybody is not asked about each."""
        if "/" in viewer.paths(Permission.PEOPLE_SEE):
            return self
        return self.filter(person__in=Person.objects.visible_to(viewer).values("pk"))


class Person(Findable):
    """Somebody who works in the sector; or who belongs to an organisation outside and is let in."""

    scope = Scope.PERSONAL
    own = "pk"

    code = models.CharField(max_length=100)  # the office's own
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="people")
    counterparty = models.ForeignKey(  # whose they are, if they belong outside
        "core.Counterparty", models.PROTECT, null=True, blank=True, related_name="people"
    )
    let_go_on = models.DateField(null=True, blank=True)  # since when they are no longer let in
    version = models.PositiveIntegerField(default=1, editable=False)  # counted up by locking.hold

    objects = ScopedManager.from_queryset(PersonQuerySet)()

    class Meta(SectorModel.Meta):
        """One code a sector, one person an account and sector."""

        constraints = (
            models.UniqueConstraint(fields=("sector", "code"), name="person_code"),
            models.UniqueConstraint(fields=("sector", "user"), name="person_user"),
        )
        ordering = ("name", "code")

    def __str__(self) -> str:
        return self.name or self.code


class Membership(SectorModel):
    """That a person works in a unit, from and until when."""

    scope = Scope.PERSONAL

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    manager = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="reports")
    grade = models.CharField(max_length=50, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = ScopedManager.from_queryset(PersonalQuerySet)()

    class Meta(SectorModel.Meta):
        """One at a time; it ends after it begins."""

        constraints = (
            models.UniqueConstraint(fields=("person",), condition=Q(until=None), name="membership_one_at_a_time"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="membership_ends_after"),
        )
        indexes = (models.Index(fields=("sector", "unit"), name="membership_unit"),)

    def __str__(self) -> str:
        return f"{self.person} in {self.unit}"


class GrantQuerySet(PersonalQuerySet["Grant"]):
    """Questions about roles held."""

    def held_on(self, day: date) -> Self:
        """Those in force on that day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Grant(SectorModel):
    """That a person holds a role for a unit and all below it (no unit: for the whole sector)."""

    scope = Scope.PERSONAL

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="grants")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = ScopedManager.from_queryset(GrantQuerySet)()

    def __str__(self) -> str:
        return f"{self.person}: {self.role} for {self.unit or self.sector}"
