"""The sector as it is now, counted and decided on, ready to be kept."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.models import Unit
from vested.skills.models import Role
from vested.skills.queries.gaps.computed import gathered, packed
from vested.skills.queries.gaps.released import release


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Taken:
    """What a snapshot keeps, and of how many people and skills."""

    arrays: bytes
    people: int
    skills: int


def take() -> Taken:
    """Count the asker's sector, and decide what of it everybody may know: seconds, and nothing is written.

    Raises Invalid where nobody holds a post yet.
    """
    picture = gathered()
    if not len(picture.person):
        raise Invalid(_("Nobody holds a post in a unit yet, so there is nothing to count. Bring the sector's files."))
    released = release(
        picture,
        parent_of=dict(Unit.objects.order_by("path").values_list("pk", "parent")),
        family_of=dict(Role.objects.values_list("pk", "family")),
    )
    return Taken(arrays=packed(picture, released.arrays()), people=len(picture.person), skills=len(picture.skills))
