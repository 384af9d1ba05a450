"""What is demanded of the office from outside, and chances that pass."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vested.core.finding import Findable, FindableQuerySet
from vested.core.models import Person, Unit
from vested.core.scope import Outside, ScopedManager, ScopedQuerySet, SectorModel, Walled
from vested.direction.models.written import Written, WrittenQuerySet


class Duty(Walled, Findable):
    """What a law, a strategy, or the protection of systems and data demands by some day; what answers it is linked."""

    found_by = ("title", "code", "source")
    outside = Outside(
        _("Duty"),
        {"kind": _("What demands it"), "source": _("Where it is written"), "words": _("What is demanded"),
         "due_on": _("Due on"), "met_on": _("Met on")},
    )  # fmt: skip

    class Kind(models.TextChoices):
        """Where it comes from."""

        LAW = "law", _("A law")
        NATIONAL = "national", _("A national strategy")
        SECTOR = "sector", _("A strategy of the sector")
        SECURITY = "security", _("Security")
        PRIVACY = "privacy", _("Data protection")

    code = models.CharField(max_length=100, blank=True)  # the office's own
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    source = models.CharField(max_length=200)  # where it is written: law and article, strategy and page
    words = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="duties")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="duties")
    due_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    met_how = models.TextField(blank=True)

    objects = ScopedManager.from_queryset(FindableQuerySet)()

    class Meta(SectorModel.Meta):
        """The next due first."""

        verbose_name_plural = "duties"
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.title


class Opportunity(Walled, Findable):
    """A window that is open for a while: a crisis, a new government statement, a renewal, a request to cooperate."""

    found_by = ("title",)
    outside = Outside(
        _("Opportunity"),
        {
            "intention": _("What we want"),
            "opens_on": _("Open from"),
            "closes_on": _("Until"),
            "ended_on": _("Ended on"),
        },
    )

    title = models.CharField(max_length=200)
    intention = models.TextField()  # what we openly want
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="opportunities")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="opportunities")
    opens_on = models.DateField()
    closes_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    seized = models.BooleanField(null=True, blank=True)
    ended_why = models.TextField(blank=True)

    objects = ScopedManager.from_queryset(FindableQuerySet)()

    class Meta(SectorModel.Meta):
        """The next to close first; it closes after it opens."""

        constraints = (
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="opportunity_closes_after"),
        )
        verbose_name_plural = "opportunities"
        ordering = ("closes_on", "pk")

    def __str__(self) -> str:
        return self.title


class Invitation(SectorModel):
    """Somebody outside or inside who was asked to join an opportunity, and what they answered."""

    class Answer(models.TextChoices):
        """What they answered."""

        IN = "in", _("in")
        LATER = "later", _("later")
        NO = "no", _("no")

    walled_by = ("opportunity",)

    opportunity = models.ForeignKey(Opportunity, models.PROTECT, related_name="invitations")
    party = models.CharField(max_length=200)
    asked_on = models.DateField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """Each party once."""

        constraints = (models.UniqueConstraint(fields=("opportunity", "party"), name="invitation_once"),)
        ordering = ("asked_on", "pk")

    def __str__(self) -> str:
        return self.party


class Momentum(Written):
    """What moved, or stopped, in an opportunity."""

    written = ("words", "noted_on")
    walled_by = ("opportunity",)

    opportunity = models.ForeignKey(Opportunity, models.PROTECT, related_name="momentum")
    words = models.TextField()
    noted_on = models.DateField()
    noted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """In the order of time."""

        ordering = ("noted_on", "pk")

    def __str__(self) -> str:
        return self.words[:100]
