"""What of the portfolio waits for somebody, and how it stands on the bridge: computed beside claimed."""

from datetime import timedelta

import pytest

from tests.core.offices import DAY, Office, signed_in
from tests.insights.looking import changed, matters, the, waiting
from tests.portfolio.test_systems import system
from tests.portfolio.undertaken import REVIEW, find, idea, mode, through, undertaken
from vested.core.scope import System, acting
from vested.insights.queries.agenda import Matter
from vested.insights.views.agenda import agenda
from vested.portfolio.actions import add_contract, claim, waive
from vested.portfolio.models import Benefit, Contract, Difference, Initiative
from vested.portfolio.models.following import Standing
from vested.portfolio.queries.overall import overall

WELL = dict.fromkeys(("cost", "schedule", "economic", "other"), "on_course")
EVERYBODY = ("cdo", "manager", "clerk", "neighbour", "auditor")


def lines(office: Office, who: str) -> str:
    """What the agenda of somebody says, and where it leads."""
    viewer = office.viewer(who)
    with acting(viewer):
        return " ".join(f"{one.title} {one.href}" for one in agenda(waiting(office, who, on=DAY), viewer, on=DAY))


def owners(office: Office, matter: Matter, **given: object) -> set[str]:
    """For whom something of a kind waits."""
    return {who for who in EVERYBODY if matter in matters(office, who, **given)}  # type: ignore[arg-type]  # as given


def test_a_gate_waits_for_who_judges_and_does_not_own_it(office: Office, other: Office) -> None:
    one = undertaken(office, stage="prepared")
    assert owners(office, Matter.JUDGE, on=DAY) == {"cdo"}
    found = the(office, "cdo", Matter.JUDGE, on=DAY)
    assert (found.pk, found.since, found.name) == (one.pk, DAY, "ours work A1")
    assert f"A gate asks you: ours work A1 /portfolio/{one.pk}/gate/" in lines(office, "cdo")
    find(office, one, "funded")
    assert owners(office, Matter.JUDGE, on=DAY) == set()
    through(office, one, "approved")
    assert owners(office, Matter.JUDGE, on=DAY) == {"cdo", "manager"}
    changed(one, owner=office.people["manager"])
    assert owners(office, Matter.JUDGE, on=DAY) == {"cdo"}
    changed(one, unit=office.south)
    assert owners(office, Matter.JUDGE, on=DAY) == {"cdo"}
    assert matters(other, "cdo", on=DAY) == set()
    undertaken(office, "A2")
    assert "2 gates ask you /portfolio/?now=asked" in lines(office, "cdo")


def test_what_runs_out_and_is_due_waits_for_who_owns_it(office: Office) -> None:
    one = undertaken(office, stage="delivery")
    assert owners(office, Matter.INCREMENTS, on=DAY) == set()
    late = DAY + timedelta(days=43)
    assert owners(office, Matter.INCREMENTS, on=late) == {"clerk"}
    found = the(office, "clerk", Matter.INCREMENTS, on=late)
    assert (found.pk, found.due, found.late) == (one.pk, DAY + timedelta(days=42), 1)
    cdo = office.viewer("cdo")
    with acting(cdo):
        waive(by=cdo, initiative=one, code="shown", reason="ours", until=DAY + timedelta(days=30), on=DAY)
    assert owners(office, Matter.WAIVERS, on=DAY) == set()
    soon = DAY + timedelta(days=20)
    assert owners(office, Matter.WAIVERS, on=soon) == {"clerk"}
    assert the(office, "clerk", Matter.WAIVERS, on=soon).due == DAY + timedelta(days=30)
    changed(one, reopened_on=DAY)
    assert the(office, "clerk", Matter.REOPENED, on=DAY).since == DAY
    assert "A gate is open again: ours work A1" in lines(office, "clerk")
    changed(one, closed_on=DAY)
    assert matters(office, "clerk", on=soon) & {Matter.WAIVERS, Matter.REOPENED, Matter.INCREMENTS} == set()


