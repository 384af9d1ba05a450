"""Somebody of an organisation outside, and what is shared with them."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from tests.core.hats import counterparty
from tests.core.offices import DAY, Office
from vested.core.models import Person
from vested.core.scope import System, acting
from vested.core.viewer import Viewer, viewer_for
from vested.direction.models import Duty
from vested.ecosystem.actions import let_in, make_agreement, share
from vested.ecosystem.models import Agreement, Share

LONG = timedelta(days=400)


def partner(office: Office, email: str = "pia@harbour.example", towards: str = "ours harbour") -> Person:
    """Somebody of the harbour signs in."""
    by = office.viewer("cdo")
    with acting(by):
        person, _code = let_in(by=by, counterparty=counterparty(office, towards), name="ours Pia", email=email)
    office.people[email.partition("@")[0]] = person
    return person


def seeing(person: Person) -> Viewer:
    """Them as a viewer, today."""
    with acting(System("a test")):
        return viewer_for(Person.objects.select_related("sector").get(pk=person.pk), on=localdate())


def agreed(office: Office, who: str = "manager", viewer: Viewer | None = None, **changed: Any) -> Agreement:
    """The north has agreed something with the harbour that runs today."""
    by = viewer or office.viewer(who)
    words: dict[str, Any] = {
        "title": "ours dredging", "code": "A1", "counterparty": counterparty(office), "roles": "ours they dredge",
        "words": "ours text", "unit": office.north, "owner": None, "starts_on": DAY, "ends_on": localdate() + LONG,
        **changed,
    }  # fmt: skip
    with acting(by):
        return make_agreement(by=by, **words)


def duty(office: Office, title: str = "ours quay walls", **changed: Any) -> Duty:
    """Something that is demanded of the north."""
    with acting(System("a test")):
        return Duty.objects.create(
            sector=office.sector, title=title, kind=Duty.Kind.LAW, source="Harbour Act 4", words="ours inspect them",
            unit=office.north, owner=office.people["manager"], due_on=DAY, **changed,
        )  # fmt: skip


def shared(office: Office, agreement: Agreement, thing: Any, who: str = "manager") -> Share:
    """It is shared by an agreement."""
    by = office.viewer(who)
    with acting(by):
        return share(by=by, agreement=agreement, thing=thing, on=localdate())
