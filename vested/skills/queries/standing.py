"""Where a person stands: each level known, how sure it is, and what the person's role asks."""

from dataclasses import dataclass
from enum import StrEnum

from vested.core.models import Person
from vested.core.viewer import Viewer
from vested.skills.models import Level, Post, Requirement, Skill

Z = 1.645  # standard errors to either side, within which nine of ten true levels lie


class Verdict(StrEnum):
    """How a level stands to what is asked: said only where the whole range says so."""

    SHORT = "short"
    UNKNOWN = "unknown"  # nothing is known, so it counts as 0
    UNSURE = "unsure"
    MEETS = "meets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A skill, the ``level`` known of it with its range (None: how sure is not known), and what is ``asked`` of it."""

    skill: Skill
    level: Level | None
    asked: float = 0.0

    @property
    def estimate(self) -> float:
        """The level; 0 where nothing is known."""
        return self.level.level if self.level else 0.0

    @property
    def range(self) -> tuple[float, float]:
        """Where the true level lies, nine times of ten."""
        wide = Z * (self.level.error or 0.0) if self.level else 0.0
        return max(self.estimate - wide, 0.0), self.estimate + wide

    @property
    def verdict(self) -> Verdict:
        """What the range says of what is asked."""
        low, high = self.range
        if self.level is None:
            return Verdict.UNKNOWN
        if low >= self.asked:
            return Verdict.MEETS
        return Verdict.SHORT if high < self.asked else Verdict.UNSURE

    @property
    def short(self) -> float:
        """How many levels are missing by the estimate."""
        return max(self.asked - self.estimate, 0.0)


@dataclass(frozen=True, slots=True)
class Stood:
    """A person's post, how they stand in each skill it asks for (the widest gap first), and the other levels known."""

    post: Post | None
    asked: list[Standing]
    others: list[Standing]


def stands(viewer: Viewer, person: Person) -> Stood:
    """What is known of a person; nothing where the viewer may not see them."""
    if not Person.objects.all().visible_to(viewer).filter(pk=person.pk).exists():  # once: in each question it is slow
        return Stood(None, [], [])
    post = Post.objects.filter(person=person, until=None).select_related("role__family").first()
    rows = Level.objects.filter(person=person).select_related("skill")
    known = {row.skill_id: row for row in rows.order_by("skill__area", "skill__find", "pk")}
    asked = [
        Standing(skill=row.skill, level=known.pop(row.skill_id, None), asked=row.level)
        for row in Requirement.objects.filter(role=post.role_id).select_related("skill").order_by("skill__find", "pk")
        if row.level > 0
    ] if post else []  # fmt: skip
    order = list(Verdict)
    asked.sort(key=lambda one: (order.index(one.verdict), -one.short))
    return Stood(post, asked, [Standing(skill=row.skill, level=row) for row in known.values()])