def test_benefits_contracts_and_systems_wait_for_who_answers_for_them(office: Office) -> None:
    idea(office)
    undertaken(office, "A2", stage="idea")
    thing, boss = system(office), office.viewer("manager")
    with acting(boss):
        paper = add_contract(
            by=boss, title="ours paper", supplier="x", initiative=None, unit=office.north,
            owner=office.people["clerk"], decide_by=REVIEW, ends_on=REVIEW,
        )  # fmt: skip
    changed(thing, ends_on=REVIEW)
    of = {Matter.BENEFITS, Matter.CONTRACTS, Matter.SYSTEMS}
    assert matters(office, "clerk", on=REVIEW - timedelta(days=15)) & of == set()
    for who in set(EVERYBODY) - {"clerk"}:
        assert matters(office, who, on=REVIEW) & of == set()
    benefits = the(office, "clerk", Matter.BENEFITS, on=REVIEW)
    assert (benefits.count, benefits.due, benefits.late, benefits.pk) == (2, REVIEW, 0, None)
    assert the(office, "clerk", Matter.CONTRACTS, on=REVIEW + timedelta(days=1)).late == 1
    assert the(office, "clerk", Matter.SYSTEMS, on=REVIEW).pk == thing.pk
    with acting(System("a test")):
        Contract.objects.filter(pk=paper.pk).update(decided_on=DAY)
        Benefit.objects.update(review_on=None)
    changed(thing, ended_on=DAY)
    assert matters(office, "clerk", on=REVIEW) & of == set()


def test_an_open_difference_waits_for_who_decides_and_does_not_own_it(office: Office) -> None:
    one, clerk = undertaken(office), office.viewer("clerk")
    mode(office, one, cost=800)
    with acting(clerk):
        claim(by=clerk, initiative=one, words="ours", on=DAY, **WELL)
    assert owners(office, Matter.DIFFERENCES, on=DAY) == {"cdo"}
    assert the(office, "cdo", Matter.DIFFERENCES, on=DAY).since == DAY
    assert "/portfolio/differences/?state=open" in lines(office, "cdo")
    changed(one, owner=office.people["cdo"])
    assert owners(office, Matter.DIFFERENCES, on=DAY) == set()
    changed(one, owner=office.people["clerk"])
    with acting(System("a test")):
        Difference.objects.update(closed_on=DAY)
    assert owners(office, Matter.DIFFERENCES, on=DAY) == set()


@pytest.mark.parametrize("count", [1, 2])
def test_each_leads_somewhere(office: Office, count: int) -> None:
    """One thing leads to itself, more lead to where they are listed."""
    for number in range(count):
        one = undertaken(office, f"A{number}", stage="delivery")
        system(office, code=f"S{number}", ends_on=DAY)
        cdo, boss = office.viewer("cdo"), office.viewer("manager")
        with acting(cdo):
            waive(by=cdo, initiative=one, code="shown", reason="ours", until=DAY + timedelta(days=3), on=DAY)
        changed(one, reopened_on=DAY, stage_since=DAY - timedelta(days=90))
        with acting(boss):
            add_contract(
                by=boss, title="ours paper", supplier="x", initiative=None, unit=office.north,
                owner=office.people["clerk"], decide_by=DAY, ends_on=DAY,
            )  # fmt: skip
        with acting(System("a test")):
            first = Benefit.objects.filter(initiative=one)[0].pk
            Benefit.objects.filter(initiative=one).exclude(pk=first).update(review_on=None)
            Benefit.objects.filter(pk=first).update(review_on=DAY)
    said = lines(office, "clerk")
    client = signed_in(office, "clerk")
    urls = [word for word in said.split() if word.startswith(("/portfolio/", "/systems/"))]
    assert len(urls) == 6
    for url in urls:
        assert client.get(url).status_code == 200


def test_the_bridge_has_what_is_computed_beside_what_is_claimed(office: Office, other: Office) -> None:
    one, clerk = undertaken(office), office.viewer("clerk")
    undertaken(office, "A2")
    idea(office, "A3")
    mode(office, one, cost=800)
    with acting(clerk):
        claim(by=clerk, initiative=one, words="ours", on=DAY, **WELL)
    found = signed_in(office, "cdo").get("/api/v1/bridge").json()["portfolio"]
    with acting(System("a test")):
        unlike = Difference.objects.filter(closed_on=None).count()
    assert (found["followed"], found["silent"], found["differences"], found["reopened"]) == (2, 1, unlike, 0)
    assert sum(row["computed"] for row in found["standings"]) == 2
    assert {row["standing"]: row["claimed"] for row in found["standings"]}["on_course"] == 1
    with acting(clerk):
        then = overall(clerk, DAY)
    assert (then.computed[Standing.OFF], then.computed[Standing.ON_COURSE], then.unlike) == (1, 1, 1)
    html = signed_in(office, "cdo").get("/").content.decode()
    assert "of 2 initiatives are off course or drift" in html
    assert "Nothing is claimed of 1." in html
    assert "off course or drift" not in signed_in(other, "cdo").get("/").content.decode()
    with acting(System("a test")):
        Initiative.objects.filter(pk=one.pk).update(closed_on=DAY)
    assert signed_in(office, "cdo").get("/api/v1/bridge").json()["portfolio"]["followed"] == 1
