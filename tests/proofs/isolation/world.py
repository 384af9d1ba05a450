"""Two sectors with a canary in every text, and everybody who could ask.

Behind two walls towards one counterparty, the customer's and the inspector's, stands a row of everything that can. Who
asks wears one hat, or none; who wears none may have some all the same.
"""

from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.utils import timezone

from tests.core.offices import DAY, Office
from tests.proofs.isolation.bringing import brought
from tests.proofs.isolation.undertaking import undertake
from tests.security.planted import _made, _plant, behind, goes_on, ours, planted, word
from vested.academy.models import Enrolment, Session
from vested.core.links import kinds_of
from vested.core.middleware import WORN, WORN_BEFORE
from vested.core.models import Counterparty, Grant, Hat, Job, Link, Membership, Opening, Person, User, Wall
from vested.core.openings import LOOKING
from vested.core.permissions import Role
from vested.core.scope import Scope, SectorModel, System, acting
from vested.core.viewer import Viewer, viewer_for
from vested.direction.models import Escalation
from vested.plans.asked import Asked
from vested.plans.asked import kept as to_keep
from vested.plans.models import Assignment, Comment, Plan, Scenario
from vested.portfolio.models import Initiative

SECTORS = ("ours", "theirs")
PARTNER = "partner"  # of an organisation outside
ROLES = ("clerk", "neighbour", "manager", "auditor", "leader", "hr", "branch", "cdo", PARTNER)
KINDS = ("customer", "inspector")  # of the walls something stands behind
HATS = {"clerk": ("inspector",), "manager": KINDS, "auditor": ("inspector",), "cdo": KINDS}  # who has which
TOWARDS = "harbour"
TODAY = date(2026, 1, 8)
LATE = date(2099, 1, 1)
OPENING = "opening"  # in the place of a hat: walls are open to them, to look
WHO = [(role, hat) for role in ROLES for hat in ("", *HATS.get(role, ()))] + [("leader", OPENING)]


@dataclass(frozen=True)
class Who:
    """Somebody who asks: of a sector, in a role, with a hat; nobody of any where the role is empty."""

    sector: str
    role: str
    hat: str = ""


@dataclass
class World:
    """The two offices, what exists for each viewer, and the rows there are."""

    offices: dict[str, Office]
    viewers: dict[Who, Viewer | None] = field(default_factory=dict)
    exist: dict[Who, dict[type[models.Model], set[int]]] = field(default_factory=dict)
    found: dict[Who, dict[type[models.Model], set[int]]] = field(default_factory=dict)  # by a question of theirs
    shared: dict[str, set[int]] = field(default_factory=dict)
    ids: dict[type[models.Model], dict[str, list[int]]] = field(default_factory=dict)
    behind: dict[tuple[str, int], int] = field(default_factory=dict)  # the wall of each row behind one
    opening: dict[str, int] = field(default_factory=dict)  # of each sector, one that is in force
    hidden: dict[type[models.Model], dict[str, list[int]]] = field(default_factory=dict)  # and their keys
    about: dict[tuple[str, int], set[int]] = field(default_factory=dict)  # the people each row is about

    def everybody(self) -> list[Who]:
        return list(self.viewers)

    def client(self, who: Who) -> Client:
        """A browser they are signed in with."""
        client = Client(raise_request_exception=False)
        viewer = self.viewers[who]
        if viewer and viewer.person and viewer.person.user:
            client.force_login(viewer.person.user)
            session = client.session
            session[WORN] = session[WORN_BEFORE] = sorted(viewer.worn)
            if viewer.opened:
                session[LOOKING] = self.opening[who.sector]
            session.save()
        return client


