"""What the ecosystem keeps about people, field by field."""

from django.utils.translation import gettext_lazy as _

from vested.core.labels import TASK, Label, Trace, label, of, plain
from vested.ecosystem import traces
from vested.ecosystem.models import Agreement, Contact, Document, Party, Share

AGREED = Label(
    name="agreed",
    purpose=_("To know who sees to what is agreed with organisations outside"),
    basis=TASK,
    audience=_("Everybody of the sector; behind a wall, who wears its hat"),
    after=_("after the person left; the words stay, without the name"),
)
CONTACTS = Label(
    name="contacts",
    purpose=_("To know whom to turn to about what is agreed"),
    basis=TASK,
    audience=_("Everybody of the sector; behind a wall, who wears its hat"),
    after=_("after the agreement ended"),
)

label(
    Agreement,
    _("Agreements somebody owns"),
    of("owner", AGREED, "title"),
    plain="find code counterparty roles words unit starts_on ends_on ended_on ended_why reminded version",
)
label(Share, _("What somebody shared outside"), of("shared_by", AGREED, "since"), plain="agreement kind thing_id")
label(
    Contact,
    _("Whom to turn to outside about an agreement"),
    Trace(
        label=CONTACTS,
        fields=("name", "email"),
        told=traces.told,
        forget=traces.forget,
        due=traces.due,
        expire=traces.expire,
    ),
    plain="agreement",
)
label(
    Document,
    _("Files somebody added to an agreement"),
    of("added_by", AGREED, "name added_on"),
    plain="agreement size place",
)
plain(Party, "agreement counterparty")
