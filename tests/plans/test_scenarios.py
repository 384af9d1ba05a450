"""Scenarios: who may make, change, share, copy and remove them, and what is said about them."""

from dataclasses import replace

import pytest

from tests.core.offices import Office
from tests.plans.rooms import NOW, QUICK, ask, fill, solve, started
from tests.plans.sectors import random_sector
from vested.core.errors import Conflict, Invalid, NotAllowed
from vested.core.models import Event, Grant
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.plans.actions import change_scenario, comment, copy_scenario, remove_scenario, share_scenario
from vested.plans.models import Comment, Plan, Scenario

pytestmark = pytest.mark.django_db


def made_officer(office: Office, who: str) -> None:
    """Let somebody hold the role of HR officer for the whole sector."""
    with acting(System("a test")):
        person = office.people[who]
        Grant.objects.create(sector=office.sector, person=person, role=Role.HR_OFFICER, unit=None, since="2026-01-01")


def seen_by(office: Office, who: str) -> list[str]:
    viewer = office.viewer(who)
    with acting(viewer):
        return [row.name for row in Scenario.objects.all().visible_to(viewer)]


def kinds(office: Office) -> list[str]:
    with acting(office.viewer("cdo")):
        return [event.kind for event in Event.objects.order_by("number")]


def test_making_one_is_recorded_and_shows_to_who_may_see_plans(office: Office, other: Office) -> None:
    scenario = ask(office, asked=replace(QUICK, money=0.8))
    assert scenario.settings.money == pytest.approx(0.8)
    assert kinds(office) == ["scenario.made"]
    assert seen_by(office, "cdo") == seen_by(office, "auditor") == ["As it is"]
    assert seen_by(office, "manager") == seen_by(office, "clerk") == seen_by(other, "cdo") == []


@pytest.mark.parametrize("who", ["auditor", "manager", "clerk"])
def test_others_can_do_nothing_to_it(office: Office, who: str) -> None:
    scenario = ask(office)
    viewer = office.viewer(who)
    with acting(viewer):
        with pytest.raises(NotAllowed):
            change_scenario(by=viewer, scenario=scenario, name="Mine", note="", asked=QUICK, version=1)
        with pytest.raises(NotAllowed):
            copy_scenario(by=viewer, scenario=scenario, name="Mine", at=NOW)
        with pytest.raises(NotAllowed):
            share_scenario(by=viewer, scenario=scenario, shared=False, version=1)
        with pytest.raises(NotAllowed):
            remove_scenario(by=viewer, scenario=scenario, version=1)
    with pytest.raises(NotAllowed):
        ask(office, who=who)
    with pytest.raises(NotAllowed):
        started(office, scenario, who=who)
    assert kinds(office) == ["scenario.made"]


def test_a_change_says_what_was_and_what_is(office: Office) -> None:
    scenario, viewer = ask(office), office.viewer("cdo")
    with acting(viewer):
        change_scenario(
            by=viewer, scenario=scenario, name="Less", note="For May", asked=replace(QUICK, money=0.8), version=1
        )
        event = Event.objects.order_by("-number").first()
        assert event
        assert (event.old["money"], event.new["money"], event.new["name"]) == (1.0, 0.8, "Less")
        with pytest.raises(Conflict) as conflict:
            change_scenario(by=viewer, scenario=scenario, name="More", note="", asked=QUICK, version=1)
        assert conflict.value.theirs == {"Name": "Less"}
        assert Scenario.objects.get().note == "For May"


def test_what_somebody_keeps_to_themself_is_theirs_alone(office: Office) -> None:
    made_officer(office, "neighbour")
    scenario, viewer = ask(office), office.viewer("cdo")
    with acting(viewer):
        share_scenario(by=viewer, scenario=scenario, shared=False, version=1)
        comment(by=viewer, scenario=scenario, words="Not yet", at=NOW)
    assert seen_by(office, "neighbour") == seen_by(office, "auditor") == []
    colleague = office.viewer("neighbour")
    with acting(colleague):
        assert not Comment.objects.all().visible_to(colleague)
        with pytest.raises(Invalid, match="somebody else"):
            change_scenario(by=colleague, scenario=scenario, name="Mine", note="", asked=QUICK, version=2)
        with pytest.raises(Invalid, match="somebody else"):
            share_scenario(by=colleague, scenario=scenario, shared=True, version=2)
        with pytest.raises(Invalid, match="somebody else"):
            remove_scenario(by=colleague, scenario=scenario, version=2)


def test_a_copy_asks_for_the_same_with_other_money(office: Office) -> None:
    made_officer(office, "neighbour")
    scenario, colleague = ask(office, asked=replace(QUICK, fairness=0.5)), office.viewer("neighbour")
    with acting(colleague):
        same = copy_scenario(by=colleague, scenario=scenario, name="The same", at=NOW)
        less = copy_scenario(by=colleague, scenario=scenario, name="A fifth less", at=NOW, money=0.8)
    assert same.settings == scenario.settings
    assert less.settings == replace(scenario.settings, money=0.8)
    assert (less.by, less.copied_from) == (office.people["neighbour"], scenario)


def test_everybody_who_may_see_it_may_say_something(office: Office) -> None:
    scenario = ask(office)
    for who in ("auditor", "cdo"):
        viewer = office.viewer(who)
        with acting(viewer):
            comment(by=viewer, scenario=scenario, words=f"Seen by the {who}", at=NOW)
    clerk = office.viewer("clerk")
    with acting(clerk), pytest.raises(NotAllowed):
        comment(by=clerk, scenario=scenario, words="And I?", at=NOW)
    viewer = office.viewer("auditor")
    with acting(viewer):
        said = [str(row) for row in Comment.objects.all().visible_to(viewer)]
    assert said == ["Seen by the auditor", "Seen by the cdo"]


def test_removing_takes_its_open_plans_with_it(office: Office) -> None:
    fill(office, random_sector(1))
    plan, viewer = solve(office), office.viewer("cdo")
    with acting(viewer):
        remove_scenario(by=viewer, scenario=plan.scenario, version=1)
        assert not Scenario.objects.exists()
        assert not Plan.objects.exists()
        assert Event.objects.order_by("-number").values_list("kind", flat=True).first() == "scenario.removed"


def test_what_is_being_solved_or_decided_on_stays(office: Office) -> None:
    plan, viewer = started(office, ask(office)), office.viewer("cdo")
    with acting(viewer):
        with pytest.raises(Invalid, match="being solved"):
            remove_scenario(by=viewer, scenario=plan.scenario, version=1)
        Plan.objects.update(state=Plan.State.PROPOSED)
        with pytest.raises(Invalid, match="so it stays"):
            remove_scenario(by=viewer, scenario=plan.scenario, version=1)
        with pytest.raises(Invalid, match="goes on seeing it"):
            share_scenario(by=viewer, scenario=plan.scenario, shared=False, version=1)
        assert Scenario.objects.get().version == 1
