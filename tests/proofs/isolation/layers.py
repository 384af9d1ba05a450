"""Take away one of the two walls, to see that the other holds alone."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import models

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

    kinds = [ScopedQuerySet, *(model._default_manager._queryset_class for model in ours())]  # type: ignore[attr-defined]  # from_queryset
    showing = {one for kind in kinds for one in kind.__mro__ if "visible_to" in vars(one)}
    with ExitStack() as off:
        off.enter_context(_instead(ScopedManager, "get_queryset", every))
        off.enter_context(_instead(scope, "keep_inside", lambda _row: None))
        for kind in showing:
            off.enter_context(_instead(kind, "visible_to", lambda self, _viewer: self))
        off.enter_context(_instead(Viewer, "may", lambda *_given, **_on: True))
        off.enter_context(_instead(Viewer, "paths", _everywhere))
        yield


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


def _everywhere(_self: Viewer, _permission: Permission) -> tuple[str, ...]:
    return ("/",)
