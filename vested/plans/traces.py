"""People in what plans were computed from: rows of tables and arrays, kept as they were on the day.

Whoever is erased stays as a row without a name, so that every figure of a plan remains what it was decided on.
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db.models import F
from numpy.typing import NDArray

from vested.core.models import Job, Person
from vested.core.people_gone import ERASED, Gone
from vested.core.viewer import Viewer
from vested.plans.models import Assignment, Plan
from vested.plans.models.plans import PlanQuerySet
from vested.plans.packing import TABLES, closed, opened

OF_PEOPLE = ("staff", "completions", "wishes", "fixed")  # the tables that name people, each by person_id


def told(person: Person) -> Iterator[dict[str, Any]]:
    """What each plan was computed from about somebody, and what it gives them."""
    for plan in Plan.objects.exclude(frozen=None).defer("curve", "draws").select_related("scenario").iterator(10):
        words, arrays = opened(bytes(plan.frozen or b""))
        for place in np.flatnonzero(arrays["people"] == person.pk).tolist():
            code = words["tables"]["staff"][place][0]
            rows = {name: [one for one in _named(words, name) if one["person_id"] == code] for name in OF_PEOPLE}
            yield {"plan": str(plan), "asked_at": plan.asked_at, **rows, **_figures(words, arrays, place)}


def forget(going: Gone, by: Viewer) -> int:  # noqa: ARG001 - the shape of a trace
    """Make people who go nameless in every plan; a plan that is being solved with them is stopped."""
    live = Job.objects.filter(kind="plans.solve", state=Job.State.RUNNING)
    live.update(stop_asked=True)
    aliases = {pk: _alias() for pk in going.pks}  # one in all plans, so that plans can still be compared
    return _rewrite(Plan.objects.exclude(frozen=None), lambda people: {pk: aliases[pk] for pk in people & going.pks})


def expire(before: datetime, by: Viewer) -> int:  # noqa: ARG001 - the shape of a trace
    """Make everybody nameless in plans that are past their time."""
    old = _old(before)
    Assignment.objects.filter(plan__in=old.values("pk")).delete()
    changed = _rewrite(old, lambda people: {pk: _alias() for pk in people if pk > 0})
    for plan in old.light():
        Plan.objects.filter(pk=plan.pk).update(figures={**plan.figures, "nameless": True})
    return changed


def due(before: datetime) -> int:
    """How many plans are past their time."""
    return _old(before).count()


def _old(before: datetime) -> PlanQuerySet:
    plans = Plan.objects.exclude(frozen=None).filter(asked_at__lt=before)
    return plans.exclude(figures__has_key="nameless")


def _alias() -> int:
    """What stands for somebody instead of their key, and leads nowhere."""
    return -1 - secrets.randbelow(2**48)


def _rewrite(plans: Any, aliased: Callable[[set[int]], dict[int, int]]) -> int:  # noqa: ANN401 - a queryset of plans
    changed = 0
    for pk, kept in plans.order_by("pk").values_list("pk", "frozen").iterator(10):
        words, arrays = opened(bytes(kept))
        aliases = aliased(set(arrays["people"].tolist()))
        if aliases:
            packed = _nameless(words, arrays, aliases)
            Plan.objects.filter(pk=pk).update(frozen=packed, version=F("version") + 1)  # so that no memory keeps it
            changed += 1
    return changed


def _nameless(words: dict[str, Any], arrays: dict[str, NDArray[Any]], aliases: dict[int, int]) -> bytes:
    """A plan in which some rows of staff are of nobody; what was computed stays."""
    staff, people = words["tables"]["staff"], arrays["people"].tolist()
    names = {staff[place][0]: f"{ERASED}{-aliases[pk]:x}" for place, pk in enumerate(people) if pk in aliases}
    for name in OF_PEOPLE:
        columns = _columns(name)
        for row in words["tables"][name]:
            mine = row[columns.index("person_id")] in names
            for at, column in enumerate(columns):
                if column in {"person_id", "manager_id"}:
                    row[at] = names.get(row[at], row[at])
                elif mine and column in {"name", "email"}:
                    row[at] = ""
                elif mine and column == "completed_on":
                    row[at] = None
    kept = np.array([aliases.get(pk, pk) for pk in people], dtype=np.int64)
    return closed(words, {**arrays, "people": kept})


def _columns(table: str) -> list[str]:
    return [field.name for field in fields(TABLES[table])]


def _named(words: dict[str, Any], table: str) -> Iterator[dict[str, Any]]:
    columns = _columns(table)
    return (dict(zip(columns, row, strict=True)) for row in words["tables"][table])


def _figures(words: dict[str, Any], arrays: dict[str, NDArray[Any]], place: int) -> dict[str, Any]:
    """The levels of a person a plan was computed from, and the sessions it gives."""
    skills, sessions = list(_named(words, "skills")), list(_named(words, "sessions"))
    rows = np.flatnonzero(arrays["levels.person"] == place).tolist()
    given = arrays["plan.session"][arrays["plan.person"] == place].tolist()
    return {
        "levels": [_level(words, arrays, skills, row) for row in rows],
        "sessions": [sessions[session] for session in given],
    }


def _level(
    words: dict[str, Any], arrays: dict[str, NDArray[Any]], skills: list[dict[str, Any]], row: int
) -> dict[str, Any]:
    error, day = float(arrays["levels.error"][row]), int(arrays["levels.assessed_on"][row])
    return {
        "skill": skills[int(arrays["levels.skill"][row])]["name"],
        "level": float(arrays["levels.level"][row]),
        "error": None if np.isnan(error) else error,
        "source": words["sources"][int(arrays["levels.source"][row])],
        "assessed_on": date.fromordinal(day) if day else None,
    }
