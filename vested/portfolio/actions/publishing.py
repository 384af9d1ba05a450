"""Bring in a published register of projects: its ratings as claims, its yearly costs and dates as baselines."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vested.core import jobs
from vested.core.history import record
from vested.core.models import Job, Sector, Unit
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.portfolio.actions.following import list_differences
from vested.portfolio.imports import Report, by_project
from vested.portfolio.models import Baseline, Benefit, Claim, Cost, Initiative, Mode, Spending
from vested.portfolio.models.following import Side
from vested.portfolio.queries.published import taken_back
from vested.portfolio.queries.quarters import quarter_of, span
from vested.skills.models import Source

A_YEAR = 4  # quarters
FOLDER, KEPT_FOR = "registers", timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtIn:
    """The keys of the initiatives a register opened, and how many it brought of all else."""

    opened: list[int]
    baselines: int
    claims: int
    differences: int

    @property
    def initiatives(self) -> int:
        """How many it opened."""
        return len(self.opened)


@transaction.atomic
def ask_for_register(*, by: Viewer, file: File[bytes], source: str, at: datetime) -> Job:
    """Keep a register that was checked, and start to bring it in; those kept for more than a day are forgotten."""
    require(by, Permission.PORTFOLIO_DECIDE)
    name = default_storage.save(f"{FOLDER}/{uuid4().hex}.csv", file)
    for old in default_storage.listdir(FOLDER)[1]:
        if default_storage.get_modified_time(f"{FOLDER}/{old}") < at - KEPT_FOR:
            transaction.on_commit(partial(default_storage.delete, f"{FOLDER}/{old}"))
    job = jobs.start("portfolio.register", by=by, at=at, file=name, source=source)
    record("register.asked_for", by=by, on=by.sector, new={"source": source})
    return job


@transaction.atomic
def bring_register_in(*, by: Viewer, reports: Sequence[Report], source: str, at: datetime) -> BroughtIn:
    """Bring in what is new in a register: projects it has not seen, and of others the years after the last one known.

    What was brought in before stays, also of projects that are in the register no more.
    """
    require(by, Permission.PORTFOLIO_DECIDE)
    Sector.objects.select_for_update().get(pk=by.sector.pk)
    projects = by_project(reports)
    opened = _open(by, projects, timezone.localdate(at))
    known = {one.code: one for one in Initiative.objects.all().looked_at().filter(source__code__in=projects)}
    found = []
    for code, rows in projects.items():
        one = known[code]
        last = max((row.on for kept in (one.claims, one.baselines) for row in kept.all()), default=date.min)
        if fresh := [row for row in rows if row.on > last]:
            found.append(_Told(by, one, fresh, source))
    frozen = [row for told in found for row in told.baselines()]
    Baseline.objects.bulk_create(frozen)
    for told in found:
        told.plan()
    Spending.objects.bulk_create([row for told in found for row in told.spending()])
    claims = Claim.objects.bulk_create([row for told in found for row in told.claims()])
    unlike = 0
    for one in (
        Initiative.objects.all().looked_at().filter(pk__in=[told.one.pk for told in found], claims__isnull=False)
    ):
        unlike += len(list_differences(by=by, initiative=one, on=max(row.on for row in one.claims.all())))
    for one in opened:
        record("initiative.published", by=by, on=one, new={"source": source})
    keys = [one.pk for one in opened]
    counted = BroughtIn(opened=keys, baselines=len(frozen), claims=len(claims), differences=unlike)
    record("register.brought_in", by=by, on=by.sector, new={"source": source, "initiatives": counted.initiatives})
    return counted


def _open(by: Viewer, projects: dict[str, list[Report]], today: date) -> list[Initiative]:
    """Open those there are not yet, or that were taken back.

    They are in delivery, in the unit named like their department, if there is one.
    """
    known = list(Initiative.objects.filter(source__code__in=projects).select_related("source"))
    again, there = _open_again([one for one in known if one.closed_on]), {one.code for one in known}
    new = {code: rows for code, rows in projects.items() if code not in there}
    sources = {row.code: row for row in Source.objects.filter(code__in=new)}
    fresh = [
        Source(sector=by.sector, code=code, title=rows[-1].title) for code, rows in new.items() if code not in sources
    ]
    for row in fresh:
        row.save()  # one by one, since saving folds the words it is found by
    sources |= {row.code: row for row in fresh}
    units = {
        str(name).casefold(): unit for unit in Unit.objects.filter(ended_on=None) for name in (unit.code, unit.name)
    }
    return again + Initiative.objects.bulk_create(
        Initiative(
            sector=by.sector, source=sources[code], why=rows[-1].aims or rows[-1].title, opened_on=today,
            unit=units.get(rows[-1].department.casefold()), stage=Initiative.Stage.DELIVERY,
            stage_since=rows[0].on, starts_on=_starts(rows),
        )
        for code, rows in new.items()
    )  # fmt: skip


def _open_again(closed: Collection[Initiative]) -> list[Initiative]:
    """Open again what was closed since its register was taken back: it is in one that is brought in now."""
    rows = taken_back(closed)
    for one in rows:
        one.closed_on, one.outcome, one.closed_why, one.stage = None, "", "", Initiative.Stage.DELIVERY
        one.save(update_fields=["closed_on", "outcome", "closed_why", "stage"])
    return rows


def _starts(rows: Sequence[Report]) -> date:
    """The day it started, as it was published; else the first day of the first year there is."""
    return next((row.starts_on for row in rows if row.starts_on), date(rows[0].year - 1, 4, 1))


class _Told:
    """What reports tell of an initiative that is new."""

    def __init__(self, by: Viewer, one: Initiative, reports: Sequence[Report], source: str) -> None:
        self.by, self.one, self.reports, self.source = by, one, reports, source
        self.starts = one.starts_on or _starts(reports)
        self.last = max(one.baselines.all(), key=lambda row: row.number, default=None)
        self.benefit = next((row.benefit for row in reversed(reports) if row.benefit), None)
        self.promised: list[dict[str, Any]] = []

    def baselines(self) -> list[Baseline]:
        """One for each year whose cost or end is another than the year before."""
        self._promise()
        made: list[Baseline] = []
        for row in self.reports:
            last = made[-1] if made else self.last
            if row.cost is None or row.ends_on is None or row.ends_on <= self.starts:
                continue
            if last is None or (last.cost, last.ends_on) != (row.cost, row.ends_on):
                costs = _spread(self.starts, row.ends_on, row.cost, [])
                made.append(
                    Baseline(
                        sector=self.by.sector, initiative=self.one, number=last.number + 1 if last else 1, on=row.on,
                        why=row.cost_why or _("As it was published."), kind=Mode.Kind.ROLLOUT, starts_on=self.starts,
                        ends_on=row.ends_on, cost=row.cost, benefits=self.promised,
                        costs=[[number, str(cost)] for number, cost in enumerate(costs.values(), 1)],
                    )
                )  # fmt: skip
        self.last = made[-1] if made else self.last
        return made

    def plan(self) -> None:
        """Plan what the newest baseline says, and for the years published their own budgets."""
        if self.last is None:
            return
        costs = _spread(self.starts, self.last.ends_on, self.last.cost, self.reports)
        mode, _new = Mode.objects.update_or_create(
            sector=self.by.sector, initiative=self.one, kind=Mode.Kind.ROLLOUT, defaults={"quarters": len(costs)}
        )
        mode.costs.all().delete()
        Cost.objects.bulk_create(
            Cost(sector=self.by.sector, mode=mode, quarter=number, cost=cost)
            for number, cost in enumerate(costs.values(), 1)
        )
        self.one.mode, self.one.starts_on = mode, self.starts
        self.one.save(update_fields=["mode", "starts_on"])

    def spending(self) -> list[Spending]:
        """A quarter of each year's forecast, as it was at the year's end; before the first year, what was planned."""
        rows = {
            day: (row.forecast / A_YEAR, self.source, row.on)
            for row in self.reports
            if row.forecast is not None
            for day in span(date(row.year - 1, 4, 1), A_YEAR)
        }
        if self.last and rows and not self.one.spendings.all():
            plan = _spread(self.starts, self.last.ends_on, self.last.cost, self.reports)
            words = _("Not published for this quarter; taken as planned")
            rows = {
                day: (cost, words, min(one[2] for one in rows.values()))
                for day, cost in plan.items()
                if day < min(rows)
            } | rows
        return [
            Spending(
                sector=self.by.sector, initiative=self.one, quarter=day, amount=amount.quantize(Decimal("0.01")),
                source=words[:200], noted_on=on,
            )
            for day, (amount, words, on) in rows.items()
        ]  # fmt: skip

    def claims(self) -> list[Claim]:
        """Each year's rating, which was one for the whole, on every side."""
        return [
            Claim(
                sector=self.by.sector, initiative=self.one, words=row.rating_why, on=row.on,
                **dict.fromkeys(map(str, Side), str(row.rating)),
            )
            for row in self.reports
            if row.rating
        ]  # fmt: skip

    def _promise(self) -> None:
        """Name what it is to bring over its whole life, once."""
        if self.benefit and not self.one.benefits.all():
            row = Benefit.objects.create(
                sector=self.by.sector, initiative=self.one, words=_("Benefits over its whole life, as published"),
                economic=False, amount=float(self.benefit), counts=self.one.sector.currency,
            )  # fmt: skip
            self.promised = [{"id": row.pk, "words": row.words, "economic": False, "amount": row.amount}]
        elif self.last:
            self.promised = self.last.benefits


def _spread(starts: date, ends: date, cost: Decimal, reports: Sequence[Report]) -> dict[date, Decimal]:
    """A cost over the quarters until the end: each year published by its own budget, the rest evenly."""
    first, last = quarter_of(starts), quarter_of(ends - timedelta(days=1))
    quarters = span(starts, (12 * (last.year - first.year) + last.month - first.month) // 3 + 1)
    told = {
        day: (row.budget / A_YEAR).quantize(Decimal("0.01"))
        for row in reports
        if row.budget is not None
        for day in span(date(row.year - 1, 4, 1), A_YEAR)
        if day in quarters
    }
    rest = [day for day in quarters if day not in told]
    each = max(cost - sum(told.values(), Decimal(0)), Decimal(0)) / len(rest) if rest else Decimal(0)
    return {day: told.get(day, each.quantize(Decimal("0.01"))) for day in quarters}
