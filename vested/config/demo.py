"""A generated sector to walk about in: its data, and one account for each role."""

from datetime import date, datetime, timedelta
from itertools import groupby

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vested.config import demo_plans  # noqa: F401 - it declares the job that adopts the first plan
from vested.config.demo_paper import written
from vested.core import jobs
from vested.core.actions import add_counterparty, give_hat, link
from vested.core.demo import address
from vested.core.history import record
from vested.core.imports.tables import Diff, apply_all, tables
from vested.core.links import kind_of
from vested.core.models import Counterparty, Grant, Membership, Person, Sector, Unit, User, Wall
from vested.core.permissions import Role
from vested.core.scope import acting
from vested.core.viewer import Held, Viewer, viewer_for
from vested.direction.actions import make_commitment
from vested.direction.demo import fill as fill_direction
from vested.direction.models import Duty, Objective, Opportunity
from vested.ecosystem.actions import add_contact, add_document, add_party, let_in, make_agreement, share
from vested.plans.actions import ask_for_scenario, solve_scenario
from vested.plans.asked import Asked
from vested.plans.generator import make_sector
from vested.portfolio.demo import fill as fill_portfolio
from vested.skills.actions import keep_snapshot
from vested.skills.models import Source
from vested.skills.queries.gaps.taken import take

SMALLEST_TEAM = 5  # people the demo's manager has at least
SECONDS = 30  # to search for each of its plans


@transaction.atomic
def make_demo(*, people: int, seed: int, at: datetime, seconds: int = SECONDS) -> Sector:
    """Fill an empty database with a sector of that many people, and accounts to see it by.

    Its plans are left to the worker: one is solved for so many ``seconds`` at most and adopted, another is solved
    beside it.
    """
    today = timezone.localdate(at)
    monday = today + timedelta(days=7 - today.weekday())
    made = make_sector(people=people, seed=seed, first_day=monday)
    sector = Sector.objects.create(name=made.units[0].name, slug="demo", currency=made.settings.currency)
    office = Viewer(sector=sector, person=None, held=(Held(Role.CDO, "/"),))
    with acting(office):
        apply_all({table.name: Diff(added=table.wanted(made)) for table in tables()}, by=office, at=at)
        cast = _cast()
        for role, (person, unit) in cast.items():
            person.user = User.objects.create_user(address(role))
            person.save(update_fields=["user"])
            Grant.objects.create(sector=sector, person=person, role=role, unit=unit, since=today)
        fill_direction(by=office, at=at)
        _answer(office, today)
        _wear(office, {role: person for role, (person, _unit) in cast.items()}, at)
        _agree(office, {role: person for role, (person, _unit) in cast.items()}, at)
        fill_portfolio(by=office, at=at)
        keep_snapshot(by=office, taken=take(), at=at)
        _plan(office, seconds, at)
        record("sector.generated", by=office, on=sector, new={"people": people, "seed": seed})
    return sector


def _plan(by: Viewer, seconds: int, at: datetime) -> None:
    """Have a plan solved and adopted, and then another one solved to set beside it."""
    first = ask_for_scenario(by=by, name=_("As it is"), asked=Asked(seconds=seconds), at=at)
    less = Asked(portfolio_money=0.9, seconds=seconds)
    other = ask_for_scenario(by=by, name=_("With a tenth less for initiatives"), asked=less, at=at)
    solve_scenario(by=by, scenario=first, at=at)
    jobs.start("demo.follow", by=by, at=at)
    solve_scenario(by=by, scenario=other, at=at)


def _answer(by: Viewer, today: date) -> None:
    """Let initiatives serve objectives and answer a duty."""
    initiatives = list(Source.objects.order_by("pk")[:3])
    for source, objective in zip(initiatives, Objective.objects.order_by("pk"), strict=False):
        link(by=by, kind=kind_of("serves"), source=source, target=objective, on=today)
    for source, duty in zip(initiatives, Duty.objects.order_by("-due_on", "pk")[:1], strict=False):
        link(by=by, kind=kind_of("answers"), source=source, target=duty, on=today)


