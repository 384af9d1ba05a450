"""How the whole portfolio stands: how many initiatives are computed to stand so, beside how many are claimed to."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from vested.core.viewer import Viewer
from vested.portfolio.models import Difference, Initiative
from vested.portfolio.models.following import Side, Standing
from vested.portfolio.queries.standing import claimed, frozen, look, worst
from vested.portfolio.queries.thresholds import thresholds_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall:
    """Of the ``followed`` initiatives, approved and not closed: by their worst side, computed and claimed.

    Of ``silent`` ones nothing is claimed; ``differences`` are open, of ``unlike`` initiatives; ``reopened`` gates too.
    """

    followed: int
    computed: dict[Standing, int]
    claimed: dict[Standing, int]
    silent: int
    differences: int
    unlike: int
    reopened: int


def overall(viewer: Viewer, day: date) -> Overall:
    """How the portfolio stands on a day, in as many statements however large it is."""
    rules = thresholds_of(viewer)
    rows = Initiative.objects.all().visible_to(viewer).filter(closed_on=None, baselines__isnull=False).distinct()
    found = [one for one in rows.looked_at() if frozen(one)]
    computed = Counter(worst(seen.standing for seen in look(one, rules, day).values()) for one in found)
    said = [claim for one in found if (claim := claimed(one))]
    claims = Counter(worst(getattr(claim, side) for side in Side) for claim in said)
    still = Difference.objects.all().visible_to(viewer).filter(closed_on=None).values_list("initiative", flat=True)
    unlike = list(still)
    return Overall(
        followed=len(found),
        computed={standing: computed[standing] for standing in Standing},
        claimed={standing: claims[standing] for standing in Standing},
        silent=len(found) - len(said),
        differences=len(unlike),
        unlike=len(set(unlike)),
        reopened=sum(one.reopened_on is not None for one in found),
    )
