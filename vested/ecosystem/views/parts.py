"""What belongs to an agreement: other parties, whom to turn to, documents; and the document itself."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vested.core.looks import What, seen
from vested.core.partners import open_to_partners
from vested.core.viewer import viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for
from vested.ecosystem import documents
from vested.ecosystem.actions import add_contact, add_document, add_party, take_contact, take_document, take_party
from vested.ecosystem.forms import AddContact, AddDocument, AddParty
from vested.ecosystem.models import Contact, Document, Party
from vested.ecosystem.views.around import around, in_hand, require_in_hand


def party_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an agreement is with another counterparty too."""
    viewer, agreement = in_hand(request, pk)
    form = form_for(request, AddParty)

    def do(answers: dict[str, Any]) -> str:
        return _("It is with %(it)s too.") % {"it": add_party(by=viewer, agreement=agreement, **answers)}

    title, lead = _("Name another party"), _("Its people who sign in see what the agreement shares.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Name it"), **around(agreement))


def contact_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Name somebody outside to turn to."""
    viewer, agreement = in_hand(request, pk)
    form = AddContact(request.POST or None)

    def do(answers: dict[str, Any]) -> str:
        return _("%(it)s is named.") % {"it": add_contact(by=viewer, agreement=agreement, **answers)}

    title = _("Name somebody to turn to")
    lead = _("Everybody who sees the agreement sees it here. It is deleted two years after the agreement ended.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Name them"), **around(agreement))


def document_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file to an agreement."""
    viewer, agreement = in_hand(request, pk)
    form = AddDocument(request.POST or None, request.FILES or None)

    def do(answers: dict[str, Any]) -> str:
        made = add_document(by=viewer, agreement=agreement, on=localdate(), **answers)
        return _("“%(it)s” is added.") % {"it": made}

    title = _("Add a document")
    lead = _("Who sees the agreement may take it; so may people outside whom it is with, while it runs.")
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Add it"), **around(agreement))


@open_to_partners
def document(request: HttpRequest, pk: int) -> FileResponse:
    """Give a document, to be kept and not to be shown in the browser."""
    viewer = viewer_of(request)
    rows = Document.objects.all().visible_to(viewer).select_related("agreement")
    found = get_object_or_404(rows, pk=pk)
    content = documents.opened(found)
    if content is None:
        raise Http404
    if viewer.is_partner:
        seen(filter(None, (found.added_by_id, found.agreement.owner_id)), What.SHARED, about=str(found))
    return FileResponse(content, as_attachment=True, filename=found.name, content_type="application/octet-stream")


def party_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an agreement is no longer with another counterparty."""
    found = _found(request, Party, pk, "counterparty")
    lead = _("Its people no longer see what the agreement shares, at once.")
    return _taken(request, found, take_party, "party", lead)


def contact_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Name somebody no longer."""
    found = _found(request, Contact, pk)
    return _taken(request, found, take_contact, "contact", _("The name and the address are deleted."))


def document_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a file no longer."""
    found = _found(request, Document, pk)
    return _taken(request, found, take_document, "document", _("The file is deleted, and cannot be brought back."))


def _taken(request: HttpRequest, found: Any, take: Callable[..., None], name: str, lead: str) -> HttpResponse:  # noqa: ANN401 - one of three
    viewer = viewer_of(request)

    def do(_answers: dict[str, Any]) -> str:
        take(by=viewer, **{name: found})
        return _("“%(it)s” is taken away.") % {"it": found}

    form = Form(request.POST if request.method == "POST" else None)
    title, words = _("Take “%(it)s” away?") % {"it": found}, around(found.agreement)
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Take away"), danger=True, **words)


def _found(request: HttpRequest, model: Any, pk: int, *related: str) -> Any:  # noqa: ANN401 - one of three
    viewer = viewer_of(request)
    rows = model.objects.all().visible_to(viewer).select_related("agreement__unit", *related)
    found = get_object_or_404(rows, pk=pk)
    require_in_hand(viewer, found.agreement)
    return found
