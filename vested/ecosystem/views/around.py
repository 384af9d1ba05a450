"""What pages of an agreement have in common: finding it, whether it is in the viewer's hand, and the way back."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vested.core.viewer import Viewer, viewer_of
from vested.ecosystem.models import Agreement
from vested.ecosystem.queries import agreements_listed, is_in_hand


def find(viewer: Viewer, pk: int) -> Any:  # noqa: ANN401 - an agreement with what its query adds
    """The agreement, as it stands today."""
    return get_object_or_404(agreements_listed(viewer, localdate()), pk=pk)


def in_hand(request: HttpRequest, pk: int) -> tuple[Viewer, Any]:
    """Who asks, and the agreement, which they may change; for others its forms do not exist."""
    viewer = viewer_of(request)
    one = find(viewer, pk)
    require_in_hand(viewer, one)
    return viewer, one


def require_in_hand(viewer: Viewer, agreement: Agreement) -> None:
    """Raise Http404 for who may not change it."""
    if not is_in_hand(viewer, agreement):
        raise Http404


def address(agreement: Agreement) -> str:
    """Its page."""
    return reverse("ecosystem:agreement", args=[agreement.pk])


def around(agreement: Agreement) -> dict[str, Any]:
    """Where ``ask`` leads back to, and by which way one came."""
    return {"back": address(agreement), "trail": [*trail(), (agreement.title, address(agreement))]}


def trail() -> list[tuple[str, str]]:
    """The way to an agreement."""
    return [(_("Agreements"), reverse("ecosystem:agreements"))]