def _wear(by: Viewer, cast: dict[Role, Person], at: datetime) -> None:
    """Let people be something to organisations outside, and something stand behind two walls."""
    today = timezone.localdate(at)
    ferries = add_counterparty(by=by, name="Northern Ferries", code="NF")
    works = add_counterparty(by=by, name="Harbour Works", code="HW")
    for role, kind, towards in (
        (Role.CDO, "customer", ferries),
        (Role.CDO, "client", ferries),  # kept apart: not in one session
        (Role.MANAGER, "inspector", ferries),
        (Role.TOP_LEADER, "partner", works),
        (Role.CDO, "partner", works),
    ):
        give_hat(
            by=by, person=cast[role], counterparty=towards, kind=kind, since=today - timedelta(days=90), until=None,
            at=at,
        )  # fmt: skip
    for kind, role, words, proof in (
        ("inspector", Role.MANAGER, "Inspect the new ticket machines without notice", "The report of the inspection"),
        ("customer", Role.CDO, "Ask for a tenth off the price of the booking system", "The offer, signed"),
    ):
        make_commitment(
            by=by, words=words, to_whom=str(by.sector), person=cast[role], unit=None, objective=None, proof_is=proof,
            due_on=today + timedelta(days=45), public=False, at=at,
            wall=Wall.objects.get(counterparty=ferries, kind=kind),
        )  # fmt: skip


def _agree(by: Viewer, cast: dict[Role, Person], at: datetime) -> None:
    """Agree something with organisations outside, share some of what there is by it, and let somebody sign in."""
    today, towards = timezone.localdate(at), {one.code: one for one in Counterparty.objects.all()}
    let_in(by=by, counterparty=towards["HW"], name="Robin Harbour", email=address(Role.PARTNER))
    leader = viewer_for(cast[Role.TOP_LEADER], on=today)
    berths, tickets, _past = (
        make_agreement(
            by=by, title=title, code=code, counterparty=towards[party], roles=roles, words=words, unit=None,
            owner=cast[Role.TOP_LEADER], starts_on=today + timedelta(days=since), ends_on=today + timedelta(days=until),
        )
        for title, code, party, roles, words, since, until in (
            ("One register of berths", "2026/14", "HW", "We keep the register. They report each change within a day.",
             "Both read one register of berths, and each names somebody who answers for it.", -120, 400),
            ("Shared ticket machines", "2026/31", "NF", "They run the machines. We pay for half of each.",
             "Passengers buy any ticket at any machine.", -300, 60),
            ("Trial of shore power", "2025/02", "HW", "They deliver the power. We measure.",
             "Three berths for one season.", -500, -40),
        )
    )  # fmt: skip
    add_party(by=by, agreement=tickets, counterparty=towards["HW"])
    for agreement, file in ((berths, "agreement-2026-14.pdf"), (tickets, "agreement-2026-31.pdf")):
        paper = SimpleUploadedFile(file, written(agreement.title, agreement.roles, agreement.words))
        add_document(by=by, agreement=agreement, file=paper, on=today)
        add_contact(by=by, agreement=agreement, name="The harbour office", email="office@harbour.example")
    with acting(leader):
        for agreement, model in ((berths, Duty), (berths, Objective), (tickets, Opportunity), (tickets, Source)):
            if thing := model.objects.order_by("pk").first():
                share(by=leader, agreement=agreement, thing=thing, on=today)


def _cast() -> dict[Role, tuple[Person, Unit | None]]:
    """Somebody for each role, and the unit they hold it for."""
    held = Membership.objects.select_related("person", "unit").order_by("manager", "person__code")
    teams = {boss: list(team) for boss, team in groupby(held, key=lambda one: one.manager_id)}
    leader = teams[None][0].person
    clerks = {boss: [one for one in team if one.person_id not in teams] for boss, team in teams.items() if boss}
    boss = next(boss for boss, team in clerks.items() if boss != leader.pk and len(team) >= SMALLEST_TEAM)
    manager = Membership.objects.select_related("person", "unit").get(person=boss)
    clerk = clerks[boss][0].person
    taken = {leader.pk, boss, clerk.pk}

    def employed(*roles: str) -> Person:
        found = Person.objects.filter(posts__role__code__in=roles).exclude(pk__in=taken).order_by("code").first()
        if found is None:
            raise ValueError(_("The sector has nobody in these roles: %(roles)s.") % {"roles": ", ".join(roles)})
        taken.add(found.pk)
        return found

    return {
        Role.CDO: (employed("director", "head-of-department"), None),
        Role.TOP_LEADER: (leader, None),
        Role.HR_OFFICER: (employed("hr-officer", "hr-partner"), None),
        Role.MANAGER: (manager.person, manager.unit),
        Role.CIVIL_SERVANT: (clerk, None),
        Role.AUDITOR: (employed("statistician", "data-analyst"), None),
    }
