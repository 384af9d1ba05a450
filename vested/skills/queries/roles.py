"""Questions about roles, and who holds them.

How many people a role has is told only to who may see people of the whole sector: roles are small groups, and beside
the figures by job family one hidden count is worked out from the others. The gap explorer does the same.
"""

from django.db.models import Count, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from vested.core.models import Person
from vested.core.permissions import Permission
from vested.core.queries import people_listed
from vested.core.viewer import Viewer
from vested.skills.models import Post, Requirement, Role
from vested.skills.queries.frameworks import counted


def may_count(viewer: Viewer) -> bool:
    """Whether the viewer may know how many people hold each role."""
    return viewer.may(Permission.PEOPLE_SEE)


def roles_listed(viewer: Viewer) -> QuerySet[Role]:
    """Roles with how many ``skills`` each asks for, and how many ``people`` hold it where the viewer may know."""
    found = Role.objects.all().visible_to(viewer).filter(ended_on=None).select_related("family")
    rows = found.annotate(skills=counted(Requirement, "role"))
    if not may_count(viewer):
        return rows
    now = Post.objects.filter(role=OuterRef("pk"), until=None).order_by().values("role").annotate(n=Count("pk"))
    return rows.annotate(people=Coalesce(Subquery(now.values("n"), output_field=IntegerField()), 0))


def roles_named(viewer: Viewer, words: str, most: int) -> list[Role]:
    """Roles that the words find."""
    found = Role.objects.all().visible_to(viewer).filter(ended_on=None).finding(words)
    return list(found.select_related("family").order_by("find", "pk")[:most])


def asked(viewer: Viewer, role: Role) -> list[Requirement]:
    """What a role asks for, the highest level first."""
    rows = Requirement.objects.all().visible_to(viewer).filter(role=role).select_related("skill")
    return list(rows.order_by("-level", "-weight", "skill__find", "pk"))


def holders(viewer: Viewer, role: Role) -> QuerySet[Person]:
    """Who holds the role now, of the people the viewer may see, and ``held_since`` when."""
    held = FilteredRelation("posts", condition=Q(posts__until=None, posts__role=role))
    rows = people_listed(viewer).annotate(held=held).filter(held__isnull=False)
    return rows.annotate(held_since=F("held__since"))
