"""Move people between units; give and end their roles."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.errors import Invalid, NotAllowed
from vested.core.history import record
from vested.core.locking import hold
from vested.core.models import Grant, Membership, Person, Sector, Unit
from vested.core.notifications import notify
from vested.core.partners import keep_to_own
from vested.core.permissions import GIVEN, Permission, Role, require
from vested.core.viewer import Viewer

DAY = timedelta(days=1)


@transaction.atomic
def move_person(*, by: Viewer, person: Person, to: Unit, on: date, version: int) -> Membership:
    """Let a person work in another unit from that day; where the person worked before is kept."""
    now = Membership.objects.select_for_update().select_related("unit").filter(person=person, until=None).first()
    require(by, Permission.PERSON_CHANGE, on=now.unit if now else None)
    require(by, Permission.PERSON_CHANGE, on=to)
    keep_to_own(person)
    unit_now = now.unit if now else None
    person = hold(person, version=version, yours={_("Unit"): (lambda _person: unit_now, to)})
    if to.ended_on:
        raise Invalid(_("%(unit)s has ended. Choose one that has not.") % {"unit": to}, field="to")
    if now and now.unit_id == to.pk:
        raise Invalid(_("%(person)s works there already.") % {"person": person}, field="to")
    if now and on <= now.since:
        came = {"person": person, "unit": now.unit, "day": date_format(now.since)}
        raise Invalid(_("%(person)s came to %(unit)s on %(day)s. Give a later day.") % came, field="on")
    if now:
        now.until = on - DAY
        now.save(update_fields=["until"])
    grade = now.grade if now else ""
    new = Membership.objects.create(sector=by.sector, person=person, unit=to, grade=grade, since=on)
    old = {"unit": str(now.unit)} if now else {"unit": ""}
    _tell(
        person, "person.moved", gettext_lazy("You work in %(unit)s from %(day)s"), gettext_lazy("%(who)s moved you."),
        who=by.person or by.sector, unit=to, day=on,
    )  # fmt: skip
    record("person.moved", by=by, on=person, old=old, new={"unit": str(to), "on": on})
    return new


@transaction.atomic
def grant_role(*, by: Viewer, person: Person, role: Role, unit: Unit | None, on: date) -> Grant:
    """Give a person a role for a unit and all below (None: for the whole sector) from that day."""
    require(by, Permission.GRANT_CHANGE, on=unit)
    keep_to_own(person)
    if by.person and by.person.pk == person.pk:
        raise NotAllowed(_("Nobody gives themselves a role. Ask somebody else who may."))
    if role not in GIVEN:
        raise Invalid(_("Nobody is given this role: it is that of people of organisations outside."), field="role")
    Sector.objects.select_for_update().get(pk=by.sector.pk)
    if Grant.objects.held_on(on).filter(person=person, role=role, unit=unit).exists():
        raise Invalid(_("%(person)s holds this role there already.") % {"person": person}, field="role")
    grant = Grant.objects.create(sector=by.sector, person=person, role=role, unit=unit, since=on)
    _tell(
        person, "grant.given", gettext_lazy("You are %(role)s for %(unit)s now"),
        gettext_lazy("%(who)s gave you the role."), who=by.person or by.sector, role=role, unit=unit or by.sector,
    )  # fmt: skip
    record("grant.given", by=by, on=person, new={**_told(by, grant), "on": on})
    return grant


@transaction.atomic
def end_grant(*, by: Viewer, grant: Grant, on: date) -> Grant:
    """Take a role away; that day is the first without it."""
    require(by, Permission.GRANT_CHANGE, on=grant.unit)
    Sector.objects.select_for_update().get(pk=by.sector.pk)
    grant = Grant.objects.select_related("unit", "person").get(pk=grant.pk)
    if grant.until and grant.until < on:
        raise Invalid(_("This role has ended already."))
    others = Grant.objects.held_on(on).filter(Q(until=None), role=Role.CDO, unit=None).exclude(pk=grant.pk)
    if grant.role == Role.CDO and grant.unit is None and not others.exists():
        raise Invalid(_("This is the sector's last Chief Digital Officer. Give somebody else the role first."))
    grant.until = on - DAY
    grant.save(update_fields=["until"])
    _tell(
        grant.person, "grant.ended", gettext_lazy("You are no longer %(role)s for %(unit)s"),
        gettext_lazy("%(who)s ended the role."), who=by.person or by.sector, role=Role(grant.role),
        unit=grant.unit or by.sector,
    )  # fmt: skip
    record("grant.ended", by=by, on=grant.person, old=_told(by, grant), new={"on": on})
    return grant


def _tell(person: Person, kind: str, title: Promise, body: Promise, **values: object) -> None:
    url = reverse("core:me")
    notify([person], kind=kind, title=title, body=body, values=values, url=url, at=timezone.now())


def _told(by: Viewer, grant: Grant) -> dict[str, str]:
    return {"role": grant.role, "unit": str(grant.unit or by.sector)}
