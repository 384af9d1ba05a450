"""``./run template``: a workbook to fill in."""

import argparse

from vested.config.cli._terminal import Failure, files_at
from vested.formats import sector_folder


def run(options: argparse.Namespace) -> int:
    """Write the workbook, unless one is there already."""
    out = options.out
    if out.suffix.lower() != ".xlsx":
        raise Failure(f"{out}: the template is a workbook; end the name with .xlsx")
    if out.exists() and not options.force:
        raise Failure(f"{out} exists and may be filled in; choose another name, or say --force to replace it")
    with files_at(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        sector_folder.write_template(out, language=options.language)
    print(f"Written to {out}. Fill it in, then: ./run check-files {out}")
    return 0
