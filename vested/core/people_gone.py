"""People who are to be taken out of everything that is kept, and the words by which they are known."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from vested.core.models import Person

ERASED = "…"  # what stands where somebody was named
SHORTEST = 5  # one word that is shorter is no name to look for: it is a part of too many sentences


@dataclass(frozen=True)
class Gone:
    """People who go, by key and by the office's code; ``words`` are those that name nobody else."""

    pks: frozenset[int]
    codes: frozenset[str]
    words: tuple[str, ...]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest = sorted(self.words, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)

    def without(self, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        """A value without the words that name them, however deep they stand in it."""
        match value:
            case str():
                return self._pattern.sub(ERASED, value) if self.words else value
            case list() | tuple():
                return [self.without(one) for one in value]
            case dict():
                return {self.without(name): self.without(one) for name, one in value.items()}
            case _:
                return value

    def named_in(self, value: object) -> bool:
        """Whether a value names one of them."""
        return bool(self.words) and self.without(value) != value


def gone(people: Iterable[Person]) -> Gone:
    """The people as they go; words that somebody who stays has too are left out, since they may mean that one."""
    going = list(people)
    pks = frozenset(person.pk for person in going)
    stay = Person.objects.exclude(pk__in=pks).values_list("name", "code", "email")
    taken = {word.casefold() for name, code, email in stay for word in (name or code, email)}
    words = [word for person in going for word in (person.name or person.code, person.email) if _names(word)]
    known = dict.fromkeys(word for word in words if word.casefold() not in taken)
    return Gone(pks, frozenset(person.code for person in going), tuple(known))


def _names(word: str) -> bool:
    return " " in word or len(word) >= SHORTEST
