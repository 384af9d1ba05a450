"""An adopted plan beside what has happened since, and the pages of deciding and following."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.core.offices import DAY, Office, signed_in
from tests.plans.rooms import NOW, now_of, solve
from tests.plans.test_deciding import adopted, decided, proposed  # noqa: F401 - pytest finds the fixture by its name
from vested.academy.models import Enrolment
from vested.core.jobs import run
from vested.core.scope import acting
from vested.direction.actions import call_session
from vested.plans.models import Plan
from vested.plans.queries.following import Following, following
from vested.plans.queries.solved import solved
from vested.skills.models import Level

pytestmark = pytest.mark.django_db
Status = Enrolment.Status


@pytest.fixture
def plan(decided: Office) -> Plan:  # noqa: F811 - the fixture
    return adopted(decided, proposed(decided))


def seen(office: Office, plan: Plan, *, days: int = 0) -> Following:
    with acting(office.viewer("cdo")):
        return following(plan, on=DAY + timedelta(days=days))


def answer(office: Office, plan: Plan, *states: str) -> None:
    """Let the first so many of those asked have given these answers."""
    with acting(office.viewer("cdo")):
        rows = list(Enrolment.objects.filter(source=str(plan)).order_by("pk"))
        for row, state in zip(rows, states, strict=False):
            Enrolment.objects.filter(pk=row.pk).update(status=state, answered_at=NOW)


def test_before_anybody_answers_everything_is_possible(office: Office, plan: Plan) -> None:
    found = seen(office, plan)
    assert found.whole.planned == found.whole.open == plan.figures["places"]
    assert found.answered == 0
    assert sum(stage.planned for stage in found.stages) == found.whole.planned
    assert (found.forecast.low, found.forecast.sure) == (0, 0)
    assert found.forecast.high == pytest.approx(found.forecast.planned)
    assert found.threats == ()
    with acting(office.viewer("cdo")):
        assert found.late == 0
        assert seen(office, plan, days=60).late == found.whole.planned


def test_answers_narrow_what_is_likely(office: Office, plan: Plan) -> None:
    answer(office, plan, Status.ATTENDED, Status.ACCEPTED, Status.ABSENT, Status.DECLINED)
    found = seen(office, plan)
    assert (found.whole.yes, found.whole.no) == (3, 1)
    assert 0 <= found.forecast.low <= found.forecast.likely <= found.forecast.high <= found.forecast.planned
    assert found.forecast.high < found.forecast.planned
    assert found.answered == pytest.approx(4 / found.whole.planned)


def test_who_says_no_puts_an_initiative_at_risk(office: Office, plan: Plan) -> None:
    with acting(office.viewer("cdo")):
        explanation = solved(plan).outcome.explanation
        Enrolment.objects.update(status=Status.DECLINED, answered_at=NOW)
    found = seen(office, plan)
    served = {int(need) for need in explanation.serves}
    assert served
    assert 0 < len(found.threats) <= len(served)
    assert all(one.now < one.planned and one.now < one.people for one in found.threats)
    assert (found.forecast.likely, found.forecast.high) == (0, 0)


def test_levels_assessed_since_are_compared_with_what_was_planned(office: Office, plan: Plan) -> None:
    assert (seen(office, plan).assessed, seen(office, plan).reached) == (0, 0)
    with acting(office.viewer("cdo")):
        Level.objects.update(level=10.0, assessed_on=NOW.date() + timedelta(days=4000))
    found = seen(office, plan)
    assert 0 < found.assessed <= found.raised
    assert found.reached == found.assessed


def test_sessions_that_begin_soon_with_few_who_accepted_are_named(office: Office, plan: Plan) -> None:
    assert seen(office, plan).thin == ()
    with acting(office.viewer("cdo")):
        session = Enrolment.objects.select_related("session").order_by("pk")[0].session
        session.starts_on = DAY + timedelta(days=5)
        session.save()
    assert [(one.session, one.accepted) for one in seen(office, plan).thin] == [(session, 0)]
    with acting(office.viewer("cdo")):
        Enrolment.objects.filter(session=session).update(status=Status.ACCEPTED)
    assert seen(office, plan).thin == ()


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_plan_is_decided_on_in_the_browser(decided: Office) -> None:  # noqa: F811 - the fixture
    cdo, leader = signed_in(decided, "cdo"), signed_in(decided, "neighbour")
    assert "No plan has been proposed yet" in page(cdo, "/plans/")
    assert "No plan is followed yet" in page(cdo, "/plans/follow/")
    plan = solve(decided)
    assert "Propose it" in page(cdo, f"/plans/{plan.pk}/")
    assert "Propose it" not in page(leader, f"/plans/{plan.pk}/")
    assert "It closes" in page(cdo, f"/plans/{plan.pk}/propose/")
    empty = cdo.post(f"/plans/{plan.pk}/propose/", {"version": plan.version, "because": ""})
    assert empty.status_code == 422
    cdo.post(f"/plans/{plan.pk}/propose/", {"version": plan.version, "because": "It is <fair>"})
    shown = page(leader, f"/plans/{plan.pk}/")
    assert "It is &lt;fair&gt;" in shown
    assert f"/plans/{plan.pk}/adopt/" in shown
    assert f"/plans/{plan.pk}/adopt/" not in page(cdo, f"/plans/{plan.pk}/")
    plan = now_of(decided, plan)
    asked = page(leader, f"/plans/{plan.pk}/adopt/")
    assert "told what is proposed" in asked
    words = {"version": plan.version, "because": "Weighed", "answer_by": "2020-01-01"}
    late = leader.post(f"/plans/{plan.pk}/adopt/", words)
    assert "or later" in late.content.decode()
    assert leader.post(f"/plans/{plan.pk}/adopt/", {**words, "answer_by": "2999-01-01"}).status_code == 302
    plan = now_of(decided, plan)
    assert plan.state == Plan.State.ADOPTED
    assert "People are still being told" in page(cdo, "/plans/follow/")
    assert plan.extra
    run(plan.extra.pk)
    assert "of the plan is answered" in page(cdo, "/plans/follow/")
    assert "Weighed" in page(cdo, "/plans/")


def test_sending_back_and_taking_back(decided: Office) -> None:  # noqa: F811 - the fixture
    plan = proposed(decided)
    cdo, leader = signed_in(decided, "cdo"), signed_in(decided, "neighbour")
    words = {"version": plan.version, "because": "Too dear"}
    page(leader, f"/plans/{plan.pk}/send-back/")
    assert leader.post(f"/plans/{plan.pk}/send-back/", words).status_code == 302
    assert "Too dear" in page(cdo, f"/plans/{plan.pk}/")
    plan = proposed(decided, now_of(decided, plan))
    page(cdo, f"/plans/{plan.pk}/take-back/")
    assert cdo.post(f"/plans/{plan.pk}/take-back/", {"version": plan.version}).status_code == 302
    assert now_of(decided, plan).state == Plan.State.SOLVED


def test_following_is_for_who_sees_plans_and_planning_anew_for_who_makes_them(
    office: Office, other: Office, plan: Plan
) -> None:
    answer(office, plan, Status.DECLINED, Status.ACCEPTED)
    cdo = signed_in(office, "cdo")
    assert "accepted" in page(cdo, "/plans/follow/")
    taken = cdo.get("/plans/follow/?format=csv").getvalue().decode()
    assert taken.splitlines()[0].lstrip("\ufeff").startswith("Period,Accepted")
    page(signed_in(office, "auditor"), "/plans/follow/")
    page(signed_in(office, "clerk"), "/plans/follow/", 403)
    page(signed_in(office, "clerk"), f"/plans/{plan.pk}/adopt/", 404)
    assert "No plan is followed yet" in page(signed_in(other, "cdo"), "/plans/follow/")
    assert signed_in(other, "cdo").post("/plans/follow/anew/").status_code == 404
    assert signed_in(office, "auditor").post("/plans/follow/anew/").status_code == 403
    again = cdo.post("/plans/follow/anew/")
    assert again.status_code == 302
    assert again["location"] != f"/plans/{plan.pk}/"


def test_a_steering_session_is_shown_the_plan_against_fact(decided: Office) -> None:  # noqa: F811 - the fixture
    viewer = decided.viewer("cdo")
    with acting(viewer):
        held = call_session(by=viewer, forum="Steering group", on=DAY, unit=None)
    here = f"/steering/{held.pk}/"
    assert "No plan is followed yet." in signed_in(decided, "cdo").get(here).content.decode()
    plan = adopted(decided, proposed(decided))
    with acting(viewer):
        Enrolment.objects.update(status=Status.DECLINED, answered_at=NOW)
    places = plan.figures["places"]
    html = signed_in(decided, "auditor").get(here).content.decode()
    assert f"0 of {places} places are accepted" in html
    assert f"{plan}: {places} declined, 0 not answered" in html
    assert "the plan had" in html
    assert "The plan against fact" not in signed_in(decided, "clerk").get(here).content.decode()
