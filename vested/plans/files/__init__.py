"""The files of a plan: plan.json, assignments.csv, prices.csv, curve.csv, roadmap.csv, roadmap.json and report.html.

``plan.schema.json`` and ``roadmap.schema.json`` beside this package are the published JSON Schemas. CSV files are UTF-8
with commas (RFC 4180); ids are written as the sector gives them. Values are rounded to six decimals, money to two and
prices to nine, so that equal plans give equal bytes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import translation

from vested.plans.files._curve import curve_rows, write_curve
from vested.plans.files._document import document_of, summary_of, version, write_document
from vested.plans.files._roadmap import roadmap_document, write_roadmap
from vested.plans.files._tables import write_assignments, write_prices
from vested.plans.outcome import Outcome
from vested.plans.report import write_report

__all__ = ["FILES", "document_of", "reserve", "summary_of", "write_plan"]

FILES = ("plan.json", "assignments.csv", "prices.csv", "curve.csv", "roadmap.csv", "roadmap.json", "report.html")
"""Files a plan may have; ``curve.csv`` only where the curve was asked for, the roadmap's only where there is one."""


def write_plan(outcome: Outcome, folder: Path, *, language: str = "en", printed_on: date | None = None) -> list[Path]:
    """Write a plan's files into a folder, made where it is missing, and return their paths.

    All of them replace older ones together, once every one is written; other files in the folder stay. Reasons and
    report are in ``language`` (en, da or fr). Raises ``OSError`` where the folder cannot be written.
    """
    with _together(folder) as draft, translation.override(language):
        curve = curve_rows(outcome)
        write_document(document_of(outcome, curve=curve, language=language), draft / "plan.json")
        write_assignments(outcome, draft / "assignments.csv")
        write_prices(outcome, draft / "prices.csv")
        if curve:
            write_curve(curve, draft / "curve.csv")
        if road := outcome.roadmap:
            write_roadmap(road, draft / "roadmap.csv")
            document = roadmap_document(outcome, road, version=version(), language=language)
            write_document(document, draft / "roadmap.json")
        write_report(outcome, draft / "report.html", language=language, printed_on=printed_on)
    return [folder / name for name in FILES if (folder / name).exists()]


def reserve(folder: Path) -> None:
    """Make the folder and see that it can be written, before hours are spent on a plan. Raises ``OSError``."""
    with _draft(folder):
        pass


@contextmanager
def _together(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write into; afterwards its files replace those of the plan before."""
    with _draft(folder) as draft:
        yield draft
        for name in FILES:
            if (draft / name).exists():
                (draft / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)  # of another plan


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".vested-", dir=folder) as name:
        yield Path(name)
