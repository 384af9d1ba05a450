"""A published register of projects, read from one CSV file with a row for each project and year.

It is the shape in which the United Kingdom publishes its Government Major Projects Portfolio: a rating, dates, money in
millions, and sentences that say why. Nothing is written here; ``actions.bring_register_in`` does that.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from io import StringIO

from django.utils.translation import gettext as _

from vested.portfolio.models.following import Standing

NEEDED = ("project_number", "project_name", "year", "colour_rating")
RATINGS = {
    "green": Standing.ON_COURSE,
    "amber/green": Standing.ON_COURSE,
    "amber": Standing.WATCH,
    "amber/red": Standing.OFF,
    "red": Standing.OFF,
}
MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # January is 1
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})")
REASONS = re.compile(r"This is primarily due", re.IGNORECASE)
MILLION = 1_000_000
LONGEST = 2_000  # of a text that is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was published of a project for the year that ended on 31 March; None where nothing was."""

    line: int
    code: str
    title: str
    department: str
    aims: str
    year: int
    rating: Standing | None
    rating_why: str
    starts_on: date | None
    ends_on: date | None
    cost: Decimal | None  # of its whole life
    cost_why: str
    budget: Decimal | None  # of the year
    forecast: Decimal | None
    benefit: Decimal | None  # over its whole life

    @property
    def on(self) -> date:
        """The last day of the year it is about."""
        return date(self.year, 3, 31)


def read(text: str) -> tuple[list[Report], list[str]]:
    """The reports of a file, project by project and year by year, and in words what cannot be read, with its line."""
    rows = csv.DictReader(StringIO(text.lstrip("\ufeff")))
    missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
    if missing:
        return [], [_("The file has no column %(names)s.") % {"names": ", ".join(missing)}]
    reports: dict[tuple[str, int], Report] = {}
    problems = []
    for row in rows:
        try:
            report = _report(rows.line_num, {name: (cell or "").strip() for name, cell in row.items() if name})
        except ValueError as error:
            problems.append(_("Line %(line)s: %(problem)s") % {"line": rows.line_num, "problem": error})
            continue
        if reports.setdefault((report.code, report.year), report) is not report:
            words = _("Line %(line)s: %(code)s is there twice for %(year)s.")
            problems.append(words % {"line": report.line, "code": report.code, "year": report.year})
    return sorted(reports.values(), key=lambda one: (one.code, one.year)), problems


def by_project(reports: Iterable[Report]) -> dict[str, list[Report]]:
    """The reports of each project, in the order of years."""
    found: dict[str, list[Report]] = {}
    for one in sorted(reports, key=lambda one: one.year):
        found.setdefault(one.code, []).append(one)
    return found


def _report(line: int, row: Mapping[str, str]) -> Report:
    code, title, rated = row["project_number"], row["project_name"], row["colour_rating"].casefold()
    if not code or not title:
        raise ValueError(_("a project has no number or no name."))
    if not row["year"].isdecimal() or not 1990 <= int(row["year"]) <= 2100:
        raise ValueError(_("“%(year)s” is no year.") % {"year": row["year"][:20]})
    if rated and rated not in RATINGS:
        raise ValueError(_("“%(rating)s” is no rating.") % {"rating": rated[:20]})
    days = _days(REASONS.split(row.get("schedule_comment", ""))[0])
    return Report(
        line=line, code=code[:100], title=title[:300], department=row.get("department", ""),
        aims=row.get("description_aims", "")[:LONGEST], year=int(row["year"]), rating=RATINGS.get(rated),
        rating_why=row.get("rating_comment", "")[:LONGEST], starts_on=_day(row.get("start_date", "")),
        ends_on=_day(row.get("end_date", "")) or (days[-1] if days else None),
        cost=_money(row.get("wlc_baseline_incl_NCG", "")), cost_why=row.get("budget_comment", "")[:LONGEST],
        budget=_money(row.get("yearly_budget", "")), forecast=_money(row.get("yearly_forecast", "")),
        benefit=_money(row.get("total_benefits", "")),
    )  # fmt: skip


def _money(cell: str) -> Decimal | None:
    """Millions as an amount; None of an empty cell, of nothing, and of less, which is no cost and no benefit."""
    if not cell:
        return None
    try:
        value = (Decimal(cell) * MILLION).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise ValueError(_("“%(cell)s” is no amount.") % {"cell": cell[:20]}) from error
    return value if value > 0 else None


def _day(cell: str) -> date | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(cell[:10])
    except ValueError as error:
        raise ValueError(_("“%(cell)s” is no day.") % {"cell": cell[:20]}) from error


def _days(words: str) -> list[date]:
    """The days a sentence names, in its order."""
    found = []
    for year, month, day, dd, name, yyyy in DAY.findall(words):
        number = int(month) if month else next((at for at, one in enumerate(MONTHS) if one == name.casefold()), 0)
        try:
            found.append(date(int(year or yyyy), number, int(day or dd)))
        except ValueError:
            continue  # "30 FEB": the sentence says nothing we can use
    return found
