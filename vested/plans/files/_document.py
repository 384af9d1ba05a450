"""plan.json: everything the plan is and proves, for programs."""

import json
import tomllib
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from vested.plans.files._cells import MONEY, PRICE, need_id, proven, rounded
from vested.plans.files._curve import CurveRow
from vested.plans.outcome import Outcome
from vested.plans.reasons import Unmet, unmet_of

Json = dict[str, Any]
"""A JSON object; ``plan.schema.json`` says what is in it."""


def document_of(outcome: Outcome, *, curve: list[CurveRow], language: str) -> Json:
    """Give plan.json's content; reasons are in Django's active language, which ``language`` names."""
    sector, plan = outcome.sector, outcome.plan
    return {
        "version": version(),
        "sector": [unit.name for unit in sector.units if unit.parent_id is None],
        "language": language,
        "currency": sector.settings.currency,
        "periods": sector.settings.periods,
        "seed": sector.settings.seed,
        "stages": _stages(outcome),
        "people": len(sector.staff),
        "people_learning": len(np.unique(plan.person)),
        "assignments": len(plan.person),
        "seconds": rounded(outcome.seconds, 1),
        "stopped": outcome.stopped.value,
        "budgets": _budgets(outcome),
        "initiatives": _initiatives(outcome),
        "prices": _prices(outcome),
        "curve": [asdict(row) for row in curve],
        "unmet": [_unmet(outcome, row) for row in unmet_of(outcome)],
    }


def summary_of(document: Json) -> Json:
    """Give plan.json without its lists: the stages and what was counted."""
    stages = dict(document["stages"])
    stages["fairness"] = {name: value for name, value in stages["fairness"].items() if name != "groups"}
    kept = ("sector", "people", "people_learning", "assignments", "seconds", "stopped")
    counts = dict.fromkeys(("compulsory", "need", "wish"), 0)
    for row in document["unmet"]:
        counts[row["kind"]] += 1
    return {"stages": stages} | {name: document[name] for name in kept} | {"unmet": counts}


def write_document(document: Json, path: Path) -> None:
    """Write the document, indented, in UTF-8."""
    path.write_text(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n", encoding="utf-8")


def _stages(outcome: Outcome) -> Json:
    plan = outcome.plan
    value = plan.value
    return {
        "compulsory": {"given": plan.compulsory.given, "bound": plan.compulsory.bound},
        "fairness": {
            "share": outcome.sector.settings.fairness,
            "shortfall": rounded(plan.fairness.shortfall),
            "bound": rounded(plan.fairness.bound),
            "groups": _groups(outcome),
        },
        "value": {
            "objective": rounded(value.objective),
            "bound": proven(value.bound),
            "gap": proven(value.gap),
            "gap_closed": rounded(value.gap_closed),
            "needs": rounded(value.needs),
            "wishes": rounded(value.wishes),
            "cost": rounded(value.cost, MONEY),
        },
    }


def _groups(outcome: Outcome) -> list[Json]:
    fairness, prices = outcome.plan.fairness, outcome.plan.prices
    return [
        {
            "kind": group.kind,
            "id": group.group_id,
            "name": group.name,
            "gap": rounded(fairness.gap[g]),
            "target": rounded(fairness.target[g]),
            "closed": rounded(fairness.closed[g]),
            "shortfall": rounded(fairness.group_shortfall[g]),
            "price": rounded(prices.group[g], PRICE),
        }
        for g, group in enumerate(outcome.groups)
    ]


def _budgets(outcome: Outcome) -> list[Json]:
    plan = outcome.plan
    return [
        {
            "unit_id": budget.unit_id,
            "amount": rounded(budget.amount, MONEY),
            "used": rounded(plan.budget_used[b], MONEY),
            "price": rounded(plan.prices.budget[b], PRICE),
        }
        for b, budget in enumerate(outcome.sector.budgets)
    ]


def _initiatives(outcome: Outcome) -> list[Json]:
    plan, titles = outcome.plan, {row.initiative_id: row.title for row in outcome.sector.initiatives}
    return [
        {
            "id": need_id(need),
            "initiative_id": need.initiative_id,
            "title": titles[need.initiative_id],
            "unit_id": need.unit_id,
            "skill_id": need.skill_id,
            "level": need.level,
            "people": need.people,
            "by_period": need.by_period,
            "weight": need.weight,
            "before": int(plan.holders_before[k]),
            "after": int(plan.holders_after[k]),
            "reachable": int(outcome.explanation.need_reachable[k]),
            "price": rounded(plan.prices.need[k], PRICE),
        }
        for k, need in enumerate(outcome.sector.initiative_skills)
    ]


def _prices(outcome: Outcome) -> Json:
    sector = outcome.sector
    dearest = []
    for gain in outcome.gains:
        seat = gain.kind == "seat"
        budget = None if seat else sector.budgets[gain.index]
        dearest.append(
            {
                "kind": gain.kind,
                "id": sector.sessions[gain.index].session_id if budget is None else budget.unit_id,
                "step": 1.0 if budget is None else rounded(budget.amount / 100, MONEY),
                "price": rounded(gain.price),
                "gain": rounded(gain.gain),
                "at_most": rounded(gain.at_most),
            }
        )
    return {"compulsory": rounded(outcome.plan.prices.compulsory), "dearest": dearest}


def _unmet(outcome: Outcome, row: Unmet) -> Json:
    sector = outcome.sector
    why = {"why": row.why.name.lower(), "reason": row.reason}
    if row.need >= 0:
        need = sector.initiative_skills[row.need]
        missing = need.people - int(outcome.plan.holders_after[row.need])
        return {"kind": row.kind, "need": need_id(need), "missing": missing} | why
    person_id, course_id = sector.staff[row.person].person_id, sector.courses[row.course].course_id
    return {"kind": row.kind, "person_id": person_id, "course_id": course_id} | why


@cache
def version() -> str:
    """Read Vested's version from pyproject.toml: Vested is run from its checkout and not installed as a package."""
    project = Path(__file__).parents[3] / "pyproject.toml"
    return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
