"""What a scenario asks for: how much money, how fair, what counts more, what stays and what is left out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from vested.core.amounts import number

MOST_PERIODS = 40
MOST_MONEY = 1_000  # per cent of every budget
MOST_RISK = 1_000_000
LEAST_SECONDS = 2
MOST_SECONDS = 600

FACTORS = {
    0.0: pgettext_lazy("how much it counts", "leave out"),
    0.5: pgettext_lazy("how much it counts", "less"),
    1.0: pgettext_lazy("how much it counts", "as it is"),
    2.0: pgettext_lazy("how much it counts", "more"),
    4.0: pgettext_lazy("how much it counts", "most"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The settings of a scenario; its defaults make a plan that an office can begin with.

    ``money`` times every training budget (1.0: as they are); ``budgets`` replaces the amount of some, by the unit's
    code ("" for the whole sector), before ``money``. ``periods`` is how far to plan, 0 for as far as sessions are held.
    ``fairness`` is the share of every group's gap that should close. ``families`` and ``initiatives`` are factors by
    the family's name and the initiative's code, 1 where not named; an initiative at 0 is left out. ``compulsory``:
    compulsory courses come first. ``keep``: what people have accepted stays. Nobody in ``without_units`` (codes, with
    all below) is planned for, and no course of ``without_courses`` (codes) is planned, unless somebody has accepted it.
    ``seconds`` to search.

    Of the roadmap: an initiative at 0 is out of it too, one in ``force`` (codes) must start, ``earliest`` and
    ``latest`` are days by code that take the place of its own; ``portfolio_money`` times the money there is for
    initiatives, ``pools`` factors on the people there are, by the pool's code. The risks of what starts, and of what is
    in delivery, add up to ``risk_cap`` at most; None: to whatever they do.
    """

    money: float = 1.0
    budgets: Mapping[str, float] = field(default_factory=dict)
    periods: int = 0
    fairness: float = 0.3
    families: Mapping[str, float] = field(default_factory=dict)
    initiatives: Mapping[str, float] = field(default_factory=dict)
    compulsory: bool = True
    keep: bool = True
    without_units: tuple[str, ...] = ()
    without_courses: tuple[str, ...] = ()
    seconds: int = 40
    seed: int = 0
    force: tuple[str, ...] = ()
    earliest: Mapping[str, str] = field(default_factory=dict)
    latest: Mapping[str, str] = field(default_factory=dict)
    portfolio_money: float = 1.0
    pools: Mapping[str, float] = field(default_factory=dict)
    risk_cap: float | None = None


def kept(asked: Asked) -> dict[str, Any]:
    """The settings as JSON keeps them."""
    return asdict(asked)


def read(kept: Mapping[str, Any]) -> Asked:
    """The settings from what JSON kept; what it does not name is as by default."""
    known: dict[str, Any] = {one.name: kept[one.name] for one in fields(Asked) if one.name in kept}
    for name in ("without_units", "without_courses", "force"):
        known[name] = tuple(known.get(name, ()))
    return Asked(**known)


def different(one: Asked, other: Asked) -> dict[str, tuple[Any, Any]]:
    """The settings that are not the same in two scenarios, with both."""
    pairs = ((field.name, getattr(one, field.name), getattr(other, field.name)) for field in fields(Asked))
    return {name: (here, there) for name, here, there in pairs if here != there}


def factor_words(factor: float) -> str:
    """How much something counts."""
    return str(FACTORS[factor]) if factor in FACTORS else _("%(times)s times") % {"times": number(factor, 2)}
