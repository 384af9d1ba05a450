"""What an import's files say: laid out, checked beside what is there, compared with it. Nothing is written."""

import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vested.core.imports import upload
from vested.core.imports.exports import write_now
from vested.core.imports.layout import Sheet, part_of
from vested.core.imports.tables import Diff, asked, tables
from vested.core.models import Import
from vested.formats.sector_folder import BY_NAME, Problem, Report, Type, check

LISTED = 5_000  # problems kept one by one; all are counted
OF_WAYS = {"initiatives", "initiative_modes", "initiative_costs", "initiative_people", "initiative_links", "blocks"}
SAMPLES = 200  # rows of each kind a preview keeps of a table


@contextmanager
def laid_out(imported: Import) -> Iterator[Path]:
    """The import's files as a folder or workbook of this machine, for as long as they are needed."""
    with tempfile.TemporaryDirectory(prefix="vested-import-") as folder:
        yield upload.lay_out(imported.folder, imported.files, Path(folder))


def checked(path: Path, sheets: Iterable[Sheet], *, progress: Callable[[int, int], None]) -> Report:
    """Check the files beside the tables that others refer to, as they are now."""
    sheets = list(sheets)
    with tempfile.TemporaryDirectory(prefix="vested-now-") as folder:
        write_now(Path(folder), _referred_to({sheet.table for sheet in sheets}))
        longest: dict[str, dict[str, int]] = {}
        for table in tables():
            longest.setdefault(table.table.name, {}).update(table.longest)
        part = part_of(sheets, around=Path(folder), longest=longest)
        return check(path, part=part, progress=lambda done, total, _doing: progress(done, total))


def _referred_to(brought: Collection[str]) -> list[str]:
    """Tables with ids of their own, except skills nobody has listed: those are taken from the tables that name them.

    What speaks of the ways of initiatives is checked beside those there are, and the quarters there is money for.
    """
    mine: dict[str, bool] = {}
    for table in tables():
        if BY_NAME[table.table.name].columns[0].holds is Type.ID:
            empty = table.table.name == "skills" and not table.current()
            mine[table.table.name] = mine.get(table.table.name, False) or not empty
    ways = ["initiative_modes", "portfolio_budgets"] if OF_WAYS & set(brought) else []
    return [*(name for name, wanted in mine.items() if wanted), *ways]


def differences(report: Report) -> dict[str, Diff]:
    """What the files would change, by the name of each table they speak of."""
    if report.sector is None:
        return {}
    spoken = [table for table in tables() if table.read_from(report.present)]
    return {table.name: asked(table, report.sector, report.present) for table in spoken}


def left_alone(report: Report) -> list[str]:
    """Tables the files hold and of which nothing is read, since they lack a column."""
    there = [table for table in tables() if table.table.name in report.present]
    return [table.name for table in there if not table.read_from(report.present)]


def report_of(report: Report) -> dict[str, Any]:
    """What checking found, as an import keeps it."""
    counts: Counter[tuple[str, str]] = Counter()
    for problem in report.problems:
        counts[problem.file, problem.kind.value] += problem.count
    return {
        "problems": [_plain(problem) for problem in report.problems[:LISTED]],
        "warnings": [_plain(problem) for problem in report.warnings[:LISTED]],
        "counts": [[file, kind, count] for (file, kind), count in counts.items()],
    }


def _plain(problem: Problem) -> list[object]:
    return [problem.file, problem.line, problem.column, problem.kind.value, problem.what, problem.mend, problem.count]


def counts_of(diffs: Mapping[str, Diff]) -> list[list[object]]:
    """Table by table: its name, and how many rows are added, changed and removed."""
    return [[name, len(diff.added), len(diff.changed), len(diff.removed)] for name, diff in diffs.items()]


def preview_of(diffs: Mapping[str, Diff], *, left: list[str], again: bool) -> dict[str, Any]:
    """What would change, as an import keeps it: the first rows of each kind; ``again`` since it has become another."""
    return {
        "left": left,
        "again": again,
        "samples": {
            name: {
                "added": [[list(key), list(row)] for key, row in _first(diff.added)],
                "changed": [[list(key), list(old), list(new)] for key, (old, new) in _first(diff.changed)],
                "removed": [[list(key), list(row)] for key, row in _first(diff.removed)],
            }
            for name, diff in diffs.items()
        },
    }


def _first(rows: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    return [pair for pair, _ in zip(rows.items(), range(SAMPLES), strict=False)]
