"""The rows of ``levels``, millions of them, held as arrays while they are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from vested.formats.sector_folder._ids import Known
from vested.formats.sector_folder._nouns import Levels
from vested.formats.sector_folder._report import LISTED, Findings, Kind
from vested.formats.sector_folder._rows import Columns


class _Codes(dict[object, int]):
    """Numbers different values in the order they are met."""

    def __missing__(self, value: object) -> int:
        self[value] = code = len(self)
        return code


class _Ordinals(dict[object, int]):
    """Gives a date's ordinal, 0 for none."""

    def __missing__(self, value: object) -> int:
        self[value] = ordinal = value.toordinal() if isinstance(value, date) else 0
        return ordinal


@dataclass(slots=True)
class LevelRows:
    """Rows of ``levels`` as read: codes of ids and sources in the order they are met, numbers and days."""

    people: _Codes = field(default_factory=_Codes)
    skills: _Codes = field(default_factory=_Codes)
    sources: _Codes = field(default_factory=lambda: _Codes({"": 0}))
    ordinals: _Ordinals = field(default_factory=_Ordinals)
    blocks: list[tuple[NDArray[np.int32], ...]] = field(default_factory=list)
    numbers: list[tuple[NDArray[np.float64], ...]] = field(default_factory=list)

    def keep(self, columns: Columns) -> None:
        """Take a block's values over from the columns."""
        values = columns.values
        count = len(values["level"])

        def coded(codes: dict[object, int], name: str) -> NDArray[np.int32]:
            return np.fromiter(map(codes.__getitem__, values[name]), np.int32, count)

        self.blocks.append(
            (
                coded(self.people, "person_id"),
                coded(self.skills, "skill_id"),
                coded(self.sources, "source"),
                coded(self.ordinals, "assessed_on"),
            )
        )
        level, error = (np.array(values[name], np.float64) for name in ("level", "error"))  # None becomes NaN
        self.numbers.append((level, error))
        for column in values.values():
            column.clear()

    def arrays(self) -> Levels:
        """Give the rows as they are, ``person`` and ``skill`` being codes."""
        blocks = [np.concatenate(parts) for parts in zip(*self.blocks, strict=True)] or [np.empty(0, np.int32)] * 4
        numbers = [np.concatenate(parts) for parts in zip(*self.numbers, strict=True)] or [np.empty(0)] * 2
        self.blocks.clear()
        self.numbers.clear()
        person, skill, source, assessed_on = blocks
        level, error = numbers
        sources = tuple(str(text) for text in self.sources)
        return Levels(person, skill, level, error, source, assessed_on, sources)


def settle(rows: LevelRows, columns: Columns, people: Known | None, skills: Known | None, findings: Findings) -> Levels:
    """Give the levels with ``person`` and ``skill`` as indices (-1: unknown), reporting unknown and double ones.

    Ids are not looked up where ``people`` or ``skills`` is None.
    """
    found = rows.arrays()
    person = _indices(columns, "person_id", found.person, rows.people, known=people, findings=findings)
    skill = _indices(columns, "skill_id", found.skill, rows.skills, known=skills, findings=findings)
    if people and skills:
        _double(columns, person, skill, len(skills.index), findings)
    return Levels(person, skill, found.level, found.error, found.source, found.assessed_on, found.sources)


def _indices(
    columns: Columns,
    column: str,
    codes: NDArray[np.int32],
    values: Mapping[object, int],
    *,
    known: Known | None,
    findings: Findings,
) -> NDArray[np.int32]:
    """Turn codes into indices of the known ids, reporting each row whose id is unknown."""
    if known is None or not values:
        return np.full(len(codes), -1, np.int32)
    texts = [str(value) for value in values]
    index = np.array([known.index.get(text, -1) for text in texts], np.int32)[codes]
    wrong = np.array([text != "" and text not in known for text in texts])[codes]
    unknown = np.flatnonzero(wrong)
    for row in unknown[:LISTED]:
        text = texts[codes[row]]
        findings.problem(columns.place(row, column), *known.unknown(column, text))
    if len(unknown) > LISTED:
        findings.more(columns.place(unknown[LISTED], column), Kind.UNKNOWN_ID, len(unknown) - LISTED)
    return index


def _double(
    columns: Columns, person: NDArray[np.int32], skill: NDArray[np.int32], skills: int, findings: Findings
) -> None:
    """Report each row whose person and skill have a row already."""
    both = np.flatnonzero((person >= 0) & (skill >= 0))
    key = person[both].astype(np.int64) * skills + skill[both]
    order = np.argsort(key, kind="stable")
    same = key[order][1:] == key[order][:-1]
    if not same.any():
        return
    starts = np.flatnonzero(np.concatenate(([True], ~same)))
    first = both[order[np.repeat(starts, np.diff(np.append(starts, len(order))))]]
    again = np.sort(np.flatnonzero(both[order] != first))
    rows = sorted(zip(both[order[again]].tolist(), first[again].tolist(), strict=True))
    for row, earlier in rows[:LISTED]:
        what = f"this person and skill already have a level in line {columns.lines[earlier]}"
        findings.problem(columns.place(row, "person_id"), Kind.DUPLICATE, what, "keep one of the two")
    if len(rows) > LISTED:
        findings.more(columns.place(rows[LISTED][0], "person_id"), Kind.DUPLICATE, len(rows) - LISTED)
