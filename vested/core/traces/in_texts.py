"""Texts that name somebody, wherever they are written."""

import json
from collections.abc import Iterator

from django.apps import apps
from django.db.models import CharField, Field, JSONField, Q, QuerySet, TextField
from django.db.models.functions import Cast

from vested.core.finding import Findable, folded
from vested.core.models import Event
from vested.core.people_gone import Gone
from vested.core.scope import SectorModel

MOST = 100  # words looked for in one question


def written_in() -> list[type[SectorModel]]:
    """The models in whose texts somebody may be named; history has its own way of erasing."""
    ours = (model for model in apps.get_models() if issubclass(model, SectorModel))
    return [model for model in ours if model is not Event and texts(model)]


def texts(model: type[SectorModel]) -> list[Field[object, object]]:
    """The fields of a model in which somebody may be named."""
    fields = model._meta.concrete_fields
    return [one for one in fields if isinstance(one, (CharField, TextField, JSONField)) and not one.choices]


def naming(model: type[SectorModel], going: Gone) -> list[int]:
    """The keys of a model's rows whose texts name somebody who goes."""
    found: set[int] = set()
    names = [field.name for field in texts(model)]
    for start in range(0, len(going.words) if names else 0, MOST):
        rows = model._default_manager.alias(**{f"as_{name}": Cast(name, TextField()) for name in names})
        spoken = Q()
        for word in going.words[start : start + MOST]:
            for written in _written(word):
                for name in names:
                    spoken |= Q(**{f"as_{name}__icontains": written})
        found |= set(rows.filter(spoken).values_list("pk", flat=True))
    return sorted(found)


def rewrite(model: type[SectorModel], going: Gone) -> int:
    """Take the names out of a model's texts; how many rows."""
    names = [field.name for field in texts(model)]
    changed = 0
    for row in model._default_manager.filter(pk__in=naming(model, going)).only("pk", *names):
        values = {name: getattr(row, name) for name in names if name != "find"}
        fresh = {name: going.without(value) for name, value in values.items() if going.named_in(value)}
        if isinstance(row, Findable):
            words = {name: getattr(row, name) for name in row.found_by} | fresh
            fresh["find"] = folded(" ".join(words[name] for name in row.found_by))
        if fresh:  # also what nobody may change otherwise, such as the words of a promise
            changed += QuerySet.update(model._default_manager.filter(pk=row.pk), **fresh)
    return changed


def _written(word: str) -> Iterator[str]:
    """A word as texts hold it, and as JSON writes it where its letters are not plain."""
    yield word
    escaped = json.dumps(word)[1:-1]
    if escaped != word:
        yield escaped
