"""report.html: what a plan does, how sure that is, and what could not be done, for those who must answer for it.

One file without script or anything from outside, printable, in English, Danish and French: ``figures`` counts,
``charts`` draws, ``words`` writes numbers and reasons, and the templates under ``plans/report`` lay them out.
"""

from datetime import date
from pathlib import Path

import django
from django.apps import apps

from vested.plans.outcome import Outcome
from vested.plans.report.figures import figures_of
from vested.plans.report.page import page_of

__all__ = ["LANGUAGES", "write_report"]

LANGUAGES = ("en", "da", "fr")


def write_report(outcome: Outcome, path: Path, *, language: str = "en", printed_on: date | None) -> None:
    """Write the report on ``outcome`` to ``path``.

    ``language`` is one of ``LANGUAGES``, else a ``ValueError`` says so. ``printed_on`` stands on the page and says how
    old the levels are; None leaves both out. Django's settings must be named in the environment.
    """
    if language not in LANGUAGES:
        raise ValueError(f"the report is written in {', '.join(LANGUAGES)}, not {language}; choose one of these")
    if not apps.ready:
        django.setup()
    text = page_of(figures_of(outcome, printed_on=printed_on), language=language, printed_on=printed_on)
    path.write_text(text, encoding="utf-8", newline="\n")
