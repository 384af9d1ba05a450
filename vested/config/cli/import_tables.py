"""``./run import``: published frameworks and catalogues as sector tables."""

import argparse

from vested.config.cli._terminal import Failure, Live, files_at
from vested.formats import frameworks, sector_folder


def run(options: argparse.Namespace) -> int:
    """Read the source, say what is odd about it, and add its rows to the folder's tables."""
    paths = [getattr(options, name) for name in options.inputs]
    for path in paths:
        if not path.exists():
            raise Failure(f"{path}: there is no such file or folder; check the spelling")
    live = Live(quiet=options.quiet)
    live.show(f"Reading {paths[0]}")
    try:
        with files_at(paths[0]):
            imported = _read(options)
        with files_at(options.out):
            sector_folder.write_tables(imported.tables, options.out, append=True)
    except ValueError as error:  # what was read is not what it should be, or what is there cannot be added to
        raise Failure(str(error)) from error
    for warning in imported.warnings:
        live.say(str(warning))
    live.clear()
    if not options.quiet:
        rows = ", ".join(f"{len(rows):,} {name}" for name, rows in imported.tables.items())
        print(f"Added to {options.out}: {rows}.")
        print(f"The licence asks you to say where this comes from: {imported.attribution}")
    return 0


def _read(options: argparse.Namespace) -> frameworks.Imported:
    match options.source:
        case "digcomp":
            return frameworks.digcomp(options.file)
        case "uk-gdd":
            return frameworks.uk_gdd(options.roles, options.skills)
        case _direct:
            return frameworks.direct(options.dir)
