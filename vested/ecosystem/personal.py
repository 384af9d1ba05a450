"""What the ecosystem keeps about people, field by field."""

from django.utils.translation import gettext_lazy as _

from vested.core.labels import TASK, Label, label, of
from vested.ecosystem.models import Agreement

AGREED = Label(
    name="agreed",
    purpose=_("To know who sees to what is agreed with organisations outside"),
    basis=TASK,
    audience=_("Everybody of the sector; behind a wall, who wears its hat"),
    after=_("after the person left; the words stay, without the name"),
)

label(
    Agreement,
    _("Agreements somebody owns"),
    of("owner", AGREED, "title"),
    plain="find code counterparty roles words unit starts_on ends_on ended_on ended_why reminded",
)
