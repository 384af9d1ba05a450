"""Ways in which things have to do with one another, declared by the room that knows both.

A kind shows itself on the pages of both its models, so that a low page says what a higher room knows of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.finding import Findable, FindableQuerySet
from vested.core.models import Link
from vested.core.panels import Panel
from vested.core.panels import register as show
from vested.core.permissions import Permission
from vested.core.scope import SectorModel
from vested.core.viewer import Viewer

Words = str | Promise
F = TypeVar("F", bound=Findable)
MOST = 5  # named where words find more than one


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """From a ``source`` to a ``target``: what it is called on either's page, the pages, and who may change it.

    It is added on the target's page by the words a source is found by: ``ask`` is the question.
    """

    name: str
    source: type[Findable]
    target: type[SectorModel]
    there: Words  # heading on the source's page, above the targets
    back: Words  # heading on the target's page, above the sources
    ask: Words
    verb: Words
    source_page: str
    target_page: str
    add_page: str  # leads to core.views.links.add, with the kind's name
    permission: Permission


@dataclass(frozen=True, slots=True)
class Linked:
    """A link as one of its things shows it: the other thing, where it is, and whether its source is ``over``."""

    link: Link
    other: SectorModel
    url: str
    over: bool = False


_kinds: dict[str, Kind] = {}
_over: dict[type[Findable], Callable[[], QuerySet[Any]]] = {}


def register(kind: Kind) -> None:
    """Declare a kind, and show it on both pages; a room does when Django starts."""
    if kind.name in _kinds:
        return
    _kinds[kind.name] = kind
    show(Panel(kind.source, "core/panels/links.html", lambda viewer, thing: _panel(kind, viewer, thing, back=False)))
    show(Panel(kind.target, "core/panels/links.html", lambda viewer, thing: _panel(kind, viewer, thing, back=True)))


def end(model: type[Findable], over: Callable[[], QuerySet[Any]]) -> None:
    """Say which of a model's things are over, as some room knows: their links stay, and hold no more."""
    _over[model] = over


def holding(model: type[SectorModel]) -> QuerySet[Link]:
    """The links that lead to a model's things from what is not over."""
    found = Q(kind__in=kinds_to(model))
    for kind in _kinds.values():
        if kind.target is model and kind.source in _over:
            found &= ~Q(kind=kind.name, source_id__in=_over[kind.source]().values("pk"))
    return Link.objects.filter(found)


def kind_of(name: str) -> Kind:
    """The kind of that name; KeyError where no room declares it."""
    return _kinds[name]


def kinds_to(model: type[SectorModel]) -> list[str]:
    """The names of the kinds that lead to a model's things."""
    return [kind.name for kind in _kinds.values() if kind.target is model]


def kinds_of(model: type[SectorModel]) -> list[Kind]:
    """The kinds that begin or end at a model's things."""
    return [kind for kind in _kinds.values() if model in {kind.source, kind.target}]


def told_outside() -> dict[str, tuple[type[SectorModel], str]]:
    """The models that begin or end a kind and say what of them is told outside, by their names, each with its page."""
    ends = [
        end for kind in _kinds.values() for end in ((kind.source, kind.source_page), (kind.target, kind.target_page))
    ]
    return {model._meta.label_lower: (model, page) for model, page in ends if model.outside}


def linked(viewer: Viewer, kind: Kind, thing: SectorModel, *, back: bool) -> list[Linked]:
    """What a thing is linked to, ``back`` from a target to its sources: only what exists for the viewer."""
    near, far = ("target_id", "source_id") if back else ("source_id", "target_id")
    model: Any = kind.source if back else kind.target
    page = kind.source_page if back else kind.target_page
    links = Link.objects.all().visible_to(viewer).filter(kind=kind.name, **{near: thing.pk}).order_by("since", "pk")
    others = model.objects.all().visible_to(viewer).in_bulk([getattr(link, far) for link in links])
    over: set[int] = set()
    if back and others and kind.source in _over:
        over = set(_over[kind.source]().filter(pk__in=others).values_list("pk", flat=True))
    return [
        Linked(link, others[getattr(link, far)], reverse(page, args=[getattr(link, far)]), getattr(link, far) in over)
        for link in links
        if getattr(link, far) in others
    ]


def named(viewer: Viewer, kind: Kind, words: str) -> Findable:
    """The one source that the words find."""
    model: Any = kind.source
    found: Findable = one_found(model.objects.all().visible_to(viewer), words)
    return found


def one_found(rows: FindableQuerySet[F], words: str, *, field: str = "words") -> F:
    """The one of the rows that the words find; Invalid, with what they do find, where it is not one."""
    found = list(rows.filter(code=words.strip())[:1]) or list(rows.finding(words).order_by("find", "pk")[: MOST + 1])
    if len(found) == 1 and words.strip():
        return found[0]
    if not found or not words.strip():
        raise Invalid(_("Nobody and nothing is found by these words. Look for the name or the code."), field=field)
    some = ", ".join(f"{one} ({getattr(one, 'code', one.pk)})" for one in found[:MOST])
    raise Invalid(_("More than one is found: %(some)s. Give the code.") % {"some": some}, field=field)


def _panel(kind: Kind, viewer: Viewer, thing: SectorModel, *, back: bool) -> dict[str, Any] | None:
    rows = linked(viewer, kind, thing, back=back)
    may = viewer.may(kind.permission)
    if not rows and not (may and back):
        return None
    return {
        "kind": kind,
        "heading": kind.back if back else kind.there,
        "rows": rows,
        "may": may and back,
        "thing": thing,
    }
