"""What the pages of this room have in common: an initiative and its tabs, how it stands."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vested.core.charts import Drawn
from vested.core.viewer import Viewer, viewer_of
from vested.portfolio.models import Initiative
from vested.portfolio.models.following import Standing
from vested.portfolio.queries.initiatives import require_hand_in, require_other

Stage = Initiative.Stage
SHAPES: dict[str, str] = {
    Standing.ON_COURSE: "good", Standing.WATCH: "risk", Standing.OFF: "wrong", Standing.UNKNOWN: "waits",
}  # fmt: skip
STAGES: dict[str, str] = {
    Stage.IDEA: "waits", Stage.PREPARED: "waits", Stage.APPROVED: "next", Stage.DELIVERY: "next", Stage.LIVE: "good",
    Stage.CLOSED: "good",
}  # fmt: skip


def picture(template: str, chart: Drawn) -> SafeString:
    """A picture as it stands above a list."""
    return render_to_string(template, {"chart": chart})


def stood(standing: str) -> tuple[str, str]:
    """How something stands: a shape and words."""
    return SHAPES[standing], str(Standing(standing).label)


def stage_of(one: Initiative) -> tuple[str, str]:
    """How far an initiative has come: a shape and words."""
    if one.reopened_on:
        return "late", _("%(stage)s, a gate is open again") % {"stage": one.get_stage_display()}
    if one.outcome == Initiative.Outcome.STOPPED:
        return "stopped", str(one.get_outcome_display())
    return STAGES[one.stage], str(one.get_stage_display())


def found(viewer: Viewer, pk: int) -> Initiative:
    """An initiative that exists for the viewer."""
    rows = Initiative.objects.all().visible_to(viewer).select_related("sector", "source", "unit", "owner", "mode")
    return get_object_or_404(rows, pk=pk)


def in_hand(request: HttpRequest, pk: int) -> tuple[Viewer, Initiative]:
    """The viewer, and an initiative the viewer may change."""
    viewer = viewer_of(request)
    one = found(viewer, pk)
    require_hand_in(viewer, one)
    return viewer, one


def to_decide(request: HttpRequest, pk: int) -> tuple[Viewer, Initiative]:
    """The viewer, and an initiative of somebody else the viewer decides on."""
    viewer = viewer_of(request)
    one = found(viewer, pk)
    require_other(viewer, one)
    return viewer, one


def trail(one: Initiative | None = None) -> list[tuple[str, str]]:
    """The way back."""
    way = [(_("Initiatives"), reverse("portfolio:initiatives"))]
    return [*way, (str(one), reverse("portfolio:initiative", args=[one.pk]))] if one else way


def tabs(one: Initiative, here: str) -> list[tuple[str, str, bool]]:
    """The pages about an initiative."""
    pages = (
        ("initiative", _("How it stands")), ("gate", _("Gates")), ("plan", _("Plan and benefits")),
        ("delivery", _("Delivery")),
    )  # fmt: skip
    return [(words, reverse(f"portfolio:{name}", args=[one.pk]), name == here) for name, words in pages]


def around(one: Initiative, page: str) -> dict[str, Any]:
    """What a page that asks for one thing needs beside its form."""
    return {"back": reverse(f"portfolio:{page}", args=[one.pk]), "trail": trail(one)}
