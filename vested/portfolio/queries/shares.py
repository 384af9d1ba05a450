"""How much goes into trying something new, and how much into making better what there is: planned and spent."""

from dataclasses import dataclass
from decimal import Decimal

from vested.core.viewer import Viewer
from vested.portfolio.models import Initiative
from vested.portfolio.queries.standing import expected_cost, spent

Kind, Stage = Initiative.Kind, Initiative.Stage
UNDERTAKEN = (Stage.APPROVED, Stage.DELIVERY, Stage.LIVE, Stage.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What explores and what exploits of a sum; ``share`` is that of exploring, None of nothing."""

    explore: Decimal
    exploit: Decimal

    @property
    def share(self) -> float | None:
        """Which part explores."""
        whole = self.explore + self.exploit
        return float(self.explore / whole) if whole else None


def shares(viewer: Viewer) -> tuple[Share, Share, Share]:
    """Of all that is or was undertaken: what was frozen at approval, what is expected now, what was spent."""
    rows = list(Initiative.objects.all().visible_to(viewer).looked_at().filter(stage__in=UNDERTAKEN))

    def of(kind: Initiative.Kind, number: int) -> Decimal:
        return sum((_costs(one)[number] for one in rows if one.kind == kind), Decimal(0))

    first, now, gone = (Share(explore=of(Kind.EXPLORE, n), exploit=of(Kind.EXPLOIT, n)) for n in range(3))
    return first, now, gone


def _costs(one: Initiative) -> tuple[Decimal, Decimal, Decimal]:
    bases = list(one.baselines.all())
    return bases[0].cost if bases else Decimal(0), expected_cost(one), sum(spent(one).values(), Decimal(0))
