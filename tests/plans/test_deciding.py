"""Deciding: a plan is proposed, a second person adopts it, people are told, and the next plan replaces it."""

from datetime import date, timedelta

import pytest

from tests.core.offices import DAY, Office
from tests.plans.rooms import NOW, ask, fill, now_of, solve
from tests.plans.sectors import random_sector
from vested.academy.models import Enrolment
from vested.core.errors import Conflict, Invalid, NotAllowed
from vested.core.jobs import run
from vested.core.models import Event, Grant, Notification
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.plans.actions import adopt_plan, propose_plan, propose_to_people, send_back_plan, take_back_proposal
from vested.plans.models import Assignment, Plan

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 1, 30)
SEED = 13  # of a sector whose plan serves initiatives


@pytest.fixture
def decided(office: Office) -> Office:
    """An office where the neighbour is top leader, so that there is a second person."""
    with acting(System("a test")):
        leader = office.people["neighbour"]
        Grant.objects.create(sector=office.sector, person=leader, role=Role.TOP_LEADER, unit=None, since=DAY)
    fill(office, random_sector(SEED))
    return office


def proposed(office: Office, plan: Plan | None = None, who: str = "cdo") -> Plan:
    viewer = office.viewer(who)
    plan = plan or solve(office)
    with acting(viewer):
        propose_plan(by=viewer, plan=plan, because="It fits", version=plan.version, at=NOW)
    return now_of(office, plan)


def adopted(office: Office, plan: Plan, who: str = "neighbour", until: date = UNTIL) -> Plan:
    viewer = office.viewer(who)
    with acting(viewer):
        adopt_plan(by=viewer, plan=plan, because="Agreed", answer_by=until, version=plan.version, at=NOW)
    plan = now_of(office, plan)
    assert plan.extra
    run(plan.extra.pk)
    return now_of(office, plan)


def told(office: Office, who: str) -> list[str]:
    viewer = office.viewer(who)
    with acting(viewer):
        return [row.kind for row in Notification.objects.visible_to(viewer)]


def test_a_second_person_adopts_and_everybody_is_asked(decided: Office) -> None:
    plan = proposed(decided)
    assert told(decided, "neighbour") == ["plan.proposed"]
    plan = adopted(decided, plan)
    assert (plan.state, plan.decided_by_id) == (Plan.State.ADOPTED, decided.people["neighbour"].pk)
    assert plan.answer_by == UNTIL
    assert told(decided, "cdo") == ["plan.adopted"]
    with acting(decided.viewer("cdo")):
        rows = set(Assignment.objects.filter(plan=plan).values_list("person", "session"))
        asked = Enrolment.objects.filter(status=Enrolment.Status.PROPOSED, answer_by=UNTIL, source=str(plan))
        assert rows
        assert set(asked.values_list("person", "session")) == rows
        assert Plan.objects.all().adopted() == plan
        kinds = list(Event.objects.order_by("-number").values_list("kind", flat=True)[:3])
    assert kinds == ["plan.told", "enrolments.proposed", "plan.adopted"]


def test_nobody_adopts_what_they_proposed(decided: Office) -> None:
    plan, viewer = proposed(decided), decided.viewer("cdo")
    with acting(viewer), pytest.raises(Invalid, match="proposed it yourself"):
        adopt_plan(by=viewer, plan=plan, because="", answer_by=UNTIL, version=plan.version, at=NOW)
    assert now_of(decided, plan).state == Plan.State.PROPOSED


@pytest.mark.parametrize("who", ["auditor", "manager", "clerk"])
def test_others_neither_propose_nor_decide(decided: Office, who: str) -> None:
    plan, viewer = proposed(decided), decided.viewer(who)
    with acting(viewer):
        with pytest.raises(NotAllowed):
            propose_plan(by=viewer, plan=plan, because="", version=plan.version, at=NOW)
        with pytest.raises(NotAllowed):
            take_back_proposal(by=viewer, plan=plan, version=plan.version)
        with pytest.raises(NotAllowed):
            send_back_plan(by=viewer, plan=plan, because="", version=plan.version, at=NOW)
        with pytest.raises(NotAllowed):
            adopt_plan(by=viewer, plan=plan, because="", answer_by=UNTIL, version=plan.version, at=NOW)
        with pytest.raises(NotAllowed):
            propose_to_people(by=viewer, plan=plan, at=NOW)
    assert now_of(decided, plan).state == Plan.State.PROPOSED


def test_what_is_sent_back_or_taken_back_can_be_proposed_again(decided: Office) -> None:
    plan, leader, cdo = proposed(decided), decided.viewer("neighbour"), decided.viewer("cdo")
    with acting(leader):
        send_back_plan(by=leader, plan=plan, because="Too dear", version=plan.version, at=NOW)
    plan = now_of(decided, plan)
    assert (plan.state, plan.decided_because) == (Plan.State.SOLVED, "Too dear")
    assert told(decided, "cdo") == ["plan.sent_back"]
    plan = proposed(decided, plan)
    with acting(cdo):
        take_back_proposal(by=cdo, plan=plan, version=plan.version)
        with pytest.raises(Invalid, match="not proposed now"):
            take_back_proposal(by=cdo, plan=plan, version=plan.version + 1)
    assert now_of(decided, plan).state == Plan.State.SOLVED


def test_one_at_a_time_is_decided_on_and_only_what_is_solved(decided: Office) -> None:
    first, second = proposed(decided), solve(decided, ask(decided, name="Another"))
    with pytest.raises(Invalid, match="is proposed already"):
        proposed(decided, second)
    with pytest.raises(Invalid, match="Only a plan that is solved"):
        proposed(decided, first)


def test_two_who_decide_at_once_do_not_overwrite_one_another(decided: Office) -> None:
    plan, viewer = proposed(decided), decided.viewer("neighbour")
    adopted(decided, plan)
    with acting(viewer), pytest.raises(Conflict):
        send_back_plan(by=viewer, plan=plan, because="", version=plan.version, at=NOW)


def test_people_are_given_time_to_answer(decided: Office) -> None:
    plan = proposed(decided)
    with pytest.raises(Invalid, match="today or later") as error:
        adopted(decided, plan, until=DAY - timedelta(days=1))
    assert error.value.field == "answer_by"


def test_the_next_plan_replaces_it_and_asks_nobody_twice(decided: Office) -> None:
    first = adopted(decided, proposed(decided))
    with acting(decided.viewer("cdo")):
        said = Enrolment.objects.filter(source=str(first)).order_by("pk").first()
        assert said
        Enrolment.objects.filter(pk=said.pk).update(status=Enrolment.Status.ACCEPTED, answered_at=NOW)
    second = adopted(decided, proposed(decided, solve(decided, first.scenario)))
    first = now_of(decided, first)
    assert (first.state, second.replaces_id) == (Plan.State.REPLACED, first.pk)
    with acting(decided.viewer("cdo")):
        assert Assignment.objects.filter(plan=second, person=said.person_id, session=said.session_id).exists()
        assert Enrolment.objects.get(pk=said.pk).status == Enrolment.Status.ACCEPTED
    leader = decided.viewer("neighbour")
    with acting(leader), pytest.raises(Invalid, match="not followed any more"):
        propose_to_people(by=leader, plan=first, at=NOW)


def test_a_private_scenario_is_shared_with_what_is_proposed(decided: Office) -> None:
    plan = solve(decided)
    with acting(decided.viewer("cdo")):
        plan.scenario.shared = False
        plan.scenario.save()
    assert proposed(decided, plan).scenario.shared
