"""People and money there are for initiatives, for programs."""

from datetime import date

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Field, Router, Schema

from vested.core.viewer import viewer_of
from vested.portfolio.queries.supply import quarters_shown, supplies

router = Router()


class QuarterOut(Schema):
    """What there is in a quarter."""

    quarter: date = Field(description="Its first day.")
    there: float | None = Field(description="null: nothing was said.")
    taken: float = Field(description="What is in delivery takes, as planned now.")


class SupplyOut(Schema):
    """Money, or the people of a pool, quarter by quarter."""

    pool: str | None = Field(description="The code of the pool; null: money.")
    name: str
    quarters: list[QuarterOut]


class SuppliesOut(Schema):
    """Money first, then the pools by name."""

    items: list[SupplyOut]


@router.get("/supply", response=SuppliesOut)
def supply(request: HttpRequest) -> dict[str, object]:
    """List the money and the people there are for initiatives in each quarter from now."""
    viewer = viewer_of(request)
    quarters = quarters_shown(viewer, localdate())
    return {
        "items": [
            {
                "pool": row.pool.code if row.pool else None,
                "name": row.pool.name if row.pool else "",
                "quarters": [
                    {"quarter": quarter, "there": there, "taken": taken}
                    for quarter, there, taken in zip(quarters, row.there, row.taken, strict=True)
                ],
            }
            for row in supplies(viewer, quarters)
        ]
    }
