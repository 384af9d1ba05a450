"""Who is proposed for a session, what they answered, and what they object to."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vested.academy.models.catalogue import Course, Session
from vested.core.models import Membership, Person, PersonalQuerySet
from vested.core.permissions import Permission
from vested.core.scope import Scope, ScopedManager, ScopedQuerySet, SectorModel

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


class Status(models.TextChoices):
    """How far an enrolment is."""

    PROPOSED = "proposed", _("Proposed")
    WAITING = "waiting", _("On the waiting list")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ATTENDED = "attended", _("Attended")
    ABSENT = "absent", _("Absent")


SEATED = (Status.PROPOSED, Status.ACCEPTED, Status.ATTENDED)  # each holds a seat
COMING = (Status.ACCEPTED, Status.ATTENDED, Status.ABSENT)  # those whose attendance is recorded


class EnrolmentQuerySet(PersonalQuerySet["Enrolment"]):
    """Questions about enrolments."""

    def seated(self) -> Self:
        """Those that hold a seat."""
        return self.filter(status__in=SEATED)

    def late(self, on: date) -> Self:
        """Proposals that should have been answered before that day."""
        return self.filter(status=Status.PROPOSED, answer_by__lt=on)

    def answered(self) -> Self:
        """Those a person said yes or no to, then or later; not those who did not come."""
        said = (Status.ACCEPTED, Status.DECLINED, Status.ATTENDED)
        return self.filter(Q(status__in=said) | Q(status=Status.WITHDRAWN, answered_at__isnull=False))

    def in_line(self) -> Self:
        """Those on a waiting list, who came first first."""
        return self.filter(status=Status.WAITING).order_by("waiting_since", "pk")


class Enrolment(SectorModel):
    """That a person is proposed for a session, or waits for a seat in it, and what came of it.

    A machine proposes, the person answers. ``answered_by`` is somebody else where that was done on the person's behalf.
    """

    scope = Scope.PERSONAL
    Status = Status

    person = models.ForeignKey(Person, models.CASCADE, related_name="enrolments")
    session = models.ForeignKey(Session, models.PROTECT, related_name="enrolments")
    status = models.CharField(max_length=20, choices=Status)
    reason = models.TextField(blank=True, default="")  # why it was declined or withdrawn
    source = models.CharField(max_length=200, blank=True, default="")  # the plan that proposed it; none: people did
    proposed_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    waiting_since = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)  # counted up by locking.hold

    objects = ScopedManager.from_queryset(EnrolmentQuerySet)()

    class Meta(SectorModel.Meta):
        """One a person and session."""

        constraints = (models.UniqueConstraint(fields=("person", "session"), name="enrolment_once"),)
        indexes = (
            models.Index(fields=("sector", "session", "status"), name="enrolment_seats"),
            models.Index(fields=("sector", "status", "answer_by"), name="enrolment_status"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.session}"

    def is_of(self, viewer: "Viewer") -> bool:
        """Whether it is the viewer's own."""
        return viewer.person is not None and self.person_id == viewer.person.pk

    def is_late(self, on: date) -> bool:
        """Whether it should have been answered before that day."""
        return self.status == Status.PROPOSED and self.answer_by is not None and self.answer_by < on


class ObjectionQuerySet(ScopedQuerySet["Objection"]):
    """Questions about objections."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """One's own, and those of people whose enrolments one may change: a manager may be what is objected to."""
        own = Q(person=viewer.person.pk) if viewer.person else Q(pk__in=())
        if "/" in viewer.paths(Permission.ENROLMENT_CHANGE):
            return self
        members = Membership.objects.filter(viewer.below(Permission.ENROLMENT_CHANGE, "unit__path"), until=None)
        return self.filter(own | Q(person__in=members.values("person")))

    def waiting(self) -> Self:
        """Those not answered, the first due first."""
        return self.filter(state=Objection.State.OPEN).order_by("answer_by", "pk")


class Objection(SectorModel):
    """That a person objects to a proposal, or to none being made, and what a person answered."""

    scope = Scope.PERSONAL

    class State(models.TextChoices):
        """What came of an objection."""

        OPEN = "open", _("Waits for an answer")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Dismissed")
        WITHDRAWN = "withdrawn", _("Taken back")

    person = models.ForeignKey(Person, models.CASCADE, related_name="objections")
    enrolment = models.ForeignKey(Enrolment, models.SET_NULL, null=True, blank=True, related_name="objections")
    course = models.ForeignKey(Course, models.SET_NULL, null=True, blank=True, related_name="objections")
    words = models.TextField()
    raised_at = models.DateTimeField()
    answer_by = models.DateField()
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)  # counted up by locking.hold

    objects = ScopedManager.from_queryset(ObjectionQuerySet)()

    class Meta(SectorModel.Meta):
        """One open at a time about each enrolment."""

        constraints = (
            models.UniqueConstraint(fields=("enrolment",), condition=Q(state="open"), name="objection_open_once"),
        )
        indexes = (models.Index(fields=("sector", "state", "answer_by"), name="objection_due"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.course or self.pk}"

    def is_of(self, viewer: "Viewer") -> bool:
        """Whether the viewer raised it."""
        return viewer.person is not None and self.person_id == viewer.person.pk

    def is_late(self, on: date) -> bool:
        """Whether it should have been answered before that day."""
        return self.state == self.State.OPEN and self.answer_by < on
