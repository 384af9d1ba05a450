"""Agreements and what they share, for programs."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema, Status

from vested.core.api.lists import Key, Listed, ListOf, Paging, checked, one_of
from vested.core.api.versions import DESCRIBED, answered, matching
from vested.core.links import told_outside
from vested.core.models import Unit
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of
from vested.ecosystem.actions import change_agreement, end_agreement, make_agreement, renew_agreement, share, unshare
from vested.ecosystem.filters import AgreementFilter
from vested.ecosystem.forms import ChangeAgreement, EndAgreement, MakeAgreement, RenewAgreement
from vested.ecosystem.models import Agreement, Share
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
    version: int


class AgreementChanged(Schema):
    """What is agreed, in other words."""

    title: str
    roles: str = Field(description="Who is what to whom in it.")
    words: str = Field(description="What is agreed.")
    owner: str = Field("", description="Name or code; empty: nobody.")
    code: str = Field("", description="Your own code for it.")


class AgreementMade(AgreementChanged):
    """What is agreed with a counterparty."""

    counterparty: int
    owner: str = Field("", description="Name or code; empty: yourself.")
    unit: int | None = Field(None, description="null: the whole sector")
    starts_on: date
    ends_on: date
    wall: int | None = Field(None, description="A wall whose hat you wear; null: it stands behind none.")


class AgreementRenewed(Schema):
    """Until when an agreement lasts from now on."""

    ends_on: date


class AgreementEnded(Schema):
    """That an agreement ends today."""

    why: str


class SharedThing(Schema):
    """A thing to be shared."""

    shown: str = Field(description="What it is, such as direction.duty.")
    thing: int


class ShareOut(Schema):
    """That a thing is shown to whom an agreement is with, while it runs."""

    id: int
    agreement: int = Field(alias="agreement_id")
    kind: str
    thing: int = Field(alias="thing_id")
    since: date


AGREEMENTS = ListOf(filters=AgreementFilter, sorts={"ends_on": "ends_on", "title": "find"}, usual="ends_on")
SHARES = ListOf(sorts={"since": "since"}, usual="since")


@router.get("/agreements", response=Listed[AgreementOut], openapi_extra=AGREEMENTS.described())
def agreements(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List what is agreed, and until when."""
    return AGREEMENTS.page(request, agreements_listed(viewer_of(request), localdate()), paging)


@router.get("/agreements/{pk}", response=AgreementOut)
def agreement(request: HttpRequest, response: HttpResponse, pk: Key) -> Any:  # noqa: ANN401 - with what its query adds
    """Read one agreement."""
    return answered(request, response, _found(request, pk))


@router.post("/agreements", response={201: AgreementOut})
def agreement_make(request: HttpRequest, body: AgreementMade) -> Any:  # noqa: ANN401 - as above
    """Note what is agreed with a counterparty."""
    viewer = _noting(request)
    answers = checked(MakeAgreement(body.model_dump(), viewer=viewer, today=localdate()))
    return _found(request, make_agreement(by=viewer, **answers).pk)


@router.post("/agreements/{pk}/change", response=AgreementOut, openapi_extra=DESCRIBED)
def agreement_change(request: HttpRequest, response: HttpResponse, pk: Key, body: AgreementChanged) -> Any:  # noqa: ANN401 - as above
    """Change the words of an agreement, and who owns it."""
    viewer, found = viewer_of(request), _found(request, pk)
    with matching(request, found, shown=AgreementOut, again=lambda: _found(request, pk)) as version:
        given = {**body.model_dump(), "version": version}
        answers = checked(ChangeAgreement(given, viewer=viewer, today=localdate(), initial={"owner_now": found.owner}))
        change_agreement(by=viewer, agreement=found, **answers)
    return answered(request, response, _found(request, pk))


@router.post("/agreements/{pk}/renew", response=AgreementOut)
def agreement_renew(request: HttpRequest, pk: Key, body: AgreementRenewed) -> Any:  # noqa: ANN401 - as above
    """Let an agreement last longer."""
    viewer, today = viewer_of(request), localdate()
    answers = checked(RenewAgreement(body.model_dump(), viewer=viewer, today=today))
    renew_agreement(by=viewer, agreement=_found(request, pk), **answers)
    return _found(request, pk)


@router.post("/agreements/{pk}/end", response=AgreementOut)
def agreement_end(request: HttpRequest, pk: Key, body: AgreementEnded) -> Any:  # noqa: ANN401 - as above
    """End an agreement before its time."""
    viewer, today = viewer_of(request), localdate()
    answers = checked(EndAgreement(body.model_dump(), viewer=viewer, today=today))
    end_agreement(by=viewer, agreement=_found(request, pk), on=today, **answers)
    return _found(request, pk)


@router.get("/agreements/{pk}/shares", response=Listed[ShareOut], openapi_extra=SHARES.described())
def agreement_shares(request: HttpRequest, pk: Key, paging: Query[Paging]) -> dict[str, object]:
    """List what an agreement shares."""
    rows = Share.objects.all().visible_to(viewer_of(request)).filter(agreement=_found(request, pk))
    return SHARES.page(request, rows, paging)


@router.post("/agreements/{pk}/shares", response={201: ShareOut})
def agreement_share(request: HttpRequest, pk: Key, body: SharedThing) -> Share:
    """Share a thing with whom an agreement is with."""
    viewer, found = viewer_of(request), _found(request, pk)
    known = told_outside().get(body.shown)
    if known is None:
        raise Http404
    model: Any = known[0]
    thing = get_object_or_404(model.objects.all().visible_to(viewer), pk=body.thing)
    return share(by=viewer, agreement=found, thing=thing, on=localdate())


@router.post("/shares/{pk}/end", response={204: None})
def share_end(request: HttpRequest, pk: Key) -> Status[None]:
    """Share a thing no longer, at once."""
    viewer = viewer_of(request)
    rows = Share.objects.all().visible_to(viewer).select_related("agreement__unit", "agreement__counterparty")
    unshare(by=viewer, share=get_object_or_404(rows, pk=pk))
    return Status(204, None)


def _found(request: HttpRequest, pk: int) -> Any:  # noqa: ANN401 - as above
    return get_object_or_404(agreements_listed(viewer_of(request), localdate()), pk=pk)


def _noting(request: HttpRequest) -> Viewer:
    """Refuse who may note agreements of no unit at all; of which, the action sees."""
    viewer = viewer_of(request)
    require(
        viewer, Permission.AGREEMENT_CHANGE, on=Unit.objects.all().where(viewer, Permission.AGREEMENT_CHANGE).first()
    )
    return viewer
