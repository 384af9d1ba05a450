"""An office with a row of every model, and in every text of each row a word that says whose row it is: a canary."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import models, transaction

from tests.core.offices import DAY, Office, make_office
from tests.plans.report.made_up import outcome
from tests.skills.rooms import furnish
from vested.core.history import record
from vested.core.models import Job, Link, Notification, Opening, Person, User, Wall
from vested.core.scope import SCOPED, SectorModel, System, acting
from vested.core.viewer import Viewer
from vested.direction.models import (
    Attendance,
    Commitment,
    Decision,
    Duty,
    Escalation,
    FollowUp,
    Invitation,
    Momentum,
    Obstacle,
    Opportunity,
    Reply,
    SteeringSession,
)
from vested.ecosystem.models import Agreement, Contact, Document, Party, Share
from vested.plans.asked import Asked
from vested.plans.models import Assignment, Plan
from vested.plans.outcome import Outcome
from vested.plans.packing import Frozen, pack, pack_curve
from vested.plans.queries.gathering import Gathered, gathered
from vested.plans.queries.solved import forget, main_figures
from vested.skills.actions import keep_snapshot
from vested.skills.models import Post, Role
from vested.skills.queries.gaps.taken import take

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)
# Texts that steer the code; a canary there would be a broken row.
STEERING = {
    "path",
    "place",
    "language",
    "kind",
    "url",
    "uri",
    "folder",
    "digest",
    "chain",
    "salt",
    "subject_type",
    "currency",
    "worn",
}
WORD = re.compile(r"kanarie([a-z]+?)of([a-z]+)no([0-9]+)x")

ENDS = {  # the days on which things were over
    "answered_on", "closed_on", "decided_on", "ended_on", "kept_on", "met_on", "read_at", "reopened_on", "revoked_at",
    "withdrawn_on",
}  # fmt: skip


def ours() -> list[type[SectorModel]]:
    """Every model whose rows belong to a sector."""
    every = [model for model in apps.get_models() if model.__module__.startswith("vested.")]
    return [model for model in every if issubclass(model, SectorModel)]


def planted(name: str) -> Office:
    """A furnished office, a row of every model in it, all texts canaries."""
    office = make_office(name)
    furnish(office, north=4, south=2)
    with acting(office.viewer("cdo")):
        keep_snapshot(by=office.viewer("cdo"), taken=take(), at=NOON)
    with acting(System("plant canaries")):
        waiting = [model for model in ours() if not model._default_manager.filter(sector=office.sector).exists()]
        while waiting:
            made = [model for model in waiting if _made(model, office)]
            assert made, f"no row can be made of {waiting}"
            waiting = [model for model in waiting if model not in made]
        plant_all(office)
        _share(office)
    _solve(office)
    office.sector.refresh_from_db()
    return office


def _share(office: Office) -> None:
    """Let the agreement run and share the duty, and somebody of whom it is with sign in."""
    agreement, duty = Agreement.objects.get(sector=office.sector), Duty.objects.filter(sector=office.sector)[0]
    Agreement.objects.filter(pk=agreement.pk).update(starts_on=DAY, ends_on=date(2099, 1, 1), ended_on=None)
    Share.objects.filter(sector=office.sector).update(kind=Duty._meta.label_lower, thing_id=duty.pk)
    user = User.objects.create_user(f"partner@{office.sector.slug}.example")
    person = Person.objects.create(
        sector=office.sector, code="partner", name="partner", user=user, counterparty=agreement.counterparty
    )
    _plant(person, office.sector.slug)
    office.people["partner"] = person


def _solve(office: Office) -> None:
    """Make the plan one that is solved and followed, from the rows there are: everything it says is of a canary."""
    viewer = office.viewer("cdo")
    with acting(viewer):
        role = Role.objects.order_by("pk")[0]
        Post.objects.create(sector=office.sector, person=office.people["clerk"], role=role, since=DAY)
        now = gathered(viewer, Asked(), on=DAY)
        plan = Plan.objects.get()
        plan.state, plan.job, plan.extra = Plan.State.ADOPTED, None, None
        Assignment.objects.all().delete()
        keep(plan, now, outcome(now.sector))
        forget()


def plant_all(office: Office) -> None:
    """Make every text of every row a canary; by who may see all."""
    for model in ours():
        for row in model._default_manager.filter(sector=office.sector):
            _plant(row, office.sector.slug)


def keep(plan: Plan, now: Gathered, made: Outcome) -> None:
    """Let a plan be what came of what was gathered."""
    frozen = Frozen(outcome=made, people=now.people, sessions=now.sessions, units=now.units, first=now.first)
    plan.frozen, plan.curve, plan.figures = pack(frozen), pack_curve(made.curve), main_figures(made)
    plan.save()
    pairs = zip(now.people[made.plan.person].tolist(), now.sessions[made.plan.session].tolist(), strict=True)
    Assignment.objects.bulk_create(
        Assignment(sector=plan.sector, plan=plan, person_id=person, session_id=session, row=row)
        for row, (person, session) in enumerate(pairs)
    )


def word(row: models.Model, sector: str) -> str:
    """The canary of a row."""
    return f"kanarie{sector}of{row._meta.model_name}no{row.pk}x"


def canaries(html: str) -> set[tuple[str, str, int]]:
    """The rows whose words are in a page: sector, model, key."""
    return {(sector, model, int(pk)) for sector, model, pk in WORD.findall(html.casefold())}


def _plant(row: models.Model, sector: str) -> None:
    texts = [field for field in row._meta.concrete_fields if _is_text(field)]
    # Two rows of one model differ in every text, so nothing unique is the same.
    values: dict[str, object] = {field.name: word(row, sector) for field in texts}
    values |= {field.name: f"{word(row, sector)}@a.example" for field in texts if isinstance(field, models.EmailField)}
    told = [field.name for field in row._meta.concrete_fields if field.name in {"old", "new"}]
    values |= {name: {"name": word(row, sector)} for name in told}
    if values:
        models.QuerySet(type(row)).filter(pk=row.pk).update(**values)  # also what is never changed once written


def _is_text(field: models.Field[object, object]) -> bool:
    kinds = isinstance(field, (models.CharField, models.TextField))
    return kinds and (field.max_length or 500) >= 50 and not field.choices and field.name not in STEERING


def behind(office: Office, wall: Wall) -> dict[tuple[str, int], int]:
    """A row behind a wall of everything that can stand there, its texts canaries; which they are, and the wall."""
    found: list[SectorModel] = []
    with acting(System("plant behind a wall")), transaction.atomic():

        def made(model: type[SectorModel], **given: object) -> SectorModel:
            row = _made(model, office, **given)
            assert row
            found.append(row)
            return row

        for model in (Duty, Obstacle):
            made(model, wall=wall)
        agreed = made(Agreement, wall=wall)
        for hanging in (Contact, Document, Party, Share):
            made(hanging, agreement=agreed)
        window, asked, met = made(Opportunity, wall=wall), made(Escalation, wall=wall), made(SteeringSession, wall=wall)
        promised, decided = made(Commitment, wall=wall, session=None), made(Decision, escalation=asked, session=met)
        made(Reply, commitment=promised)
        made(Invitation, opportunity=window)
        made(Momentum, opportunity=window)
        made(FollowUp, decision=decided)
        made(Attendance, session=met)
        made(Notification, wall=wall, person=office.people["manager"])
        made(Link, wall=wall, kind="behind", source_id=wall.pk, target_id=promised.pk)
        made(Job, worn=f"<{wall.pk}>", state=Job.State.DONE)
        found.append(record("commitment.made", by=Viewer(office.sector, None), on=promised))
        for row in found:
            _plant(row, office.sector.slug)
            goes_on(models.QuerySet(type(row)).filter(pk=row.pk))  # so it would count
    return {(str(row._meta.model_name), row.pk): wall.pk for row in found}


def goes_on(rows: models.QuerySet[Any]) -> None:
    """Let none of them be over."""
    ends = [field.name for field in rows.model._meta.concrete_fields if field.name in ENDS and field.null]
    if ends:
        rows.update(**dict.fromkeys(ends))


def _made(model: type[SectorModel], office: Office, **given: object) -> SectorModel | None:
    """Make a row of a model, with some values given, unless one it refers to has to be made first."""
    row = model(sector=office.sector, **given)
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name in {"sector", *given} or (field.has_default() and not field.is_relation):
            continue
        if isinstance(field, models.ForeignKey):
            target = field.related_model
            if field.name == "wall" and field.null:
                continue  # behind one nobody sees it; tests.proofs.isolation puts some there
            if target is model or isinstance(target, str) or not issubclass(target, SectorModel):
                continue
            # The clerk's, so that there is one of what a clerk may see.
            rows = target._default_manager.filter(sector=office.sector)
            whose = "cdo" if model is Opening and field.name == "answered_by" else "clerk"  # a second person
            found = office.people[whose] if target is Person else rows.first()
            if found is None and not field.null:
                return None
            setattr(row, field.name, found)
        elif not field.null or isinstance(field, models.DateField):
            setattr(row, field.name, _value(field))
    if hasattr(row, "ended_at"):
        row.ended_at = None
    row.save()
    return row


def _value(field: models.Field[object, object]) -> object:
    match field:
        case models.DateTimeField():
            return NOON + timedelta(days=1) if field.name.startswith("expires") else NOON
        case models.DateField():
            return DAY if field.name == "since" else date(2026, 1, 7)
        case models.BinaryField():
            return b""
        case models.BooleanField():
            return False
        case models.JSONField():
            return {}
        case models.CharField() if field.unique:
            return uuid4().hex
        case models.CharField() if field.name == "other":
            return field.flatchoices[-1][0]
        case models.CharField() | models.TextField():
            return next(iter(field.flatchoices), ("en",))[0]
        case _:
            return 1


def scoped(model: str) -> type[SectorModel] | None:
    """The model of that name, if its rows are of a sector."""
    return next((one for one in ours() if one._meta.model_name == model and one.scope in SCOPED), None)
