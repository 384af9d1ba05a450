"""What belongs to an agreement: other parties, whom to turn to, and documents."""

from datetime import date
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.models import Counterparty
from vested.core.scope import keep_inside
from vested.core.viewer import Viewer
from vested.ecosystem import documents
from vested.ecosystem.models import Agreement, Contact, Document, Party
from vested.ecosystem.queries import require_hand_in


@transaction.atomic
def add_party(*, by: Viewer, agreement: Agreement, counterparty: Counterparty) -> Party:
    """Say that an agreement is with another counterparty too."""
    require_hand_in(by, agreement)
    keep_inside(counterparty)
    known = Party.objects.filter(agreement=agreement, counterparty=counterparty)
    if counterparty.pk == agreement.counterparty_id or known.exists():
        raise Invalid(_("It is with %(it)s already.") % {"it": counterparty}, field="counterparty")
    made = Party.objects.create(sector=by.sector, agreement=agreement, counterparty=counterparty)
    record("agreement.joined", by=by, on=agreement, new={"with": str(counterparty)})
    return made


@transaction.atomic
def take_party(*, by: Viewer, party: Party) -> None:
    """Say that an agreement is no longer with another counterparty; it sees no more of it at once."""
    agreement = party.agreement
    require_hand_in(by, agreement)
    party.delete()
    record("agreement.left", by=by, on=agreement, old={"with": str(party.counterparty)})


@transaction.atomic
def add_contact(*, by: Viewer, agreement: Agreement, name: str, email: str) -> Contact:
    """Name somebody outside to turn to."""
    require_hand_in(by, agreement)
    made = Contact.objects.create(sector=by.sector, agreement=agreement, name=name, email=email)
    record("agreement.contact_named", by=by, on=agreement, new={"name": name})
    return made


@transaction.atomic
def take_contact(*, by: Viewer, contact: Contact) -> None:
    """Name somebody no longer; their name and address are deleted."""
    agreement = contact.agreement
    require_hand_in(by, agreement)
    contact.delete()
    record("agreement.contact_taken", by=by, on=agreement, old={"name": contact.name})


@transaction.atomic
def add_document(*, by: Viewer, agreement: Agreement, file: UploadedFile, on: date) -> Document:
    """Keep a file with an agreement, once it was looked at."""
    require_hand_in(by, agreement)
    name = documents.checked(file)
    place = documents.keep(file)
    try:
        made = Document.objects.create(
            sector=by.sector, agreement=agreement, name=name, size=file.size or 0, place=place, added_by=by.person,
            added_on=on,
        )  # fmt: skip
        record("agreement.document_added", by=by, on=agreement, new={"name": name})
    except BaseException:
        documents.drop(place)
        raise
    return made


@transaction.atomic
def take_document(*, by: Viewer, document: Document) -> None:
    """Keep a file no longer."""
    agreement = document.agreement
    require_hand_in(by, agreement)
    document.delete()
    transaction.on_commit(partial(documents.drop, document.place))
    record("agreement.document_taken", by=by, on=agreement, old={"name": document.name})
