"""The tables of a sector folder that the skills room keeps."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from math import isnan
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vested.core.imports.kept import BATCH, ids, kept
from vested.core.imports.tables import Key, Row, TableImport, follow, register
from vested.core.models import Person
from vested.core.models.imports import UNDO_FOR
from vested.core.viewer import Viewer
from vested.formats import sector_folder
from vested.skills.jobs import count_after
from vested.skills.models import Demand, Level, Post, Requirement, Role, Skill, Source

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _posts_now() -> dict[Key, Row]:
    rows = Post.objects.filter(until=None).values_list("person__code", "role__code")
    return {(person,): (role,) for person, role in rows}


def _posts_wanted(sector: sector_folder.Sector) -> dict[Key, Row]:
    return {(person.person_id,): (person.role_id,) for person in sector.staff}


def _posts_apply(
    *, by: Viewer, added: Mapping[Key, Row], changed: Mapping[Key, Row], removed: Collection[Key], at: datetime
) -> None:
    """Who changes role, or leaves, ends a post on the day; one that began that day is corrected.

    One that began while an import can still be undone goes as if it had never been.
    """
    day = timezone.localdate(at)
    role_of, person_of = ids(Role), ids(Person)
    now = {post.person_id: post for post in Post.objects.filter(until=None)}
    leaving = [now[person_of[code]] for (code,) in removed if person_of[code] in now]
    fresh = [post.pk for post in leaving if post.since >= day - UNDO_FOR]
    ending = [post.pk for post in leaving if post.since < day - UNDO_FOR]
    corrected, opened = [], []
    for (code,), (role,) in {**added, **changed}.items():
        post = now.get(person_of[code])
        if post and post.since >= day:
            post.role_id = role_of[str(role)]
            corrected.append(post)
            continue
        if post:
            ending.append(post.pk)
        opened.append(Post(sector=by.sector, person_id=person_of[code], role_id=role_of[str(role)], since=day))
    for start in range(0, len(ending), BATCH):
        Post.objects.filter(pk__in=ending[start : start + BATCH]).update(until=Greatest(F("since"), Value(day)))
    for start in range(0, len(fresh), BATCH):
        Post.objects.filter(pk__in=fresh[start : start + BATCH]).delete()
    Post.objects.bulk_update(corrected, ("role",), batch_size=BATCH)
    Post.objects.bulk_create(opened, batch_size=BATCH)


def _levels_wanted(sector: sector_folder.Sector) -> dict[Key, Row]:
    """The levels of the files, whose columns are arrays."""
    known = sector.levels
    codes, skills = [person.person_id for person in sector.staff], [skill.skill_id for skill in sector.skills]
    days = {day: date.fromordinal(day).isoformat() for day in np.unique(known.assessed_on).tolist() if day}
    columns = (known.person, known.skill, known.level, known.error, known.source, known.assessed_on)
    return {
        (codes[person], skills[skill]): (
            level,
            None if isnan(error) else error,
            known.sources[source] or None,
            days.get(day),
        )
        for person, skill, level, error, source, day in zip(*(column.tolist() for column in columns), strict=True)
    }


def _own_skills() -> "QuerySet[Skill]":
    """What a host shares is not the files' to change."""
    return Skill.objects.filter(shared=False)


def _once_held() -> "QuerySet[Role]":
    """Roles that somebody has held and nobody holds, which end: those posts stay in the record."""
    posts = Post.objects.filter(role=OuterRef("pk"))
    return Role.objects.filter(Exists(posts), ~Exists(posts.filter(until=None)))


for table in (
    kept(
        Skill,
        "skills",
        label=_("Skills"),
        counted=lambda count: ngettext("%(count)s skill", "%(count)s skills", count),
        keys={"skill_id": "code"},
        columns={"name": "name", "area": "area", "framework": "framework__name", "uri": "uri"},
        longest={"skill_id": 100, "name": 300, "area": 200, "framework": 200, "uri": 500},
        rows=_own_skills,
    ),
    kept(
        Role,
        "roles",
        label=_("Roles"),
        counted=lambda count: ngettext("%(count)s role", "%(count)s roles", count),
        keys={"role_id": "code"},
        columns={"name": "name", "job_family": "family__name", "weight": "weight"},
        longest={"role_id": 100, "name": 200, "job_family": 200},
        ending=_once_held,
    ),
    kept(
        Requirement,
        "role_requirements",
        label=_("What roles ask for"),
        counted=lambda count: ngettext("%(count)s requirement", "%(count)s requirements", count),
        keys={"role_id": "role__code", "skill_id": "skill__code"},
        columns={"level": "level", "weight": "weight"},
    ),
    TableImport(
        name="staff: posts",
        label=_("Who is employed as what"),
        counted=lambda count: ngettext("%(count)s post", "%(count)s posts", count),
        keys=("person_id",),
        columns=("role_id",),
        current=_posts_now,
        wanted=_posts_wanted,
        apply=_posts_apply,
    ),
    kept(
        Level,
        "levels",
        label=_("Levels"),
        counted=lambda count: ngettext("%(count)s level", "%(count)s levels", count),
        keys={"person_id": "person__code", "skill_id": "skill__code"},
        columns={"level": "level", "error": "error", "source": "source", "assessed_on": "assessed_on"},
        longest={"source": 100},
        wanted=_levels_wanted,
    ),
    kept(
        Source,
        "initiatives",
        label=_("Initiatives"),
        counted=lambda count: ngettext("%(count)s initiative", "%(count)s initiatives", count),
        keys={"initiative_id": "code"},
        columns={"title": "title"},
        longest={"initiative_id": 100, "title": 300},
    ),
    kept(
        Demand,
        "initiative_skills",
        label=_("People that initiatives need"),
        counted=lambda count: ngettext("%(count)s need", "%(count)s needs", count),
        keys={
            "initiative_id": "source__code",
            "unit_id": "unit__code",
            "skill_id": "skill__code",
            "level": "level",
            "people": "people",
            "by_period": "by_period",
            "weight": "weight",
        },
        columns={},
    ),
):
    register(table)
follow(count_after)
