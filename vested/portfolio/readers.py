"""How the history of the portfolio reads what it keeps as codes and figures, in the language of whoever reads it."""

from typing import Any

from django.db.models import TextChoices

from vested.core import amounts
from vested.core.timeline import Reader
from vested.portfolio.models import Increment, Initiative, Mode
from vested.portfolio.models.following import Side, Standing
from vested.portfolio.queries.checks import BY_CODE


def _label(choices: type[TextChoices]) -> Reader:
    """The words of a code; older lines have words already."""
    return lambda code: choices(code).label if code in choices.values else code


def _check(code: str) -> object:
    return BY_CODE[code].asks if code in BY_CODE else code


def _all(read: Reader) -> Reader:
    return lambda codes: codes if isinstance(codes, str) else "; ".join(str(read(code)) for code in codes)


def _figure(value: Any) -> str:  # noqa: ANN401 - a number, or its digits
    return amounts.level(float(value))


_MODE, _STANDING = _label(Mode.Kind), _label(Standing)
_READERS: dict[str, dict[str, Reader]] = {
    "initiative.closed": {"outcome": _label(Initiative.Outcome)},
    "mode.said": {"mode": _MODE, "cost": _figure},
    "mode.chosen": {"mode": _MODE},
    "gate.judged": {"check": _check},
    "gate.waived": {"check": _check},
    "gate.passed": {"gate": _label(Initiative.Stage)},
    "gate.reopened": {"checks": _all(_check)},
    "baseline.frozen": {"cost": _figure},
    "spending.noted": {"amount": _figure},
    "status.claimed": dict.fromkeys(map(str, Side), _STANDING),
    "differences.seen": {"sides": _all(_label(Side))},
    "difference.closed": {"side": _label(Side)},
    "benefit.added": {"amount": _figure},
    "benefit.reviewed": {"found": _figure},
    "demand.added": {"level": _figure},
    "demand.changed": {"level": _figure},
    "demand.removed": {"level": _figure},
    "increment.shown": {"decided": _label(Increment.Decided)},
}


def of(kind: str) -> dict[str, Reader]:
    """The readers of a kind of event, by the names of its values."""
    return _READERS.get(kind, {})
