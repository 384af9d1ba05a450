"""The kinds of jobs there are; rooms declare them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.functional import Promise

F = TypeVar("F", bound=Callable[..., dict[str, Any] | None])


@dataclass(frozen=True, slots=True)
class Kind:
    """What a job of this kind is called, the function that does it, and whether it can end early with its best."""

    title: str | Promise
    function: Callable[..., dict[str, Any] | None]
    best: bool = False


_kinds: dict[str, Kind] = {}


def job(name: str, *, title: str | Promise, best: bool = False) -> Callable[[F], F]:
    """Declare the function that does jobs of a kind: ``(work, **args) -> result``.

    With ``best`` it looks at ``work.best_asked`` while it searches, and then ends with the best it has found.
    """

    def declare(function: F) -> F:
        _kinds[name] = Kind(title, function, best)
        return function

    return declare


def kind_of(name: str) -> Kind:
    """The kind of that name; KeyError where no room declares it."""
    return _kinds[name]


def keeps_best(name: str) -> bool:
    """Whether jobs of that kind can end early with the best they have found."""
    return name in _kinds and _kinds[name].best
