"""What Vested keeps about people, field by field: what for, by which law, until when, and who sees it.

Each app says it of all its models in its ``personal.py``, which is found when Django starts. A field that nobody has
labelled, or said to be about nobody, fails the system check. The register of processing, a person's export, erasing
and retention all follow from what is said there::

    label(
        Membership,
        _("Where somebody works and worked"),
        of("person", EMPLOYMENT, "unit grade since until"),
        of("manager", EMPLOYMENT),
    )
    plain(Unit, "code name kind parent path ended_on version find")
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core.models import Person
from vested.core.people_gone import Gone
from vested.core.scope import Walled
from vested.core.viewer import Viewer

Words = str | Promise
LEAVING = 730  # days after somebody has left
THEY_LEFT = gettext_lazy("after the person left")

DUTY = gettext_lazy("Legal obligation, General Data Protection Regulation, Article 6(1)(c)")
TASK = gettext_lazy("Public task, General Data Protection Regulation, Article 6(1)(e)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Why something is kept about people, the legal basis, who sees it, and for how many ``days``.

    They are counted from the day somebody left; or, where a row ends by itself, from its field ``since``, which
    ``after`` says in words.
    """

    name: str
    purpose: Words
    basis: Words
    audience: Words
    days: int = LEAVING
    since: str = ""
    after: Words = THEY_LEFT

    @property
    def retention(self) -> str:
        """How long, in words."""
        years, days = divmod(self.days, 365)
        time = ngettext("%(count)s day", "%(count)s days", self.days) % {"count": self.days}
        if years and not days:
            time = ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
        return _("%(time)s %(after)s") % {"time": time, "after": self.after}


@dataclass(frozen=True, slots=True)
class Way:
    """Rows that lead to a person by the lookup ``key``, and which of their ``fields`` say something about that one."""

    key: str
    label: Label
    fields: tuple[str, ...]
    goes: bool = False  # with the person, although the database would let the row stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Fields that speak of people without a key to them: how they are read, and how somebody is taken out of them.

    ``told`` gives what they say of a person, ``forget`` takes people out. What is past its time ``due`` counts, and
    ``expire`` takes people out of it.
    """

    label: Label
    fields: tuple[str, ...]
    told: Callable[[Person], Iterable[dict[str, Any]]]
    forget: Callable[[Gone, Viewer], int]
    due: Callable[[datetime], int] | None = None
    expire: Callable[[datetime, Viewer], int] | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """All that is said of a model: ``what`` it keeps about people, in which ways, and the fields about nobody."""

    model: type[models.Model]
    what: Words
    ways: tuple[Way, ...]
    traces: tuple[Trace, ...]
    plain: frozenset[str]

    def labelled(self) -> dict[str, Label]:
        """The label of each field that has one."""
        parts: tuple[Way | Trace, ...] = (*self.ways, *self.traces)
        return {name: part.label for part in parts for name in part.fields}

    def goes(self, way: Way) -> bool:
        """Whether the rows of a way go with the person; others stay, and lead to nobody."""
        if way.goes or way.key in {"pk", "people"}:
            return True
        field = self.model._meta.get_field(way.key)
        return getattr(field.remote_field, "on_delete", None) is models.CASCADE

    def rows(self, way: Way, pks: Iterable[int]) -> QuerySet[Any]:
        """The rows that lead to some people (their keys) by a way."""
        return self.model._default_manager.filter(**{f"{way.key}__in": list(pks)})


_held: dict[type[models.Model], Held] = {}


def of(key: str, label: Label, fields: str = "", *, goes: bool = False) -> Way:
    """Rows that lead to a person by ``key``; of each, the key and the fields named are about that person."""
    own = [] if key in {"pk", "people"} else [key]
    return Way(key, label, (*own, *fields.split()), goes)


def label(model: type[models.Model], what: Words, *parts: Way | Trace, plain: str = "") -> None:
    """Say what a model keeps about people; ``plain`` names its fields that are about nobody."""
    ways = tuple(part for part in parts if isinstance(part, Way))
    traces = tuple(part for part in parts if isinstance(part, Trace))
    _held[model] = Held(model, what, ways, traces, frozenset(plain.split()))


def plain(model: type[models.Model], fields: str) -> None:
    """Say that no field of a model is about anybody."""
    label(model, "", plain=fields)


def held() -> Iterator[Held]:
    """What is said of each model that keeps something about people."""
    return (one for one in _held.values() if one.ways or one.traces)


def held_by(model: type[models.Model]) -> Held | None:
    """What is said of a model."""
    return _held.get(model)


def labels() -> list[Label]:
    """All labels there are, in the order in which rooms name them."""
    return list(dict.fromkeys(found for one in held() for found in one.labelled().values()))


def subjects(pks: Iterable[int], kinds: Iterable[str]) -> dict[str, set[int]]:
    """The keys of the rows that are some people's own, of those kinds of things (as history names them)."""
    found: dict[str, set[int]] = {}
    for one in held():
        kind = one.model._meta.label_lower
        if kind in kinds:
            ways = {way.key: way for way in one.ways if one.goes(way)}.values()
            found[kind] = {pk for way in ways for pk in one.rows(way, pks).values_list("pk", flat=True)}
    return found


def past(label: Label, today: date) -> date:
    """The last day of what may no longer be kept."""
    return date.fromordinal(today.toordinal() - label.days - 1)


def unlabelled(model: type[models.Model]) -> list[str]:
    """What is wrong with what is said of a model: fields without a label, fields there are none of, hidden ways."""
    said = _held.get(model)
    if said is None:
        return ["nobody says what of it is about people"]
    fields = {field.name: field for field in model._meta.concrete_fields if not field.primary_key}
    fields.pop("sector", None)
    if issubclass(model, Walled):
        fields.pop("wall")
    named = {*said.labelled(), *said.plain}
    found = [f"field {name} has no label" for name in fields if name not in named]
    found += [f"there is no field {name}" for name in named if name not in fields]
    found += [f"field {name} is labelled, and said to be about nobody" for name in said.plain & {*said.labelled()}]
    keys = {way.key for way in said.ways}
    leading = [name for name, field in fields.items() if field.related_model is Person]
    return found + [f"field {name} leads to people, and is no way to them" for name in leading if name not in keys]
