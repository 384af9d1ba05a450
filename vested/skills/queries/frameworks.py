"""Questions about skills, the frameworks they come from, and what initiatives need."""

from django.db.models import Count, IntegerField, Max, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from vested.core.viewer import Viewer
from vested.skills.models import Demand, Framework, Requirement, Skill

USUAL = 8.0  # where the scale of levels ends, unless more is asked for


def counted(model: type[Model], by: str) -> Coalesce:
    """How many rows of a model name a row by their field ``by``."""
    rows = model._default_manager.filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def skills_listed(viewer: Viewer) -> QuerySet[Skill]:
    """Skills with how many ``roles`` ask for each, and how many ``needs`` of initiatives do."""
    rows = Skill.objects.all().visible_to(viewer).prefetch_related("framework")
    return rows.annotate(roles=counted(Requirement, "skill"), needs=counted(Demand, "skill"))


def skills_named(viewer: Viewer, words: str, most: int) -> list[Skill]:
    """Skills that the words find."""
    return list(Skill.objects.all().visible_to(viewer).finding(words).order_by("find", "pk")[:most])


def frameworks_listed(viewer: Viewer) -> QuerySet[Framework]:
    """Frameworks with how many ``held`` skills each has."""
    return Framework.objects.all().visible_to(viewer).annotate(held=counted(Skill, "framework"))


def asking(viewer: Viewer, skill: Skill) -> list[Requirement]:
    """What roles ask of a skill, the highest level first."""
    rows = Requirement.objects.all().visible_to(viewer).filter(skill=skill).select_related("role")
    return list(rows.order_by("-level", "role__find", "pk"))


def demands_listed(viewer: Viewer) -> QuerySet[Demand]:
    """What initiatives need."""
    return Demand.objects.all().visible_to(viewer).select_related("source", "skill", "unit")


def highest_level() -> float:
    """Where the scale of levels ends: at 8, or at the highest level that a role or an initiative asks for."""
    tops = (model._default_manager.aggregate(top=Max("level"))["top"] for model in (Requirement, Demand))
    return max(USUAL, *(top or 0.0 for top in tops))
