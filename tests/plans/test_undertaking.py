"""Rows of the portfolio become the tables of a roadmap, as a scenario asks for it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from django.utils.timezone import localdate

from tests.core.offices import Office, signed_in
from tests.plans.portfolios import random_portfolio
from tests.plans.rooms import QUICK, ask, fill, solve
from tests.plans.sectors import random_sector
from tests.portfolio.test_supply import offered, pool
from tests.portfolio.undertaken import idea, mode
from vested.core.models import Event, Job
from vested.core.scope import acting
from vested.formats.sector_folder import Class, Sector, Way
from vested.plans import solving
from vested.plans.asked import Asked
from vested.plans.packing import Frozen, pack, unpack
from vested.plans.queries.gathering import Gathered, gathered
from vested.plans.queries.solved import solved
from vested.plans.queries.staleness import is_stale
from vested.plans.roadmap import why_of
from vested.portfolio.actions import name_block, offer_money, set_mode, wait_for
from vested.portfolio.models import Block, BlockUse, Initiative
from vested.portfolio.queries.quarters import later, span
from vested.portfolio.queries.supply import coming_quarter
from vested.skills.models import Demand

pytestmark = pytest.mark.django_db
ON, FIRST = date(2026, 1, 5), date(2026, 4, 1)


def soon() -> date:
    """The first quarter of a roadmap that is solved today."""
    return coming_quarter(localdate())


def portfolio(office: Office, first: date = FIRST) -> dict[str, Initiative]:
    """Three that may start, one that waits, one in delivery with two of its four quarters left, and people for two."""
    fill(office, random_sector(3, people=30))
    dev, quarters = pool(office), span(first, 6)
    offered(office, dev, dict.fromkeys(quarters, 4.0))
    found = {code: idea(office, code) for code in ("A1", "A2", "A3", "A4", "D1")}
    for code in ("A1", "A2", "A3", "A4"):
        mode(office, found[code], starts=first, quarters=2, costs=[Decimal(50)] * 2, people={dev: [2, 2]})
    mode(office, found["D1"], starts=later(first, -2), people={dev: [1, 1, 2, 2]})
    manager, cdo = office.viewer("manager"), office.viewer("cdo")
    with acting(manager):
        wait_for(by=manager, initiative=found["A2"], needs=found["D1"])
        wait_for(by=manager, initiative=found["A4"], needs=found["A3"])
    with acting(cdo):
        offer_money(by=cdo, amounts=dict.fromkeys(quarters, Decimal(200)))
        Initiative.objects.filter(pk=found["D1"].pk).update(stage=Initiative.Stage.DELIVERY)
    return found


def of(office: Office, asked: Asked = QUICK) -> Gathered:
    viewer = office.viewer("cdo")
    with acting(viewer):
        return gathered(viewer, asked, on=ON)


def row(sector: Sector, code: str) -> object:
    return next(one for one in sector.initiatives if one.initiative_id == code)


def test_what_is_closed_needs_nobody(office: Office) -> None:
    fill(office, random_sector(3, people=30))

    def needing() -> set[str]:
        return {one.initiative_id for one in of(office).sector.initiative_skills}

    code = min(needing())
    with acting(office.viewer("cdo")):
        opened = idea(office, code)
    before = needing()
    with acting(office.viewer("cdo")):
        Initiative.objects.filter(pk=opened.pk).update(closed_on=ON)
    assert before - needing() == {code}


def test_what_may_start_and_what_is_left_of_what_has(office: Office) -> None:
    portfolio(office)
    now = of(office)
    sector = now.sector
    assert now.first == FIRST
    lengths = {one.initiative_id: (one.mode, one.quarters) for one in sector.initiative_modes}
    assert lengths == {**{f"A{n}": (Way.ROLL_OUT, 2) for n in (1, 2, 3, 4)}, "D1": (Way.ROLL_OUT, 2)}
    one = next(one for one in sector.initiatives if one.initiative_id == "D1")
    assert (one.mandatory, one.earliest, one.latest, one.class_) == (True, 1, 1, Class.EXPLOIT)
    left = [(one.quarter, one.people) for one in sector.initiative_people if one.initiative_id == "D1"]
    assert left == [(1, 2.0), (2, 2.0)]
    assert {(one.initiative_id, one.needs) for one in sector.initiative_links} == {("A2", "D1"), ("A4", "A3")}
    assert [one.capacity for one in sector.pools] == [4.0] * 6
    assert [one.amount for one in sector.portfolio_budgets] == [200.0] * 6


def test_a_scenario_drops_forces_moves_and_changes_what_there_is(office: Office) -> None:
    portfolio(office)
    asked = replace(
        QUICK, initiatives={"A3": 0.0, "A1": 2.0, "D1": 0.0}, force=("A1",), earliest={"A2": "2026-07-02"},
        latest={"A2": "2026-11-30"}, portfolio_money=0.1, pools={"DEV": 0.25},
    )  # fmt: skip
    sector = of(office, asked).sector
    rows = {one.initiative_id: one for one in sector.initiatives}
    assert "A3" not in rows
    assert rows["A1"].mandatory
    assert not rows["A2"].mandatory
    assert (rows["A2"].earliest, rows["A2"].latest) == (3, 3)
    assert rows["A4"].latest == 0  # what it waits for is left out
    assert rows["D1"].mandatory  # in delivery, so it stays
    assert next(one.benefit for one in sector.initiative_modes if one.initiative_id == "A1") == 200.0
    assert [one.capacity for one in sector.pools] == [2.0, 2.0, 1.0, 1.0, 1.0, 1.0]  # D1 takes two for two quarters
    assert [one.amount for one in sector.portfolio_budgets] == [100.0, 100.0, 20.0, 20.0, 20.0, 20.0]


def test_a_block_that_is_not_there_waits_for_its_maker(office: Office) -> None:
    found = portfolio(office)
    cdo = office.viewer("cdo")
    with acting(cdo):
        block = name_block(by=cdo, code="B1", name="ours block", exists=False, supplied_by=found["A1"])
        Block.objects.update(code="A1")  # an initiative of the same code may have come later
        set_mode(
            by=cdo, initiative=found["A3"], kind="reuse", quarters=1, benefit=5, costs=[], people={}, blocks=[block]
        )
        assert BlockUse.objects.count() == Block.objects.count() == 1
    sector = of(office).sector
    assert [(one.block_id, one.exists, one.built_by) for one in sector.blocks] == [("A1 (block)", False, ("A1",))]
    uses = [(one.initiative_id, one.needs, one.mode) for one in sector.initiative_links if one.mode]
    assert uses == [("A3", "A1 (block)", Way.REUSE)]
    with acting(cdo):
        Initiative.objects.filter(pk=found["A1"].pk).update(stage=Initiative.Stage.LIVE)
    assert [one.exists for one in of(office).sector.blocks] == [True]


def test_without_people_and_money_there_is_no_roadmap(office: Office) -> None:
    fill(office, random_sector(3, people=30))
    mode(office, idea(office))
    now = of(office)
    assert now.first is None
    assert now.sector.initiative_modes == ()


def test_both_halves_are_solved_kept_and_stale_when_the_portfolio_changes(office: Office) -> None:
    found = portfolio(office, soon())
    plan = solve(office, ask(office))
    with acting(office.viewer("cdo")):
        frozen = solved(plan)
        road = frozen.outcome.roadmap
        assert road is not None
        assert plan.figures["undertaken"] == 5
        starts = {road.sector.initiatives[road.index.initiatives[p]].initiative_id: at for p, at in road.starts.items()}
        assert starts["D1"] == 0
        assert starts.get("A2", 9) >= 2  # when what it waits for is finished
        assert not is_stale(plan)
    mode(office, found["A1"], starts=soon(), benefit=7.0)
    with acting(office.viewer("cdo")):
        assert is_stale(plan)


def test_who_is_asked_for_on_a_page_is_trained(office: Office) -> None:
    found, client = portfolio(office, soon()), signed_in(office, "clerk")
    taught = next(one for one in of(office).sector.course_outcomes if one.from_level == 0)
    said = {"skill": taught.skill_id, "level": str(taught.to_level), "people": "30", "by_period": "9", "weight": "900"}
    assert client.post(f"/portfolio/{found['A1'].pk}/plan/need/", said).status_code == 302
    plan = solve(office, ask(office, asked=replace(QUICK, force=("A1",))))
    with acting(office.viewer("cdo")):
        outcome = solved(plan).outcome
        need = Demand.objects.get(source=found["A1"].source, weight=900)
    rows = outcome.sector.initiative_skills
    (k,) = (at for at, one in enumerate(rows) if one.initiative_id == "A1" and one.weight == 900)
    needs, levels = outcome.problem.needs, outcome.problem.people.levels
    had = int((levels[:, needs.skill[k]] >= needs.level[k]).sum())
    assert outcome.plan.holders_after[k] > had
    for url, answers in (("change", said | {"people": "29"}), ("remove", {})):
        with acting(office.viewer("cdo")):
            plan.seen = Event.objects.order_by("-number").values_list("number", flat=True)[0]
            assert not is_stale(plan)
        assert client.post(f"/portfolio/needs/{need.pk}/{url}/", answers).status_code == 302
        with acting(office.viewer("cdo")):
            assert is_stale(plan)


def test_what_must_start_and_cannot_is_said_by_name(office: Office) -> None:
    portfolio(office, soon())
    plan = solve(office, ask(office, asked=replace(QUICK, force=("A4",), initiatives={"A3": 0.0})))
    assert plan.job
    with acting(office.viewer("cdo")):
        job = Job.objects.get(pk=plan.job.pk)
    assert job.state == Job.State.FAILED
    assert "cannot all: ours work A4. No money and no people would help" in job.error
    must = ("A1", "A3", "A4")
    poor = solve(office, ask(office, name="Poor", asked=replace(QUICK, force=must, pools={"DEV": 0.0})))
    assert poor.job
    with acting(office.viewer("cdo")):
        assert "They clash over: ours DEV. Give more of that" in Job.objects.get(pk=poor.job.pk).error


@pytest.mark.parametrize("seed", [1, 5])
def test_a_roadmap_is_read_as_it_was_kept(seed: int) -> None:
    outcome = solving.solve(random_portfolio(seed), seconds=10)
    none = np.zeros(0, np.int64)
    back = unpack(pack(Frozen(outcome=outcome, people=none, sessions=none, units=none, first=FIRST)))
    one, other = outcome.roadmap, back.outcome.roadmap
    assert one is not None
    assert other is not None
    assert back.first == FIRST
    assert (one.sector.initiatives, one.asked, one.late, one.repairs) == (
        other.sector.initiatives,
        other.asked,
        other.late,
        other.repairs,
    )
    assert (one.starts, one.modes, one.plan.value, one.plan.bound) == (
        other.starts,
        other.modes,
        other.plan.value,
        other.plan.bound,
    )
    assert one.problem.initiatives.earliest.tolist() == other.problem.initiatives.earliest.tolist()
    out = one.explanation.out.tolist()
    assert [why_of(one.sector, one, p) for p in out] == [why_of(other.sector, other, p) for p in out]
    assert pack(back) == pack(Frozen(outcome=outcome, people=none, sessions=none, units=none, first=FIRST))
