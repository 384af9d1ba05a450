"""What an agreement shares: adding to it, taking away, and one thing as it is told outside."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vested.core.links import told_outside
from vested.core.looks import What, seen
from vested.core.partners import open_to_partners
from vested.core.scope import SectorModel
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for
from vested.ecosystem.actions import share, unshare
from vested.ecosystem.forms import ShareThing
from vested.ecosystem.models import Share
from vested.ecosystem.queries.sharing import thing_of, told_of
from vested.ecosystem.views.around import around, in_hand, require_in_hand


@open_to_partners
def shared(request: HttpRequest, pk: int) -> HttpResponse:
    """A thing that is shared, with all that is told outside of it, and nothing else."""
    viewer = viewer_of(request)
    found, thing = _found(viewer, pk)
    words: dict[str, Any] = {"share": found, "thing": thing, "title": str(thing), "facts": told_of(thing)}
    if viewer.is_partner:
        seen(filter(None, (found.shared_by_id, found.agreement.owner_id)), What.SHARED, about=str(thing))
        words["trail"] = [(_("Shared with you"), reverse("core:home"))]
    else:
        words["trail"] = around(found.agreement)["trail"]
        words["url"] = reverse(told_outside()[found.kind][1], args=[thing.pk])
    return render(request, "ecosystem/shared.html", words)


def share_by(request: HttpRequest, pk: int) -> HttpResponse:
    """Share a thing with whom an agreement is with."""
    viewer, agreement = in_hand(request, pk)
    form = form_for(request, ShareThing)

    def do(answers: dict[str, Any]) -> str:
        share(by=viewer, agreement=agreement, thing=answers["thing"], on=localdate())
        return _("“%(thing)s” is shared.") % {"thing": answers["thing"]}

    told = {"it": agreement.with_whom}
    title = _("Share something with %(it)s") % told
    lead = _("Its people who sign in see the thing's own fields while the agreement runs: no people, no history.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Share it"), **around(agreement))


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Share a thing no longer."""
    viewer = viewer_of(request)
    found, thing = _found(viewer, pk)
    agreement = found.agreement
    require_in_hand(viewer, agreement)

    def do(_answers: dict[str, Any]) -> str:
        unshare(by=viewer, share=found)
        return _("“%(thing)s” is shared no longer.") % {"thing": thing}

    title = _("Share “%(thing)s” no longer?") % {"thing": thing}
    lead = _("It is gone from what %(it)s sees, at once.") % {"it": agreement.with_whom}
    form = Form(request.POST if request.method == "POST" else None)
    words: dict[str, Any] = {"verb": _("Share it no longer"), **around(agreement)}
    return ask(request, form, do=do, title=title, lead=lead, danger=True, **words)


def _found(viewer: Viewer, pk: int) -> tuple[Share, SectorModel]:
    rows = Share.objects.all().visible_to(viewer).select_related("agreement__counterparty", "agreement__unit")
    found = get_object_or_404(rows, pk=pk)
    thing = thing_of(viewer, found)
    if thing is None:
        raise Http404
    return found, thing
