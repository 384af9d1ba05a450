"""The nouns of the ecosystem."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from vested.core.finding import Findable, FindableQuerySet
from vested.core.models import Counterparty, Person, Unit
from vested.core.scope import ScopedManager, ScopedQuerySet, SectorModel, Walled

SOON = timedelta(days=90)  # before it ends, an agreement is ending: to be renewed, or let go


class AgreementQuerySet(FindableQuerySet["Agreement"]):
    """Questions about agreements."""

    def with_state(self, day: date) -> Self:
        """Each with its ``state`` on that day, computed from its dates; until when it ``lasts``, if it does."""
        state = Agreement.State
        over = Q(ended_on__lte=day) | Q(ends_on__lt=day)
        return self.annotate(
            lasts=Case(When(over, then=Value(None)), default=F("ends_on"), output_field=models.DateField()),
            state=Case(
                When(over, then=Value(state.OVER)),
                When(starts_on__gt=day, then=Value(state.TO_COME)),
                When(ends_on__lte=day + SOON, then=Value(state.ENDING)),
                default=Value(state.RUNNING),
                output_field=CharField(),
            ),
        )

    def of(self, counterparty: int | None) -> Self:
        """Those with one counterparty, be it the first named or another party."""
        others = Party.objects.filter(counterparty=counterparty).values("agreement")
        return self.filter(Q(counterparty=counterparty) | Q(pk__in=others))

    def running_on(self, day: date) -> Self:
        """Those that have begun and have not ended on that day."""
        not_ended = Q(ended_on=None) | Q(ended_on__gt=day)
        return self.filter(not_ended, starts_on__lte=day, ends_on__gte=day)


class Agreement(Walled, Findable):
    """What is agreed with a counterparty: who is what to whom in it, from and until when."""

    found_by = ("title", "code")

    class State(models.TextChoices):
        """How it stands on a day."""

        TO_COME = "to_come", _("to come")
        RUNNING = "running", _("running")
        ENDING = "ending", _("ends soon")
        OVER = "over", _("ended")

    title = models.CharField(max_length=200)
    code = models.CharField(max_length=100, blank=True)  # the office's own: where the signed paper is kept
    counterparty = models.ForeignKey(Counterparty, models.PROTECT, related_name="agreements")
    roles = models.TextField()  # who is what to whom in it
    words = models.TextField()  # what is agreed
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="agreements")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="agreements")
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # before its time
    ended_why = models.TextField(blank=True)
    reminded = models.BooleanField(default=False, editable=False)  # that it ends soon
    version = models.PositiveIntegerField(default=1, editable=False)  # counted up by locking.hold

    objects = ScopedManager.from_queryset(AgreementQuerySet)()

    class Meta(SectorModel.Meta):
        """The next to end first; it ends after it starts."""

        constraints = (models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="agreement_ends_after"),)
        ordering = ("ends_on", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def with_whom(self) -> str:
        """All the counterparties it is with, the first named first."""
        return ", ".join(map(str, (self.counterparty, *self.parties.all())))


class Share(Walled):
    """That a thing is shown to whom an agreement is with, while it runs: by whom, and since when.

    No foreign key to the thing: it is a higher room's, of a kind that says what of it is told outside.
    """

    walled_by = ("agreement",)

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="shares")
    kind = models.CharField(max_length=60)  # as history names it: "direction.duty"
    thing_id = models.BigIntegerField()
    shared_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateField()

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """Each thing once an agreement."""

        constraints = (models.UniqueConstraint(fields=("agreement", "kind", "thing_id"), name="share_once"),)
        ordering = ("since", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.thing_id}"


class Party(SectorModel):
    """That an agreement is with another counterparty too."""

    walled_by = ("agreement",)

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    counterparty = models.ForeignKey(Counterparty, models.PROTECT, related_name="joined")

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """Each once an agreement."""

        constraints = (models.UniqueConstraint(fields=("agreement", "counterparty"), name="party_once"),)
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.counterparty)


class Contact(SectorModel):
    """Somebody outside to turn to about an agreement; they need not sign in here."""

    walled_by = ("agreement",)

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """By name."""

        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Document(SectorModel):
    """A file that belongs to an agreement, such as the signed paper; whom it is with may take it while it runs."""

    walled_by = ("agreement",)

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="documents")
    name = models.CharField(max_length=200)  # of the file
    size = models.PositiveIntegerField()  # bytes
    place = models.CharField(max_length=200, editable=False)  # where it is kept
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    added_on = models.DateField()

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta(SectorModel.Meta):
        """In the order in which they came."""

        ordering = ("added_on", "pk")

    def __str__(self) -> str:
        return self.name