def made() -> World:
    """Fill an empty database."""
    world = World({name: planted(name) for name in SECTORS})
    with acting(System("the proof makes its world")):
        for office in world.offices.values():
            _more_people(office)
            undertake(office)
            _of_others(office)
            _share(office)
            for kind in KINDS:
                world.behind |= behind(office, _hats(office, kind))
            _link(office, world.behind)
            world.opening[office.sector.slug] = _opening(office)
        _not_over(world.offices["ours"])
        _refusing(world.offices["ours"])
        brought(world.offices["ours"])
        world.about = _about()
        for model in ours():
            rows = list(model._default_manager.order_by("pk").values_list("sector__slug", "pk"))
            hidden = {pk for kind, pk in world.behind if kind == model._meta.model_name}
            world.ids[model] = {name: [pk for at, pk in rows if at == name and pk not in hidden] for name in SECTORS}
            world.hidden[model] = {name: [pk for at, pk in rows if at == name and pk in hidden] for name in SECTORS}
            if model is Person:  # of whom the last are in addresses
                for name, office in world.offices.items():
                    last = [office.people[role].pk for role in ("manager", "clerk", PARTNER)]
                    world.ids[model][name].sort(key=lambda pk: last.index(pk) if pk in last else -1)
            if model.scope is Scope.SHARED:
                shared = model._default_manager.filter(shared=True)  # type: ignore[misc]  # E003 sees that it is there
                world.shared[str(model._meta.model_name)] = set(shared.values_list("pk", flat=True))
    world.viewers[Who("", "")] = None
    world.exist[Who("", "")] = {}
    for name, (role, hat) in product(SECTORS, WHO):
        office, who = world.offices[name], Who(name, role, hat)
        with acting(System("the proof makes its world")):
            walls = Wall.objects.filter(counterparty__code=TOWARDS, sector=office.sector)
            worn = list(walls.filter(kind=hat).values_list("pk", flat=True))
            opened = frozenset(walls.values_list("pk", flat=True)) if hat == OPENING else frozenset()
            viewer = viewer_for(office.people[role], on=TODAY, wearing=worn, opened=opened)
        assert bool(viewer.walls) == bool(hat), who
        world.viewers[who] = viewer
        with acting(viewer):
            every: Any = {model: model._default_manager.all() for model in ours()}
            world.found[who] = {model: set(rows.values_list("pk", flat=True)) for model, rows in every.items()}
            every = {model: rows.visible_to(viewer) for model, rows in every.items()}
            world.exist[who] = {model: set(rows.values_list("pk", flat=True)) for model, rows in every.items()}
    return world


def _hats(office: Office, kind: str) -> Wall:
    """The wall of a kind of hat, and its hat for those who have it."""
    towards, _new = Counterparty.objects.get_or_create(sector=office.sector, code=TOWARDS, defaults={"name": TOWARDS})
    wall = Wall.objects.create(sector=office.sector, counterparty=towards, kind=kind)
    for role, kinds in HATS.items():
        if kind in kinds:
            Hat.objects.create(sector=office.sector, person=office.people[role], wall=wall, since=DAY)
    return wall


def _link(office: Office, hidden: Container[tuple[str, int]]) -> None:
    """In every way that things are linked: with what everybody sees, and with what stands behind a wall."""

    def some(model: type[SectorModel]) -> list[int]:
        rows = model._default_manager.filter(sector=office.sector).order_by("pk").values_list("pk", flat=True)
        known = {(str(model._meta.model_name), pk) in hidden: pk for pk in rows}
        return list(known.values())

    for kind in dict.fromkeys(kind for model in ours() for kind in kinds_of(model)):
        for source, target in product(some(kind.source), some(kind.target)):
            link = Link(sector=office.sector, kind=kind.name, source_id=source, target_id=target, since=DAY)
            link.save()


def _opening(office: Office) -> int:
    """An opening in force, for the leader."""
    towards = Counterparty.objects.get(sector=office.sector, code=TOWARDS)
    now = timezone.now()
    made = Opening.objects.create(
        sector=office.sector, person=office.people["leader"], counterparty=towards, why="x", hours=8, asked_at=now,
        answered_at=now, answered_by=office.people["cdo"], granted=True, until=now + timedelta(days=1),
    )  # fmt: skip
    return made.pk


def _more_people(office: Office) -> None:
    """The roles that a small office does without, and a digital officer of the north alone."""
    for name, role, unit in (
        ("leader", Role.TOP_LEADER, None), ("hr", Role.HR_OFFICER, None), ("branch", Role.CDO, office.north),
    ):  # fmt: skip
        user = User.objects.create_user(f"{name}@{office.sector.slug}.example")
        person = Person.objects.create(sector=office.sector, code=name, name=name, user=user)
        Membership.objects.create(sector=office.sector, person=person, unit=unit or office.ministry, since=DAY)
        Grant.objects.create(sector=office.sector, person=person, role=role, unit=unit, since=DAY)
        _plant(person, office.sector.slug)
        office.people[name] = person


