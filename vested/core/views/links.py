"""Linking things: adding a source on a target's page, and taking one away."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vested.core.actions import link, unlink
from vested.core.forms import LinkTo
from vested.core.links import kind_of, named
from vested.core.models import Link
from vested.core.permissions import require
from vested.core.viewer import viewer_of
from vested.core.views.asking import ask


def add(request: HttpRequest, pk: int, *, kind: str) -> HttpResponse:
    """Ask what to link to a thing, and link it."""
    viewer, how = viewer_of(request), kind_of(kind)
    model: Any = how.target
    target = get_object_or_404(model.objects.all().visible_to(viewer), pk=pk)
    require(viewer, how.permission)
    back = reverse(how.target_page, args=[pk])

    def do(answers: dict[str, Any]) -> str:
        source = named(viewer, how, answers["words"])
        link(by=viewer, kind=how, source=source, target=target, on=localdate())
        return _("%(source)s is named now.") % {"source": source}

    form = LinkTo(request.POST or None, ask=how.ask)
    lead = _("It shows on both pages, and is recorded with your name.")
    return ask(
        request, form, do=do, back=back, title=str(how.verb), lead=lead, verb=how.verb, trail=[(str(target), back)]
    )


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to take a link away, and take it."""
    viewer = viewer_of(request)
    found = get_object_or_404(Link.objects.all().visible_to(viewer), pk=pk)
    try:
        how = kind_of(found.kind)
    except KeyError as error:
        raise Http404 from error
    require(viewer, how.permission)
    back = reverse(how.target_page, args=[found.target_id])

    def do(_answers: dict[str, Any]) -> str:
        unlink(by=viewer, link=found)
        return _("It is taken away.")

    form = Form(request.POST if request.method == "POST" else None)
    lead = _("Both pages stop showing it. It can be added again.")
    title = _("Take this away?")
    return ask(request, form, do=do, back=back, title=title, lead=lead, verb=_("Take away"), danger=True, trail=[])
