"""What was judged, waived and passed at the gates of an initiative. None of it is changed afterwards."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from vested.core.models import Person
from vested.core.scope import ScopedManager, SectorModel
from vested.direction.models.written import Written, WrittenQuerySet
from vested.portfolio.models.initiatives import Initiative


class Judgement(Written):
    """What somebody in a named role found of a check, with the reason; of one check the newest counts."""

    written = ("code", "met", "words", "on")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="judgements")
    code = models.CharField(max_length=40)  # of a check in queries/checks.py
    met = models.BooleanField()
    words = models.TextField()
    on = models.DateField()
    judged_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """In the order of time."""

        ordering = ("on", "pk")

    def __str__(self) -> str:
        return self.words[:100]


class Waiver(Written):
    """That a check need not be met until a day, why, and who answers for that. After it, the gate is open again."""

    written = ("code", "reason", "on", "until")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="waivers")
    code = models.CharField(max_length=40)  # of a check in queries/checks.py
    reason = models.TextField()
    on = models.DateField()
    until = models.DateField()
    approved_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    warned = models.BooleanField(default=False, editable=False)  # that it is about to run out
    told = models.BooleanField(default=False, editable=False)  # that it has

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """The next to run out first; it ends after it begins."""

        constraints = (models.CheckConstraint(condition=Q(until__gte=F("on")), name="waiver_ends_after"),)
        ordering = ("until", "pk")

    def __str__(self) -> str:
        return self.reason[:100]

    def is_in_force(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.on <= day <= self.until


class Passage(Written):
    """That an initiative passed a gate, and which checks were waived then."""

    written = ("gate", "on", "waived")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="passages")
    gate = models.CharField(max_length=20, choices=Initiative.Stage)
    on = models.DateField()
    waived = models.JSONField(default=list)  # codes of checks
    words = models.TextField(blank=True)
    passed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(WrittenQuerySet)()

    class Meta(SectorModel.Meta):
        """In the order of time."""

        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.get_gate_display()} on {self.on}"
