"""How an initiative stands before its gates: what is met, what is waived, and what would satisfy the rest."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vested.core.viewer import Viewer
from vested.portfolio.models import Initiative, Judgement, Thresholds, Waiver
from vested.portfolio.queries.checks import BY_CODE, CHECKS, Check, Stage

ORDER = list(Stage)


class State(StrEnum):
    """How a check stands."""

    MET = "met"
    WAIVED = "waived"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A check of an initiative on a day: how it stands, and what would satisfy it where it is not met."""

    check: Check
    state: State
    missing: str
    judgement: Judgement | None
    waiver: Waiver | None


def next_gate(one: Initiative) -> Stage | None:
    """The gate it stands before; None once it is closed."""
    at = ORDER.index(Stage(one.stage))
    return ORDER[at + 1] if at + 1 < len(ORDER) else None


def cost_of(one: Initiative) -> float:
    """What it costs: in the chosen mode, else in the dearest."""
    costs = [float(mode.cost) for mode in one.modes.all() if one.mode_id in {None, mode.pk}]
    return max(costs, default=0.0)


def is_large(one: Initiative, rules: Thresholds) -> bool:
    """Whether it costs as much as the office calls large."""
    return cost_of(one) >= float(rules.large_from)


def asked(one: Initiative, gate: Stage, rules: Thresholds) -> list[Check]:
    """What a gate asks of it."""
    large = is_large(one, rules)
    return [check for check in CHECKS if check.gate is gate and (large or not check.large)]


def results(one: Initiative, gate: Stage, rules: Thresholds, day: date) -> list[Result]:
    """How each check of a gate stands on a day."""
    return [result(one, check, rules, day) for check in asked(one, gate, rules)]


def result(one: Initiative, check: Check, rules: Thresholds, day: date) -> Result:
    """How a check stands on a day."""
    judged = [row for row in one.judgements.all() if row.code == check.code and row.on <= day]
    judgement = max(judged, key=lambda row: (row.on, row.pk), default=None)
    missing = check.computed(one, rules, day) if check.computed else _unjudged(check, judgement)
    waivers = [row for row in one.waivers.all() if row.code == check.code and row.is_in_force(day)]
    waiver = max(waivers, key=lambda row: row.until, default=None) if check.waivable else None
    state = State.MET if not missing else State.WAIVED if waiver else State.MISSING
    return Result(check=check, state=state, missing=missing, judgement=judgement, waiver=waiver)


def reopened(one: Initiative, rules: Thresholds, day: date) -> list[Result]:
    """What gates it has passed ask again and is not met: what was waived until a day that is over, and what stays."""
    waived = [BY_CODE[code] for row in one.passages.all() for code in row.waived if code in BY_CODE]
    stay = [check for row in one.passages.all() for check in asked(one, Stage(row.gate), rules) if check.stays]
    found = [result(one, check, rules, day) for check in {check.code: check for check in (*waived, *stay)}.values()]
    return [one for one in found if one.state is State.MISSING]


def blocking(one: Initiative, rules: Thresholds, day: date) -> list[Result]:
    """What keeps it from its next gate: what that one asks, and what gates it has passed ask again."""
    gate = next_gate(one)
    ahead = results(one, gate, rules, day) if gate else []
    return [*reopened(one, rules, day), *(one for one in ahead if one.state is State.MISSING)]


def owns(viewer: Viewer, one: Initiative) -> bool:
    """Whether it is the viewer's own."""
    return viewer.person is not None and viewer.person.pk == one.owner_id


def may_judge(viewer: Viewer, one: Initiative, check: Check) -> bool:
    """Whether the viewer is in a role that judges a check, for the unit it is of, and does not own it."""
    path = one.unit.path if one.unit else "/"
    return not owns(viewer, one) and any(
        held.role in check.judges and path.startswith(held.path) for held in viewer.held
    )


def _unjudged(check: Check, judgement: Judgement | None) -> str:
    roles = ", ".join(role.label for role in check.judges)
    if judgement is None:
        return _("Somebody in one of these roles, who does not own it, judges it: %(roles)s.") % {"roles": roles}
    if judgement.met:
        return ""
    words = _("Judged not met on %(day)s: %(words)s")
    return words % {"day": date_format(judgement.on), "words": judgement.words}
