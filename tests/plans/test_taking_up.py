"""Adopting a plan takes its roadmap up: ways, days, baselines; what has passed meanwhile stays as it is."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.core.offices import DAY, Office, signed_in
from tests.plans.rooms import NOW, ask, now_of, solve
from tests.plans.test_undertaking import FIRST, portfolio, soon
from tests.portfolio.undertaken import benefit
from vested.core.errors import NotAllowed
from vested.core.models import Event, Grant
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.plans.actions import adopt_plan, propose_plan
from vested.plans.models import Plan
from vested.plans.queries.roadmaps import decided, followed
from vested.plans.queries.staleness import is_stale
from vested.portfolio.actions import Start, take_up
from vested.portfolio.models import Baseline, Initiative
from vested.portfolio.queries.quarters import later
from vested.skills.actions import declare_demands
from vested.skills.models import Demand, Skill

pytestmark = pytest.mark.django_db


def test_what_starts_gets_its_day_and_what_is_approved_is_frozen(office: Office) -> None:
    found = portfolio(office)
    cdo, manager = office.viewer("cdo"), office.viewer("manager")
    day = later(FIRST, 1)
    with acting(cdo):
        Initiative.objects.filter(pk=found["A1"].pk).update(stage=Initiative.Stage.APPROVED)
        Initiative.objects.filter(pk=found["A3"].pk).update(stage=Initiative.Stage.APPROVED, owner=cdo.person)
    benefit(office, found["A1"])
    starts = [Start(code=code, kind="rollout", starts_on=day) for code in ("A1", "A2", "A3", "D1", "A9")]
    with acting(manager), pytest.raises(NotAllowed):
        take_up(by=manager, starts=starts, why="ours why", on=NOW.date())
    with acting(cdo):
        told = take_up(
            by=cdo, starts=[*starts, Start(code="A4", kind="pilot", starts_on=day)], why="ours", on=NOW.date()
        )
        assert (told.chosen, told.frozen, told.own, told.passed) == (3, 1, 1, 3)
        assert Initiative.objects.get(pk=found["A2"].pk).starts_on == day
        frozen = Baseline.objects.get()
        assert (frozen.initiative_id, frozen.starts_on, frozen.cost, len(frozen.benefits)) == (
            found["A1"].pk,
            day,
            Decimal(100),
            1,
        )
        again = take_up(by=cdo, starts=starts, why="ours", on=NOW.date())
        assert (again.chosen, again.frozen) == (0, 0)
        other = Start(code="A1", kind="rollout", starts_on=later(day, 1))
        assert take_up(by=cdo, starts=[other], why="ours", on=NOW.date()).frozen == 1
        assert list(Baseline.objects.values_list("number", flat=True)) == [1, 2]


def test_adopting_takes_the_roadmap_up_and_the_page_follows_it(office: Office) -> None:
    found = portfolio(office, soon())
    with acting(System("a test")):
        skill = Skill.objects.filter(sector=office.sector).order_by("pk")[0]
        asks = {code: {"source": found[code].source, "skill": skill, "by_period": 2} for code in ("A1", "A4", "D1")}
        for given in asks.values():
            Demand.objects.create(sector=office.sector, level=0.5, people=1, due_on=date(2020, 1, 1), **given)
    plan = solve(office, ask(office))
    with acting(System("a test")):
        leader = office.people["neighbour"]
        Grant.objects.create(sector=office.sector, person=leader, role=Role.TOP_LEADER, unit=None, since=DAY)
    leading, cdo = office.viewer("neighbour"), office.viewer("cdo")
    with acting(cdo):
        roadmap = decided(plan)
        assert roadmap is not None
        starts = roadmap.starts
        assert "D1" not in {one.code for one in starts}
        assert starts
        propose_plan(by=cdo, plan=plan, because="ours because", version=plan.version, at=NOW)
    plan = now_of(office, plan)
    with acting(leading):
        until = NOW.date() + timedelta(days=9)
        adopt_plan(by=leading, plan=plan, because="ours yes", answer_by=until, version=plan.version, at=NOW)
        plan = Plan.objects.get(pk=plan.pk)
        days = {row.code: row.starts_on for row in Initiative.objects.select_related("source")}
        assert {one.code: one.starts_on for one in starts}.items() <= days.items()
        assert days["D1"] == later(soon(), -2)
        assert Event.objects.filter(kind="plan.starts").count() == 1
        assert not is_stale(plan)
        due = {code: Demand.objects.get(source=found[code].source, level=0.5).due_on for code in asks}
        for code in ("A1", "A4"):
            start = roadmap.days[code]
            ends = later(start, 2) - timedelta(days=1) if start and roadmap.months == 3 else None
            assert (due[code] is None) == (start is None)
            assert not ends or due[code] == ends
        assert due["D1"] == date(2020, 1, 1)
        kinds = ("demand.declared", "demand.undated")
        assert Event.objects.filter(kind__in=kinds).count() == 2
    text = signed_in(office, "cdo").get(f"/plans/{plan.pk}/roadmap/").content.decode()
    assert "now: idea" in text
    assert "in delivery" in text
    assert "now: in delivery" not in text  # as it was: nothing has become of it
    follow = signed_in(office, "cdo").get("/plans/follow/").content.decode()
    assert "Initiatives that were to start" in follow
    works = follow.split('id="works"')[1].split("</section>")[0]
    assert 'data-state="late"' not in works
    assert re.findall(">(in delivery already|€[0-9,]+ left)<", works) == ["in delivery already", "€200 left"]
    with acting(cdo):
        Initiative.objects.filter(pk=found[starts[0].code].pk).update(starts_on=date(2039, 1, 1))
        rows = followed(cdo, plan, on=NOW.date())
        assert [(one.title, one.late) for one in rows if one.late] == [(f"ours work {starts[0].code}", True)]
        assert {one.title for one in rows} == {f"ours work {one.code}" for one in starts} | {"ours work D1"}
        assert all(one.cost is not None and one.planned_cost > 0 for one in rows)
        assert [one.title for one in rows if one.going] == ["ours work D1"]
        assert all(one.late for one in followed(cdo, plan, on=date(2040, 1, 1)) if "D1" not in one.title)
    text = signed_in(office, "cdo").get(f"/plans/{plan.pk}/roadmap/").content.decode()
    assert "starts Jan. 1, 2039" in text or "starts 1 January 2039" in text


def test_people_are_needed_by_the_day_that_is_decided(office: Office, other: Office) -> None:
    source = portfolio(office)["A1"].source
    with acting(System("a test")):
        skill = Skill.objects.filter(sector=office.sector).order_by("pk")[0]
        for by_period in (1, 4):
            Demand.objects.create(
                sector=office.sector, source=source, skill=skill, level=1, people=1, by_period=by_period
            )
    for viewer in (office.viewer("manager"), other.viewer("clerk")):
        with acting(viewer), pytest.raises(NotAllowed):
            declare_demands(by=viewer, starts={"A1": FIRST}, months=3)
    stranger, cdo = other.viewer("cdo"), office.viewer("cdo")
    with acting(stranger):
        assert declare_demands(by=stranger, starts={"A1": FIRST}, months=3) == 0
    with acting(cdo):
        assert declare_demands(by=cdo, starts={"A1": date(2026, 10, 1), "A2": None}, months=3) == 2
        rows = Demand.objects.filter(source=source).order_by("by_period").values_list("due_on", flat=True)
        assert list(rows) == [date(2026, 12, 31), date(2027, 9, 30)]
        assert declare_demands(by=cdo, starts={"A1": date(2026, 10, 1)}, months=3) == 0
        assert Event.objects.filter(kind="demand.declared").count() == 1
    page = signed_in(office, "clerk")
    assert "by 31 December 2026" in page.get(f"/initiatives/{source.pk}/").content.decode()
    assert "by 30 September 2027" in page.get(f"/portfolio/{source.initiative.pk}/plan/").content.decode()
    said = page.get("/api/v1/demands?sort=by_period").json()["items"]
    assert "2026-12-31" in {row["due_on"] for row in said}
    with acting(cdo):
        assert declare_demands(by=cdo, starts={"A1": None}, months=3) == 2
        assert set(rows.all()) == {None}
        assert Event.objects.filter(kind="demand.undated").count() == 1
