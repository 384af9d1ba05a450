"""Reading a sector for a command."""

from pathlib import Path

from vested.config.cli._terminal import Failure, Live, count, files_at
from vested.formats import sector_folder
from vested.formats.sector_folder import Sector

FIRST = 20  # problems a command other than check-files shows


def read_sector(path: Path, *, live: Live) -> Sector:
    """Read a sector folder or workbook; problems become a failure that shows the first of them."""
    if not path.exists():
        raise Failure(f"{path}: there is no such folder or workbook; check the spelling")
    with files_at(path):
        report = sector_folder.check(path, progress=live.bar())
    live.clear()
    if report.sector is None:
        lines = [str(problem) for problem in report.problems[:FIRST]]
        total = sum(report.counts().values())
        raise Failure(
            f"{path} has {count(total, 'problem', 'problems')}; `./run check-files {path}` lists all:\n  "
            + "\n  ".join(lines)
        )
    if report.warnings:
        live.say(f"{count(len(report.warnings), 'warning', 'warnings')}; `./run check-files {path}` lists them.")
    return report.sector