def _of_others(office: Office) -> None:
    """Of all that is somebody's, one of somebody else, where there may be two: the manager's, the neighbour's."""
    for model in ours():
        if model in {Assignment, Grant, Hat, Membership, Plan}:  # they say who may what, or have to be solved
            continue
        people = [one.name for one in model._meta.concrete_fields if one.related_model is Person]
        for whose, named in (("manager", people), ("neighbour", people[:1])):
            with suppress(IntegrityError, ValidationError), transaction.atomic():
                if row := _made(model, office, **dict.fromkeys(named, office.people[whose])) if named else None:
                    _plant(row, office.sector.slug)


def _share(office: Office) -> None:
    """One of each kind of thing that can be: in one sector the newest there is, which no files bring; else another."""
    for model in ours():
        if model.scope is Scope.SHARED:
            row = model._default_manager.filter(sector=office.sector).order_by("-pk").first()
            if office.sector.slug == "ours":
                row = _made(model, office)
            assert row
            _plant(row, office.sector.slug)
            model._default_manager.filter(pk=row.pk).update(shared=True)


def _about() -> dict[tuple[str, int], set[int]]:
    """The people each row names, and those whose rows name it."""
    found: dict[tuple[str, int], set[int]] = {}
    for model in ours():
        links = [one for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey)]
        for row in model._default_manager.all():
            named = {getattr(row, one.attname) for one in links if one.related_model is Person} - {None}
            targets = [
                (one.related_model, getattr(row, one.attname)) for one in links if one.related_model is not Person
            ]
            for kind, pk in [(model, row.pk), *targets]:
                found.setdefault((str(kind._meta.model_name), pk), set()).update(named)  # type: ignore[union-attr]  # a model
    return found


def _not_over(office: Office) -> None:
    """Let what could be over go on, in one sector: so that more can be done with it than in the other."""
    for model in ours():
        goes_on(model._default_manager.filter(sector=office.sector))


def _refusing(office: Office) -> None:
    """Let some rows be what only some restriction refuses, in one sector: each line is there for one of them."""
    people = office.people
    # What can be done: a plan solved, somebody's attendance recorded, an own hat that is over worn no more.
    Session.objects.filter(sector=office.sector).update(starts_on=timezone.localdate() + timedelta(days=60))
    Scenario.objects.filter(sector=office.sector).update(asked=to_keep(Asked(seconds=1)))
    Enrolment.objects.filter(sector=office.sector, person=people["neighbour"]).update(status="accepted")
    Hat.objects.filter(sector=office.sector, until__lt=TODAY).update(person=people["manager"])
    _own_scenarios(office)
    # A register that was brought in, by who may not see other people's jobs.
    counts = dict.fromkeys(("initiatives", "baselines", "claims", "differences"), 1)
    opened = list(Initiative.objects.filter(sector=office.sector).values_list("pk", flat=True))
    for job in Job.objects.filter(sector=office.sector, by=people["manager"], worn=""):
        job.kind, job.state, job.ended_at = "portfolio.register", Job.State.DONE, timezone.now()
        job.args, job.result = {"source": word(job, office.sector.slug)}, {**counts, "opened": opened}
        job.save()
    # Escalations about a plan, which not all who see them see, to be decided in a session by who may not change it.
    plan = Plan.objects.filter(sector=office.sector)[0]
    rows: Any = models.QuerySet(Escalation).filter(sector=office.sector)  # also what is never changed once written
    rows.update(
        owner_by=LATE, director_by=LATE, top_by=LATE, about_type=Plan._meta.label_lower, about_id=plan.pk,
        options=["x", "y"],
    )  # fmt: skip
    first = Escalation.objects.filter(sector=office.sector).order_by("pk")[0]
    rows.filter(pk=first.pk).update(owner=people["auditor"])


def _own_scenarios(office: Office) -> None:
    """Two scenarios that somebody keeps to themselves: what is said of one, and a plan of it that another began as."""
    plan = Plan.objects.filter(sector=office.sector)[0]
    kept, own = Scenario.objects.filter(sector=office.sector).exclude(pk=plan.scenario_id).order_by("pk")
    Scenario.objects.filter(pk=own.pk).update(by=office.people["cdo"])
    Scenario.objects.filter(pk__in=(kept.pk, own.pk)).update(shared=False)
    Scenario.objects.filter(pk=plan.scenario_id).update(copied_from=kept)
    Comment.objects.filter(sector=office.sector).exclude(by=office.people["clerk"]).update(scenario=kept)
    base = Plan.objects.filter(sector=office.sector).order_by("-pk")[0]
    base.pk, base.number, base.scenario, base.state = None, 1, kept, Plan.State.PROPOSED
    base.save()
    _plant(base, office.sector.slug)
