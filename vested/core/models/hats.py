"""What people are towards organisations outside, and the walls between what each of these hats may see."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vested.core.finding import Findable, FindableQuerySet
from vested.core.models.people import Person
from vested.core.permissions import Permission
from vested.core.scope import Scope, ScopedManager, ScopedQuerySet, SectorModel

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


class HatKind(models.TextChoices):
    """What the office is towards an organisation, through one of its people."""

    CUSTOMER = "customer", _("customer")  # buys from it
    CLIENT = "client", _("client")  # is served by it
    INSPECTOR = "inspector", _("inspector")  # supervises it, and grants what it needs
    FUNDER = "funder", _("funder")  # gives it money
    PARTNER = "partner", _("partner")  # works with it, as an agreement says


class Counterparty(Findable):
    """An organisation outside, towards which the office may be several things at once."""

    code = models.CharField(max_length=100)  # the office's own
    name = models.CharField(max_length=200)
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)  # counted up by locking.hold

    objects = ScopedManager.from_queryset(FindableQuerySet)()

    class Meta(SectorModel.Meta):
        """One code a sector."""

        constraints = (models.UniqueConstraint(fields=("sector", "code"), name="counterparty_code"),)
        verbose_name_plural = "counterparties"
        ordering = ("name", "code")

    def __str__(self) -> str:
        return self.name


class Wall(SectorModel):
    """What a hat towards a counterparty has to itself: rows that name a wall exist for who wears its hat."""

    counterparty = models.ForeignKey(Counterparty, models.PROTECT, related_name="walls")
    kind = models.CharField(max_length=20, choices=HatKind)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """One a counterparty and kind of hat."""

        constraints = (models.UniqueConstraint(fields=("counterparty", "kind"), name="wall_once"),)

    def __str__(self) -> str:
        return str(_("%(kind)s of %(counterparty)s") % {"kind": self.said, "counterparty": self.counterparty})

    @property
    def said(self) -> str:
        """The kind of hat, in the reader's language."""
        return str(HatKind(self.kind).label)


class HatQuerySet(ScopedQuerySet["Hat"]):
    """Questions about hats."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """All of them for who may see who is what to whom; otherwise one's own."""
        if viewer.may(Permission.HAT_SEE):
            return self
        return self.filter(person=viewer.person) if viewer.person else self.none()

    def held_on(self, day: date) -> Self:
        """Those had on that day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def not_over(self, day: date) -> Self:
        """Those had on that day, or from a later one."""
        return self.filter(Q(until=None) | Q(until__gte=day))


class Hat(SectorModel):
    """That somebody is something towards a counterparty, from and until when."""

    scope = Scope.PERSONAL

    person = models.ForeignKey(Person, models.CASCADE, related_name="hats")
    wall = models.ForeignKey(Wall, models.PROTECT, related_name="hats")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = ScopedManager.from_queryset(HatQuerySet)()

    class Meta(SectorModel.Meta):
        """Without an end, one a person and wall."""

        constraints = (models.UniqueConstraint(fields=("person", "wall"), condition=Q(until=None), name="hat_once"),)
        ordering = ("since", "pk")

    def __str__(self) -> str:
        return str(self.wall)


class Pairing(SectorModel):
    """What a sector says of two kinds of hats towards one counterparty; where it says nothing, ``core.hats`` does."""

    class Rule(models.TextChoices):
        """How far apart two hats are kept."""

        NEVER = "never", _("never one person")
        APART = "apart", _("not in one session")
        ALLOWED = "allowed", _("one after the other")

    one = models.CharField(max_length=20, choices=HatKind)  # the lesser of the two, as they are sorted
    other = models.CharField(max_length=20, choices=HatKind)
    rule = models.CharField(max_length=20, choices=Rule)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """Each pair once."""

        constraints = (
            models.UniqueConstraint(fields=("sector", "one", "other"), name="pairing_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="pairing_sorted"),
        )
        ordering = ("one", "other")

    def __str__(self) -> str:
        return f"{self.one}, {self.other}: {self.rule}"
