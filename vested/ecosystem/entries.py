"""The ecosystem in the navigation, the search and the history, and its panel on the page of a counterparty."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from vested.core import jobs
from vested.core.models import Counterparty
from vested.core.navigation import Entry, Station, register
from vested.core.panels import Panel
from vested.core.panels import register as show
from vested.core.partners import register as share_with_partners
from vested.core.search import Hit, Source
from vested.core.search import register as let_find
from vested.core.timeline import register as tell
from vested.core.viewer import Viewer
from vested.ecosystem import panels
from vested.ecosystem.actions import remind_of_agreements
from vested.ecosystem.models import Agreement
from vested.ecosystem.queries.sharing import shared_with


def _everybody(_viewer: Viewer) -> bool:
    return True


def _find(viewer: Viewer, words: str, limit: int) -> list[Hit]:
    rows = Agreement.objects.all().visible_to(viewer).finding(words).order_by("find", "pk")[:limit]
    return [Hit(str(row), reverse("ecosystem:agreement", args=[row.pk]), date_format(row.ends_on)) for row in rows]


register(
    Entry(
        Station.AIM, _("Agreements"), "ecosystem:agreements", _everybody, _("What is agreed with whom, until when"),
        late=True,
    )
)  # fmt: skip
let_find(Source(_("Agreements"), _find, "ecosystem:agreements"))
show(Panel(Counterparty, "ecosystem/panels/counterparty.html", panels.counterparty))
show(Panel(Counterparty, "ecosystem/panels/people.html", panels.people))
show(Panel(None, "ecosystem/panels/shared.html", panels.shared, leads=True, partners=True))
share_with_partners(shared_with)
jobs.daily("ecosystem.agreements", lambda by, at: remind_of_agreements(by=by, at=at))
for kind, words in {
    "agreement.made": _("Agreed with %(with)s until %(until)s"),
    "agreement.renewed": _("Renewed until %(until)s; before until %(old_until)s"),
    "agreement.ended": _("Ended on %(on)s: %(why)s"),
    "agreement.changed": _("Changed: “%(title)s”, owned by %(owner)s; before “%(old_title)s”, owned by %(old_owner)s"),
    "agreement.joined": _("%(with)s is a party too"),
    "agreement.left": _("%(old_with)s is a party no longer"),
    "agreement.contact_named": _("%(name)s is somebody to turn to"),
    "agreement.contact_taken": _("%(old_name)s is no longer somebody to turn to"),
    "agreement.document_added": _("Added the document “%(name)s”"),
    "agreement.document_taken": _("Took the document “%(old_name)s” away"),
    "agreement.shared": _("Shared “%(thing)s” with %(with)s"),
    "agreement.unshared": _("Shared “%(old_thing)s” with %(old_with)s no longer"),
    "partner.let_in": _("%(person)s was let in"),
    "partner.code_given": _("%(person)s was given a new code to sign in with"),
    "partner.let_go": _("%(old_person)s was let go"),
    "person.password_chosen": _("Chose a password"),
}.items():
    tell(kind, words)
