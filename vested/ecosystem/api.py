"""Agreements, for programs."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from vested.core.api.lists import Key, Listed, ListOf, Paging, one_of
from vested.core.viewer import viewer_of
from vested.ecosystem.filters import AgreementFilter
from vested.ecosystem.models import Agreement
from vested.ecosystem.queries import agreements_listed

router = Router(tags=["Ecosystem"])


class AgreementOut(Schema):
    """What is agreed with a counterparty."""

    id: int
    title: str
    code: str = Field(description="The office's own.")
    counterparty: int = Field(alias="counterparty_id")
    roles: str = Field(description="Who is what to whom in it.")
    words: str
    unit: int | None = Field(alias="unit_id", description="null: the whole sector")
    starts_on: date
    ends_on: date
    ended_on: date | None
    wall: int | None = Field(alias="wall_id", description="The wall it stands behind; null: none.")
    state: str = one_of(Agreement.State, "Computed today, from its dates.")


AGREEMENTS = ListOf(filters=AgreementFilter, sorts={"ends_on": "ends_on", "title": "find"}, usual="ends_on")


@router.get("/agreements", response=Listed[AgreementOut], openapi_extra=AGREEMENTS.described())
def agreements(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List what is agreed, and until when."""
    return AGREEMENTS.page(request, agreements_listed(viewer_of(request), localdate()), paging)


@router.get("/agreements/{pk}", response=AgreementOut)
def agreement(request: HttpRequest, pk: Key) -> Any:  # noqa: ANN401 - with what its query adds
    """Read one agreement."""
    return get_object_or_404(agreements_listed(viewer_of(request), localdate()), pk=pk)
