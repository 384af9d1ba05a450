"""The ecosystem in the navigation, the search and the history, and its panel on the page of a counterparty."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from vested.core import jobs
from vested.core.models import Counterparty
from vested.core.navigation import Entry, Station, register
from vested.core.panels import Panel
from vested.core.panels import register as show
from vested.core.search import Hit, Source
from vested.core.search import register as let_find
from vested.core.timeline import register as tell
from vested.core.viewer import Viewer
from vested.ecosystem import panels
from vested.ecosystem.actions import remind_of_agreements
from vested.ecosystem.models import Agreement


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
jobs.daily("ecosystem.agreements", lambda by, at: remind_of_agreements(by=by, at=at))
for kind, words in {
    "agreement.made": _("Agreed with %(with)s until %(until)s"),
    "agreement.renewed": _("Renewed until %(until)s; before until %(old_until)s"),
    "agreement.ended": _("Ended on %(on)s: %(why)s"),
}.items():
    tell(kind, words)
