"""The ids a table has, and the known id nearest to an unknown one."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches

import numpy as np

from vested.formats.sector_folder._report import Kind, shown

SUGGESTIONS = 50
"""Different unknown ids of a column that get a suggestion."""

_FEW = 500
_SHORTLIST = 25


class Nearest:
    """Suggests known ids.

    Comparing with 100,000 ids one by one would take a second each, so of many ids only those that share most pairs of
    letters are compared.
    """

    def __init__(self, known: Collection[str]) -> None:
        self._known = sorted(known)
        self._asked: dict[str, str] = {}
        self._same: dict[str, str] = {}
        self._sharing: dict[str, np.ndarray[tuple[int], np.dtype[np.int32]]] = {}

    def find(self, unknown: str) -> str:
        """Give the nearest known id; empty where none is near, or too many have been asked for."""
        if unknown not in self._asked:
            if len(self._asked) >= SUGGESTIONS:
                return ""
            self._asked[unknown] = self._find(unknown)
        return self._asked[unknown]

    def _find(self, unknown: str) -> str:
        if not self._same:
            self._same = {_bare(known): known for known in reversed(self._known)}
        if same := self._same.get(_bare(unknown)):
            return same
        candidates = self._known if len(self._known) <= _FEW else self._shortlist(unknown)
        return next(iter(get_close_matches(unknown[:200], candidates, n=1, cutoff=0.6)), "")

    def _shortlist(self, unknown: str) -> list[str]:
        if not self._sharing:
            sharing: dict[str, list[int]] = {}
            for index, known in enumerate(self._known):
                for pair in _pairs(known):
                    sharing.setdefault(pair, []).append(index)
            self._sharing = {pair: np.array(found, np.int32) for pair, found in sharing.items()}
        shared = np.zeros(len(self._known))
        for pair in _pairs(unknown):
            if pair in self._sharing:
                shared[self._sharing[pair]] += 1
        shared -= 0.01 * np.abs(np.array([len(known) for known in self._known]) - len(unknown))
        best = np.argsort(-shared, kind="stable")[:_SHORTLIST]
        return [self._known[index] for index in best]


@dataclass(slots=True)
class Known:
    """Ids of the table in ``file``: the index of each, and ids of rows left out, which are known but have none."""

    file: str
    index: dict[str, int]
    spared: set[str] = field(default_factory=set)
    nearest: Nearest = field(init=False)

    def __post_init__(self) -> None:
        self.nearest = Nearest(self.index)

    def __contains__(self, text: str) -> bool:
        return text in self.index or text in self.spared

    def unknown(self, column: str, text: str) -> tuple[Kind, str, str]:
        """Say that an id is unknown, and what to do about it."""
        near = self.nearest.find(text)
        mend = f"did you mean {shown(near)}? If not, add it there" if near else "correct it, or add it there"
        return Kind.UNKNOWN_ID, f"{column} {shown(text)} is not in {self.file}", mend


def _bare(text: str) -> str:
    """Give what is left when case, signs and the zeros numbers start with, the usual accidents, are taken away."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", "".join(filter(str.isalnum, text.casefold())))


def _pairs(text: str) -> set[str]:
    folded = f" {text[:200].casefold()} "
    return {folded[index : index + 2] for index in range(len(folded) - 1)}
