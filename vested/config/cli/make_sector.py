"""``./run make-sector``: a generated sector."""

import argparse

from vested.config.cli._terminal import Failure, Live, count, files_at
from vested.formats import sector_folder
from vested.plans import generator


def run(options: argparse.Namespace) -> int:
    """Generate and write, unless something is there already."""
    out, base = options.out, options.base
    if not options.force and (any(out.iterdir()) if out.is_dir() else out.exists()):
        raise Failure(f"{out} is not empty; choose another place, or say --force to write into it")
    if base is not None and not base.is_dir():
        raise Failure(f"{base}: there is no such folder; check the spelling")
    live = Live(quiet=options.quiet)
    live.show(f"Making a sector of {count(options.people, 'person', 'people')}")
    try:
        with files_at(base or out):
            tables = None if base is None else generator.read_base(base)
        sector = generator.make_sector(
            people=options.people, seed=options.seed, base=tables, portfolio=options.portfolio
        )
        live.show(f"Writing {count(len(sector.levels.level), 'level', 'levels')}")
        with files_at(out):
            sector_folder.write(sector, out)
    except ValueError as error:  # what is asked for cannot be made, or a sheet cannot hold it
        raise Failure(str(error)) from error
    live.clear()
    if not options.quiet:
        print(f"Written to {out}: {count(len(sector.staff), 'person', 'people')}. Plan it: ./run plan {out} --out PLAN")
    return 0
