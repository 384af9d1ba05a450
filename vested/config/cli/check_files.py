"""``./run check-files``: every problem of a sector folder or workbook, in one pass."""

import argparse
import json

from vested.config.cli._terminal import Failure, Live, count, files_at
from vested.formats import sector_folder
from vested.formats.sector_folder import Problem, Report


def run(options: argparse.Namespace) -> int:
    """Check, print what was found, and return 1 where there are problems."""
    if not options.folder.exists():
        raise Failure(f"{options.folder}: there is no such folder or workbook; check the spelling")
    live = Live(quiet=options.quiet or options.json)
    with files_at(options.folder):
        report = sector_folder.check(options.folder, progress=live.bar())
    live.clear()
    if options.json:
        _print_json(report)
    else:
        for problem in report.problems:
            print(problem)
        if not options.quiet:
            _print_summary(report)
    return 1 if report.problems else 0


def _print_summary(report: Report) -> None:
    for warning in report.warnings:
        print(f"{warning} (a warning)")
    for kind, number in report.counts().items():
        print(f"{number:>8,} {kind}")
    if report.sector is None:
        print(f"{count(sum(report.counts().values()), 'problem', 'problems')} to mend.")
        return
    sector = report.sector
    print(
        f"No problems: {count(len(sector.staff), 'person', 'people')}, {count(len(sector.roles), 'role', 'roles')}, "
        f"{count(len(sector.levels.level), 'level', 'levels')}, {count(len(sector.courses), 'course', 'courses')}, "
        f"{count(len(sector.sessions), 'session', 'sessions')}."
    )


def _print_json(report: Report) -> None:
    def row(problem: Problem) -> dict[str, object]:
        names = ("file", "line", "column", "kind", "what", "mend", "count")
        return {name: getattr(problem, name) for name in names}

    document = {
        "problems": [row(problem) for problem in report.problems],
        "warnings": [row(warning) for warning in report.warnings],
        "counts": {str(kind): number for kind, number in report.counts().items()},
    }
    print(json.dumps(document, ensure_ascii=False, indent=1))
