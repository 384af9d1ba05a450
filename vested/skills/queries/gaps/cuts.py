"""The cut of the figures that a page asks for: by unit, job family or role, of a unit, family or role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np

from vested.core.models import Unit
from vested.core.viewer import Viewer
from vested.skills.models import JobFamily, Role, Skill, Snapshot
from vested.skills.queries.gaps.computed import Counted, Ints, Picture, count, unpacked
from vested.skills.queries.gaps.permitted import exact
from vested.skills.queries.gaps.released import WHOLE, Released


class By(StrEnum):
    """What the rows of a cut are."""

    UNIT = "unit"
    FAMILY = "family"
    ROLE = "role"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A group of people: ``what`` it is, or None for people at the unit itself or in roles of no family."""

    what: Unit | JobFamily | Role | None
    people: int  # -1 where hidden


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Cut:
    """Rows by skills, as the viewer may see them; ``exact`` where nothing had to be hidden.

    ``unit`` is the one asked for, or the one at the top where all of the sector was and it has but one.
    """

    unit: Unit | None
    taken_at: datetime
    exact: bool
    rows: tuple[Row, ...]
    skills: tuple[Skill, ...]
    counted: Counted
    people: int  # all rows together, -1 where hidden


def cut(viewer: Viewer, *, by: By, unit: Unit | None, family: JobFamily | None, role: Role | None) -> Cut | None:
    """Cut the newest picture of the sector; None while there is none.

    Raises NotAllowed where the viewer may see no figure of the unit. Where only released figures are open, there are
    none by role, nor of units below those released.
    """
    see_all = exact(viewer, unit=unit)
    snapshot = Snapshot.objects.values_list("pk", "taken_at").first()
    if snapshot is None:
        return None
    picture, arrays = unpacked(snapshot[0])
    tops = list(Unit.objects.filter(parent=None)[:2])
    unit = unit or (tops[0] if len(tops) == 1 else None)
    if see_all:
        whats, counted = _exactly(picture, by=by, unit=unit, family=family, role=role)
    else:
        whole = unit is None or [unit] == tops
        whats, counted = _as_released(Released(**arrays), by=by, unit=unit, whole=whole, family=family)
    shown = [at for at in range(len(whats)) if counted.people[at]]
    skill_of = Skill.objects.in_bulk(picture.skills.tolist())
    known = [at for at, skill in enumerate(picture.skills.tolist()) if skill in skill_of and picture.asked[:, at].any()]
    columns = sorted(known, key=lambda at: (skill_of[(pk := int(picture.skills[at]))].area, skill_of[pk].name, pk))
    people = counted.people[shown]
    return Cut(
        unit=unit,
        taken_at=snapshot[1],
        exact=see_all,
        rows=tuple(Row(what=whats[at], people=int(counted.people[at])) for at in shown),
        skills=tuple(skill_of[int(picture.skills[at])] for at in columns),
        counted=Counted(people=people, below=counted.below[shown][:, columns], short=counted.short[shown][:, columns]),
        people=-1 if (people < 0).any() else int(people.sum()),
    )


Whats = Sequence[Unit | JobFamily | Role | None]


def _exactly(
    picture: Picture, *, by: By, unit: Unit | None, family: JobFamily | None, role: Role | None
) -> tuple[Whats, Counted]:
    """Count the people of the unit, family and role, by what the rows are."""
    roles = {row.pk: row for row in Role.objects.select_related("family")}
    of_family = np.array([_family(roles, pk) for pk in picture.roles.tolist()], dtype=np.int64)
    below = {row.pk: row for row in Unit.objects.filter(path__startswith=unit.path if unit else "/")}
    inside = np.isin(picture.unit, list(below))
    if family:
        inside &= of_family[picture.role] == family.pk
    if role:
        inside &= picture.roles[picture.role] == role.pk
    if by is By.UNIT:
        whats, group_of = _children(below, unit)
        group = np.array([group_of.get(pk, -1) for pk in picture.unit.tolist()], dtype=np.int64)
    else:
        key = picture.roles if by is By.ROLE else of_family
        held, group_of_role = np.unique(key, return_inverse=True)
        names: Mapping[int, Role | JobFamily] = roles if by is By.ROLE else JobFamily.objects.in_bulk()
        found = [names.get(pk) for pk in held.tolist()]
        order = sorted(range(len(found)), key=lambda at: (found[at] is None, str(found[at])))
        whats = [found[at] for at in order]
        group = np.argsort(order)[group_of_role][picture.role]
    return whats, count(picture, np.where(inside, group, -1), len(whats))


def _family(roles: Mapping[int, Role], pk: int) -> int:
    role = roles.get(pk)
    return (role.family_id or -1) if role else -1


def _children(below: Mapping[int, Unit], unit: Unit | None) -> tuple[Whats, dict[int, int]]:
    """The units next below, then None for the unit itself; and for each unit (id) its place among them."""
    depth = len(unit.path.split("/")) - 1 if unit else 1
    next_of = {pk: row.path.split("/")[depth] for pk, row in below.items()}  # "" for the unit itself
    next_below = sorted((below[int(pk)] for pk in set(next_of.values()) - {""}), key=str)
    place = {str(row.pk): at for at, row in enumerate(next_below)}
    return [*next_below, None], {pk: place.get(child, len(next_below)) for pk, child in next_of.items()}


def _as_released(
    released: Released, *, by: By, unit: Unit | None, whole: bool, family: JobFamily | None
) -> tuple[Whats, Counted]:
    """Read the figures of the unit and family as they were released."""
    node_of = {pk: at for at, pk in enumerate(released.unit.tolist())}
    node = WHOLE if whole or unit is None else node_of.get(unit.pk)
    place = np.flatnonzero(released.family == (family.pk if family else WHOLE))
    if node is None or not len(place) or by is By.ROLE:
        return [], _cells(released, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    if by is By.FAMILY:
        names = JobFamily.objects.in_bulk()
        columns = np.flatnonzero(released.family != WHOLE) if family is None else place
        found = [names.get(pk) for pk in released.family[columns].tolist()]
        return found, _cells(released, np.full(len(columns), node), columns)
    children: list[Unit | None] = [row for row in Unit.objects.filter(parent=unit) if row.pk in node_of]
    nodes = [node_of[row.pk] for row in children if row]
    if unit and -unit.pk in node_of:
        children, nodes = [*children, None], [*nodes, node_of[-unit.pk]]
    return children, _cells(released, np.array(nodes, dtype=np.int64), np.full(len(nodes), place[0]))


def _cells(released: Released, nodes: Ints, places: Ints) -> Counted:
    return Counted(
        people=released.people[nodes, places],
        below=released.below[:, nodes, places].T,
        short=released.short[:, nodes, places].T,
    )
