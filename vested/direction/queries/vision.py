"""Questions about the vision, what it rests on, and what it means for units."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import DateField, OuterRef, QuerySet, Subquery, TextField

from vested.core.models import Unit
from vested.core.viewer import Viewer
from vested.direction.models import Future, Meaning, Need, Retelling, Vision

OLD = timedelta(days=365)  # what the vision means is to be said again within a year
AGAIN = timedelta(days=60)  # between two reminders


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """What a version of the vision rests on: futures, and needs by the group that has them."""

    futures: list[Future]
    needs: list[tuple[str, list[Need]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Of how many units it is said what the vision means for them, and of how many that is old."""

    units: int
    said: int
    old: int


def vision_now(viewer: Viewer) -> Vision | None:
    """The newest version."""
    return Vision.objects.all().visible_to(viewer).select_related("written_by").order_by("-number").first()


def resting_on(viewer: Viewer, day: date) -> Resting:
    """What the vision rested on that day."""
    needs: dict[str, list[Need]] = {}
    for need in Need.objects.all().visible_to(viewer).held_on(day).order_by("group", "pk"):
        needs.setdefault(need.group, []).append(need)
    futures = list(Future.objects.all().visible_to(viewer).held_on(day).order_by("year", "title", "pk"))
    return Resting(futures=futures, needs=list(needs.items()))


def units_meaning(viewer: Viewer) -> QuerySet[Unit]:
    """Units that have not ended, with what the vision means for each: ``words`` and ``said_on``, None where unsaid."""
    newest = Meaning.objects.filter(unit=OuterRef("pk")).order_by("-said_on", "-pk")
    return (
        Unit.objects.all()
        .visible_to(viewer)
        .filter(ended_on=None)
        .annotate(
            words=Subquery(newest.values("words")[:1], output_field=TextField(null=True)),
            said_on=Subquery(newest.values("said_on")[:1], output_field=DateField(null=True)),
        )
    )


def is_old(said_on: date, day: date, vision: Vision | None) -> bool:
    """Whether what was said is to be said again: a year has passed, or the vision was written anew since."""
    return said_on + OLD <= day or (vision is not None and vision.since > said_on)


def grown_old(viewer: Viewer, day: date) -> list[Meaning]:
    """The newest words of each unit that have grown old."""
    vision = vision_now(viewer)
    newest = Meaning.objects.filter(unit=OuterRef("unit")).order_by("-said_on", "-pk").values("pk")[:1]
    rows = Meaning.objects.filter(pk=Subquery(newest), unit__ended_on=None)
    return [one for one in rows.select_related("unit").order_by("pk") if is_old(one.said_on, day, vision)]


def said_of(viewer: Viewer, day: date) -> Said:
    """How far the vision has come in the units."""
    vision, days = vision_now(viewer), [getattr(row, "said_on", None) for row in units_meaning(viewer)]
    said = [one for one in days if one]
    return Said(units=len(days), said=len(said), old=sum(is_old(one, day, vision) for one in said))


def meanings_of(viewer: Viewer, unit: Unit) -> QuerySet[Meaning]:
    """What a unit has said, the newest first."""
    return (
        Meaning.objects.all().visible_to(viewer).filter(unit=unit).select_related("said_by").order_by("-said_on", "-pk")
    )


def retellings_listed(viewer: Viewer) -> QuerySet[Retelling]:
    """When the vision was told again."""
    return Retelling.objects.all().visible_to(viewer).select_related("told_by", "unit")
