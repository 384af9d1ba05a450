"""Steering sessions, for programs."""

from datetime import date

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Listed, ListOf, Paging
from vested.core.viewer import viewer_of
from vested.direction.filters import SteeringFilter
from vested.direction.queries.steering import sessions_listed

router = Router()


class SessionOut(Schema):
    """A session in which leaders steer."""

    id: int
    forum: str
    on: date
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")


STEERING = ListOf(filters=SteeringFilter, sorts={"on": "on"}, usual="-on")


@router.get("/steering", response=Listed[SessionOut], openapi_extra=STEERING.described())
def steering(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the sessions in which leaders steer."""
    return STEERING.page(request, sessions_listed(viewer_of(request)), paging)
