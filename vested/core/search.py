"""One search over all that rooms know: each registers a source, and finds only what exists for the viewer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode

from vested.core.viewer import Viewer

MOST = 10  # hits shown of each source
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its title, where it is, and what tells it from others of that title."""

    title: str
    url: str
    note: str = ""


Find = Callable[[Viewer, str, int], Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class Source:
    """What a room lets be found, by one bounded query: ``find(viewer, words, limit)``.

    ``all_in`` names the page of a list that takes the words as its filter ``name``.
    """

    label: str | Promise
    find: Find
    all_in: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What one source found, and where the rest is, if there is more."""

    label: str
    hits: Sequence[Hit]
    more: bool
    rest: str


_sources: list[Source] = []


def register(source: Source) -> None:
    """Let something be found; a room does when Django starts."""
    if source not in _sources:
        _sources.append(source)


def labels() -> list[str]:
    """What is searched."""
    return [str(source.label) for source in _sources]


def search(viewer: Viewer, words: str) -> list[Found]:
    """What each source finds, of those that find anything."""
    found = []
    for source in _sources:
        hits = source.find(viewer, words, MOST + 1)
        rest = f"{reverse(source.all_in)}?{urlencode({'name': words})}" if source.all_in else ""
        if hits:
            found.append(Found(str(source.label), hits[:MOST], len(hits) > MOST, rest))
    return found
