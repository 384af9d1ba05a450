"""Take away one of the two walls, to see that the other holds alone."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partialmethod
from typing import Any

from django.db import models

from tests.proofs.isolation.mutants import Mutant
from tests.security.planted import ours
from vested.core import scope
from vested.core.permissions import Permission
from vested.core.postgresql import base
from vested.core.scope import EVERYWHERE, ScopedManager, ScopedQuerySet
from vested.core.viewer import Viewer


@contextmanager
def without_code() -> Iterator[None]:
    """As if every restriction in the code had been forgotten: everything is visible, and may be done."""

    def every(self: Any) -> models.QuerySet[Any]:
        return models.Manager.get_queryset(self)

    with ExitStack() as off:
        off.enter_context(_instead(ScopedManager, "get_queryset", every))
        off.enter_context(_instead(scope, "keep_inside", lambda _row: None))
        for kind in _showing():
            off.enter_context(_instead(kind, "visible_to", lambda self, _viewer: self))
        for name, otherwise in _ALL.items():
            off.enter_context(_instead(Viewer, name, otherwise))
        yield


@contextmanager
def alone(mutant: Mutant) -> Iterator[None]:
    """As if every restriction in the code had been forgotten but one, or all of a ``visible_to`` that it is part of."""
    file, function = str(mutant.file), mutant.function[1]

    def here() -> bool:
        frame = sys._getframe(2)  # of who called what stands in the place of a restriction
        while frame.f_back is not None:
            code = frame.f_code
            if code.co_filename == file and (
                code.co_firstlineno == function if mutant.shows else mutant.line <= frame.f_lineno <= mutant.end
            ):
                return True
            frame = frame.f_back
        return False

    kept = {name: getattr(Viewer, name) for name in ("may", "paths")}
    own = (file, function) if mutant.shows else ("", 0)
    showing = {kind: kind.visible_to for kind in _showing()}
    showing = {
        kind: shown
        for kind, shown in showing.items()
        if (shown.__code__.co_filename, shown.__code__.co_firstlineno) != own
    }
    with ExitStack() as off:
        for name, held in kept.items():
            off.enter_context(_instead(Viewer, name, partialmethod(_unless(here, held), _ALL[name])))
        for kind, shown in showing.items():
            off.enter_context(
                _instead(kind, "visible_to", partialmethod(_unless(here, shown), lambda rows, _who: rows))
            )
        yield


def _unless(here: Callable[[], bool], real: Callable[..., Any]) -> Callable[..., Any]:
    def asked(self: Any, otherwise: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return real(self, *given, **named) if here() else otherwise(self, *given, **named)

    return asked


@contextmanager
def without_sql() -> Iterator[None]:
    """As if PostgreSQL had no policies; SQLite has none."""
    with _instead(base, "setting", lambda: EVERYWHERE):
        yield


@contextmanager
def _instead(place: object, name: str, what: object) -> Iterator[None]:
    before = getattr(place, name)
    setattr(place, name, what)
    try:
        yield
    finally:
        setattr(place, name, before)


def _showing() -> set[type[Any]]:
    """What says, of each kind of thing, which of them exist for somebody."""
    kinds = [ScopedQuerySet, *(model._default_manager._queryset_class for model in ours())]  # type: ignore[attr-defined]  # from_queryset
    return {one for kind in kinds for one in kind.__mro__ if "visible_to" in vars(one)}


def _anything(_self: Viewer, *_given: object, **_on: object) -> bool:
    return True


def _everywhere(_self: Viewer, _permission: Permission) -> tuple[str, ...]:
    return ("/",)


_ALL: dict[str, Callable[..., Any]] = {"may": _anything, "paths": _everywhere}
