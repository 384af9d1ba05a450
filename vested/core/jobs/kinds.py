"""The kinds of jobs there are; rooms declare them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.functional import Promise

F = TypeVar("F", bound=Callable[..., dict[str, Any] | None])


@dataclass(frozen=True, slots=True)
class Kind:
    """What a job of this kind is called, and the function that does it."""

    title: str | Promise
    function: Callable[..., dict[str, Any] | None]


_kinds: dict[str, Kind] = {}


def job(name: str, *, title: str | Promise) -> Callable[[F], F]:
    """Declare the function that does jobs of a kind: ``(work, **args) -> result``."""

    def declare(function: F) -> F:
        _kinds[name] = Kind(title, function)
        return function

    return declare


def kind_of(name: str) -> Kind:
    """The kind of that name; KeyError where no room declares it."""
    return _kinds[name]
