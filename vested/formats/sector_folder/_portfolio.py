"""Checks of the tables a roadmap is computed from, over several rows and tables."""

from collections.abc import Iterator, Mapping

from vested.formats.sector_folder._ids import Known
from vested.formats.sector_folder._report import Findings, Kind, shown
from vested.formats.sector_folder._rows import Columns

Tables = Mapping[str, Columns]
Modes = Mapping[tuple[str, str], float]
"""How many quarters each mode of each initiative takes."""


def check_portfolio(tables: Tables, known: Mapping[str, Known], findings: Findings) -> None:
    """Report what cannot belong together in windows, modes, links, blocks, and how far the roadmap looks."""
    _windows(tables, findings)
    _both_ids(tables, known, findings)
    modes = _modes(tables)
    if "initiative_modes" not in tables:
        return
    for name, column in (("initiative_costs", "quarter"), ("initiative_people", "quarter")):
        if name in tables:
            _within(tables[name], column, modes, findings)
    if not modes:
        return
    _links(tables, known, modes, findings)
    _without_modes(tables, {initiative for initiative, _ in modes}, findings)
    _horizon(tables, findings)
    _rings(tables, findings)


def _rows(columns: Columns, *names: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the rows in which all these texts could be read."""
    for row, texts in enumerate(zip(*map(columns.texts, names), strict=True)):
        if all(texts):
            yield row, texts


def _windows(tables: Tables, findings: Findings) -> None:
    if columns := tables.get("initiatives"):
        pairs = zip(columns.numbers("earliest"), columns.numbers("latest"), strict=True)
        for row, (earliest, latest) in enumerate(pairs):
            if latest < earliest:
                what = f"latest {latest:g} is before earliest {earliest:g}"
                mend = "write the last quarter it may start in, or leave it empty"
                findings.problem(columns.place(row, "latest"), Kind.OUT_OF_RANGE, what, mend)


def _both_ids(tables: Tables, known: Mapping[str, Known], findings: Findings) -> None:
    """Report blocks named like an initiative, since a link could mean either."""
    if "blocks" in tables and "initiatives" in known:
        for row, (block,) in _rows(tables["blocks"], "block_id"):
            if block in known["initiatives"].index:
                what = f"block_id {shown(block)} is an id of {known['initiatives'].file} too"
                findings.problem(
                    tables["blocks"].place(row, "block_id"), Kind.DUPLICATE, what, "give the block another id"
                )


def _modes(tables: Tables) -> dict[tuple[str, str], float]:
    if "initiative_modes" not in tables:
        return {}
    columns = tables["initiative_modes"]
    length = columns.numbers("quarters")
    return {(initiative, mode): length[row] for row, (initiative, mode) in _rows(columns, "initiative_id", "mode")}


def _within(columns: Columns, column: str, modes: Modes, findings: Findings) -> None:
    """Report rows of modes there are not, and quarters after a mode's last."""
    quarter = columns.numbers(column)
    for row, (initiative, mode) in _rows(columns, "initiative_id", "mode"):
        if (initiative, mode) not in modes:
            _unknown_mode(columns, row, initiative, mode, findings)
        elif quarter[row] > modes[initiative, mode]:
            what = f"{column} {quarter[row]:g} is after the last of {modes[initiative, mode]:g} quarters"
            mend = "count quarters from the start, or raise quarters in initiative_modes"
            findings.problem(columns.place(row, column), Kind.OUT_OF_RANGE, what, mend)


def _unknown_mode(columns: Columns, row: int, initiative: str, mode: str, findings: Findings) -> None:
    what = f"initiative_modes has no mode {mode} of {shown(initiative)}"
    findings.problem(columns.place(row, "mode"), Kind.UNKNOWN_ID, what, "correct it, or add the mode there")


def _links(tables: Tables, known: Mapping[str, Known], modes: Modes, findings: Findings) -> None:
    """Report needs that are no initiative and no block, and modes that need an initiative."""
    if "initiative_links" not in tables:
        return
    columns = tables["initiative_links"]
    initiatives, blocks = known.get("initiatives"), known.get("blocks")
    if initiatives is None:
        return
    stated = columns.texts("mode")
    for row, (initiative, needs) in _rows(columns, "initiative_id", "needs"):
        if needs not in initiatives and (blocks is None or needs not in blocks):
            where = initiatives if blocks is None or not blocks.nearest.find(needs) else blocks
            kind, what, mend = where.unknown("needs", needs)
            other = blocks.file if blocks and where is initiatives else initiatives.file
            what = what if blocks is None else f"{what}, nor in {other}"
            findings.problem(columns.place(row, "needs"), kind, what, mend)
        elif stated[row] and needs in initiatives:
            what = f"mode {stated[row]} needs the initiative {shown(needs)}, which every mode would wait for"
            findings.problem(columns.place(row, "mode"), Kind.BAD_VALUE, what, "leave the mode empty, or name a block")
        elif stated[row] and (initiative, stated[row]) not in modes:
            _unknown_mode(columns, row, initiative, stated[row], findings)


def _without_modes(tables: Tables, planned: set[str], findings: Findings) -> None:
    """Report initiatives that must start, are waited for, or build a block, and have no mode."""

    def report(columns: Columns, row: int, column: str, what: str, initiative: str) -> None:
        mend = f"add the ways to carry {shown(initiative)} out there, or change this cell"
        findings.problem(
            columns.place(row, column), Kind.MISSING_ROW, f"{what}, and initiative_modes has none of it", mend
        )

    if columns := tables.get("initiatives"):
        for row, (initiative,) in _rows(columns, "initiative_id"):
            if columns.values["mandatory"][row] is True and initiative not in planned:
                report(columns, row, "mandatory", f"{shown(initiative)} is mandatory", initiative)
    ids = set(tables["initiatives"].texts("initiative_id")) if "initiatives" in tables else set[str]()
    if columns := tables.get("initiative_links"):
        for row, (initiative, needs) in _rows(columns, "initiative_id", "needs"):
            if initiative in ids - planned:
                report(columns, row, "initiative_id", f"{shown(initiative)} waits for something", initiative)
            elif needs in ids - planned:
                report(columns, row, "needs", f"{shown(needs)} is waited for", needs)
    if columns := tables.get("blocks"):
        for row, builders in enumerate(columns.lists("built_by")):
            for initiative in builders:
                if initiative in ids - planned:
                    report(columns, row, "built_by", f"{shown(initiative)} builds it", initiative)


def _horizon(tables: Tables, findings: Findings) -> None:
    """Report that nothing says how many quarters the roadmap has."""
    if not any(name in tables and tables[name].lines for name in ("pools", "portfolio_budgets")):
        columns = tables["initiative_modes"]
        what = "initiatives have modes, and neither pools nor portfolio_budgets says which quarters there are"
        mend = "add portfolio_budgets with a row for each quarter, or pools"
        findings.problem((columns.file, columns.line, 1), Kind.MISSING_TABLE, what, mend)


def _rings(tables: Tables, findings: Findings) -> None:
    """Report a ring of initiatives that need one another, at the first row of it."""
    if "initiative_links" not in tables:
        return
    columns = tables["initiative_links"]
    needs: dict[str, dict[str, int]] = {}
    for row, (initiative, needed) in _rows(columns, "initiative_id", "needs"):
        needs.setdefault(initiative, {}).setdefault(needed, row)
    done: set[str] = set()
    for root in needs:
        path: list[str] = [] if root in done else [root]
        on_it = set(path)
        while path:
            following = next((other for other in needs.get(path[-1], {}) if other not in done), None)
            if following is None:
                on_it.discard(path[-1])
                done.add(path.pop())
            elif following in on_it:
                ring = path[path.index(following) :]
                _ring(columns, ring, needs, findings)
                done.update(path)
                path = []
            else:
                path.append(following)
                on_it.add(following)


def _ring(columns: Columns, ring: list[str], needs: Mapping[str, Mapping[str, int]], findings: Findings) -> None:
    names = [shown(one)[1:-1] for one in [*ring, ring[0]]]
    if len(names) > 11:
        names = [*names[:9], "…", names[-1]]
    row = min(needs[one][other] for one, other in zip(ring, [*ring[1:], ring[0]], strict=True))
    what = "needs goes round in a ring: " + " → ".join(names)
    findings.problem(columns.place(row, "needs"), Kind.CYCLE, what, "take one link of the ring away")
