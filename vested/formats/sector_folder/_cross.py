"""Checks over several rows and tables: unknown ids, duplicate keys, cycles and ranges that depend on other cells."""

from collections.abc import Mapping

from vested.formats.sector_folder._ids import Known
from vested.formats.sector_folder._nouns import Settings
from vested.formats.sector_folder._report import Findings, Kind, shown
from vested.formats.sector_folder._rows import Columns
from vested.formats.sector_folder._tables import TABLES, Table, Type

_PARENTS = (("units", "parent_id"), ("staff", "manager_id"), ("courses", "prerequisite_id"))


def known_ids(tables: Mapping[str, Columns]) -> dict[str, Known]:
    """Give the ids of every table that was read and has an id column, by the table's name."""
    known = {}
    for name, columns in tables.items():
        first = columns.table.columns[0]
        if first.holds is Type.ID and first.name in columns.position:
            index: dict[str, int] = {}
            for row, text in enumerate(columns.texts(first.name)):
                if text:
                    index.setdefault(text, row)
            known[name] = Known(columns.file, index, columns.broken_ids)
    return known


def check_references(tables: Mapping[str, Columns], known: Mapping[str, Known], findings: Findings) -> None:
    """Report every id that its table does not have; ``levels`` are looked at elsewhere."""
    for name, columns in tables.items():
        if name == "levels":
            continue
        for column in columns.table.columns:
            ids = known.get(column.refers)
            if ids is None or column.also:
                continue
            if column.holds is Type.REF:
                for row, text in enumerate(columns.texts(column.name)):
                    if text and text not in ids:
                        findings.problem(columns.place(row, column.name), *ids.unknown(column.name, text))
            else:
                for row, texts in enumerate(columns.lists(column.name)):
                    for text in texts:
                        if text not in ids and text != "all":
                            findings.problem(columns.place(row, column.name), *ids.unknown(column.name, text))


def check_keys(tables: Mapping[str, Columns], findings: Findings) -> None:
    """Report every row whose key another row above it has; ``levels`` are looked at elsewhere."""
    for name, columns in tables.items():
        table = columns.table
        if name == "levels" or not table.key or not all(key in columns.position for key in _needed_keys(table)):
            continue
        first: dict[tuple[str, ...], int] = {}
        for row, key in enumerate(zip(*map(columns.keys, table.key), strict=True)):
            if any(not text and table.by_name[part].required for text, part in zip(key, table.key, strict=True)):
                continue
            earlier = first.setdefault(key, row)
            if earlier != row:
                _double(columns, key, row, earlier, findings)


def _needed_keys(table: Table) -> list[str]:
    return [key for key in table.key if table.by_name[key].required]


def _double(columns: Columns, key: tuple[str, ...], row: int, earlier: int, findings: Findings) -> None:
    line, place = columns.lines[earlier], columns.place(row, columns.table.key[0])
    named = " and ".join(
        f"{part} {shown(text)}" if text else f"no {part}" for part, text in zip(columns.table.key, key, strict=True)
    )
    if columns.table.name == "fixed" and columns.values["status"][row] != columns.values["status"][earlier]:
        now, before = columns.texts("status")[row], columns.texts("status")[earlier]
        what = f"{named} is {now} here and {before} in line {line}"
        findings.problem(place, Kind.NOT_ALLOWED, what, "keep the answer that holds")
    else:
        findings.problem(place, Kind.DUPLICATE, f"{named} is already in line {line}", "keep one of the two rows")


def check_cycles(tables: Mapping[str, Columns], findings: Findings) -> None:
    """Report every ring of units, managers and prerequisites once, at its first row."""
    for name, column in _PARENTS:
        if name not in tables:
            continue
        columns = tables[name]
        ids = columns.texts(columns.table.columns[0].name)
        row_of = {text: row for row, text in reversed(list(enumerate(ids))) if text}
        parents = columns.texts(column)
        for ring in rings([row_of.get(parent, -1) if parent else -1 for parent in parents]):
            start = ring.index(min(ring))
            names = [ids[row] for row in ring[start:] + ring[:start]]
            shown_names = [*names, names[0]] if len(names) <= 10 else [*names[:9], "…", names[0]]
            what = f"{column} goes round in a ring: " + " → ".join(shown(text)[1:-1] for text in shown_names)
            mend = f"correct or empty one {column} of the ring"
            findings.problem(columns.place(min(ring), column), Kind.CYCLE, what, mend)


def rings(parents: list[int]) -> list[list[int]]:
    """Give the rings of a graph in which every node has at most one parent (-1: none)."""
    state = [0] * len(parents)  # 0 not seen, else the number of the walk that met it
    found = []
    for walk, start in enumerate(range(len(parents)), start=1):
        node = start
        while node >= 0 and not state[node]:
            state[node] = walk
            node = parents[node]
        if node >= 0 and state[node] == walk:
            ring = [node]
            while parents[ring[-1]] != node:
                ring.append(parents[ring[-1]])
            found.append(ring)
    return found


def check_ranges(tables: Mapping[str, Columns], settings: Settings, findings: Findings) -> None:
    """Report outcomes that raise nothing and periods after the last."""
    if outcomes := tables.get("course_outcomes"):
        pairs = zip(outcomes.numbers("from_level"), outcomes.numbers("to_level"), strict=True)
        for row, (start, end) in enumerate(pairs):
            if end <= start:
                what = f"to_level {end:g} is not above from_level {start:g}"
                mend = "write the level people have afterwards, or take the row away"
                findings.problem(outcomes.place(row, "to_level"), Kind.OUT_OF_RANGE, what, mend)
    for name, column in (("sessions", "period"), ("initiative_skills", "by_period")):
        if name in tables:
            for row, period in enumerate(tables[name].numbers(column)):
                if period > settings.periods:
                    what = f"{column} {period:g} is after the last period, {settings.periods}"
                    mend = f"write 1 to {settings.periods}, or raise periods in the plan's settings"
                    findings.problem(tables[name].place(row, column), Kind.OUT_OF_RANGE, what, mend)


def skills_named(tables: Mapping[str, Columns], in_levels: Mapping[object, int]) -> dict[str, int]:
    """Give a number to each skill that tables name, in the order they are met, where no table lists them."""
    index: dict[str, int] = {}
    for table in TABLES:
        if table.name == "levels":
            texts = [str(text) for text in in_levels]
        elif table.name in tables and "skill_id" in table.by_name:
            texts = tables[table.name].texts("skill_id")
        else:
            continue
        for text in texts:
            if text:
                index.setdefault(text, len(index))
    return index
