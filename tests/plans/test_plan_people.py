"""A person and a unit in a plan, as themselves, an officer, an auditor, a colleague and a stranger find them."""

import pytest
from django.test import Client
from django.utils.html import escape

from tests.core.offices import Office, signed_in
from tests.plans.solved import AT, ready, settled, unit_of
from vested.academy.models import Enrolment
from vested.core.errors import NotAllowed
from vested.core.models import Membership
from vested.core.scope import System, acting
from vested.plans.models import Assignment, Plan
from vested.plans.queries.people import place_of, told_of
from vested.plans.queries.solved import solved
from vested.plans.queries.units import in_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(office: Office) -> Plan:
    return ready(settled(office))


def person(client: Client, plan: Plan, office: Office, who: str, status: int = 200, *, course: str = "") -> str:
    answer = client.get(f"/plans/{plan.pk}/people/{office.people[who].pk}/{course}")
    assert answer.status_code == status
    return answer.content.decode()


def adopt(office: Office, plan: Plan) -> None:
    with acting(office.viewer("cdo")):
        Plan.objects.filter(pk=plan.pk).update(state=Plan.State.ADOPTED)


def test_people_see_of_the_adopted_plan_what_it_says_of_themselves_and_of_nobody_else(
    office: Office, other: Office, plan: Plan
) -> None:
    clerk = signed_in(office, "clerk")
    person(clerk, plan, office, "clerk", 404)  # it is not adopted
    adopt(office, plan)
    html = person(clerk, plan, office, "clerk")
    assert "The plan proposes" in html
    assert "Pages of this plan" not in html
    person(clerk, plan, office, "manager", 404)
    person(clerk, plan, office, "neighbour", 404)
    person(signed_in(office, "neighbour"), plan, office, "clerk", 404)
    person(signed_in(office, "manager"), plan, office, "clerk", 404)
    person(signed_in(other, "clerk"), plan, office, "clerk", 404)
    person(signed_in(other, "cdo"), plan, office, "clerk", 404)
    with acting(office.viewer("cdo")):
        Plan.objects.filter(pk=plan.pk).update(state=Plan.State.REPLACED)
    person(clerk, plan, office, "clerk", 404)


def test_who_sees_plans_sees_the_people_they_may_see(office: Office, plan: Plan) -> None:
    html = person(signed_in(office, "cdo"), plan, office, "clerk")
    assert "Nobody has been told" in html
    assert "Pages of this plan" in html
    person(signed_in(office, "auditor"), plan, office, "clerk", 404)
    assert "Nothing was planned for this person" in person(signed_in(office, "auditor"), plan, office, "auditor")


def test_it_says_what_a_person_has_will_have_and_does_not_get(office: Office, plan: Plan) -> None:
    html = person(signed_in(office, "cdo"), plan, office, "clerk")
    with acting(office.viewer("cdo")):
        place = place_of(plan, office.people["clerk"].pk)
        assert place is not None
        told, outcome = told_of(plan, place), solved(plan).outcome
        mine = outcome.plan.session[outcome.plan.person == place]
        assert [one.session for one in told.taken] == [outcome.sector.sessions[row].session_id for row in mine]
    for one in told.unmet:
        assert escape(one.reason) in html
    first = next(step for step in told.steps if step.skill == "Protecting data")
    assert (first.level, first.error, first.source) == (1.0, 0.5, "test")
    assert first.low == pytest.approx(1.0 - 1.645 * 0.5)
    assert "One harbour register asks for 4 by period 2" in html
    given = {one.title for one in told.taken}
    assert given.isdisjoint(title for _code, title in told.courses)
    assert len(given) + len(told.courses) == len(outcome.sector.courses)


def test_it_says_what_would_have_to_change_for_a_course(office: Office, plan: Plan) -> None:
    client = signed_in(office, "cdo")
    html = person(client, plan, office, "clerk", course="?course=c0")
    assert "What would have to change for “Protecting data, part 1”" in html
    assert "It does not fit into the person&#x27;s 0 hours for learning." in html
    assert "it takes 6 hours; the person has 0. With 6 hours more it would fit." in html
    person(client, plan, office, "clerk", 404, course="?course=unknown")


def test_the_page_of_a_person_leads_to_what_the_plan_says(office: Office, plan: Plan) -> None:
    clerk, path = signed_in(office, "clerk"), f"/people/{office.people['clerk'].pk}/"
    assert "What the plan proposes to you" not in clerk.get(path).content.decode()
    adopt(office, plan)
    assert "What the plan proposes to you" in clerk.get(path).content.decode()
    assert "In the adopted plan" in signed_in(office, "cdo").get(path).content.decode()
    assert "/plans/" not in signed_in(office, "manager").get(path).content.decode()


def test_an_enrolment_says_why_the_plan_proposes_it(office: Office, plan: Plan) -> None:
    adopt(office, plan)
    with acting(office.viewer("cdo")):
        row = Assignment.objects.filter(plan=plan).select_related("person").first()
        assert row
        made = Enrolment.objects.create(sector=office.sector, person=row.person, session=row.session, status="proposed")
    path = f"/enrolments/{made.pk}/"
    html = signed_in(office, "cdo").get(path).content.decode()
    assert "Nothing else would help." in html
    assert f"/plans/{plan.pk}/people/{row.person_id}/" in html
    with acting(System("a test")):
        Membership.objects.filter(person=row.person, until=None).update(unit=office.north)
    html = signed_in(office, "manager").get(path).content.decode()
    assert "Nothing else would help." in html
    assert "/plans/" not in html
    with acting(office.viewer("cdo")):
        Assignment.objects.filter(pk=row.pk).delete()
    assert "Why the plan proposes it" not in signed_in(office, "cdo").get(path).content.decode()


def test_a_unit_is_exact_for_who_may_see_its_people_and_else_as_released(office: Office, plan: Plan) -> None:
    agency, small = unit_of(office, "a1"), office.north
    with acting(office.viewer("cdo")):
        outcome, exact = solved(plan).outcome, in_unit(office.viewer("cdo"), plan, agency)
    with acting(office.viewer("auditor")):
        released = in_unit(office.viewer("auditor"), plan, agency)
        hidden = in_unit(office.viewer("auditor"), plan, small)
    assert exact
    assert released
    assert hidden
    inside = {unit.unit_id for unit in outcome.sector.units if unit.unit_id in {"a1", "d1-0", "d1-1"}}
    people = [row for row, one in enumerate(outcome.sector.staff) if one.unit_id in inside]
    assert exact.whole
    assert exact.whole.people == len(people) == sum(cell.people for _family, cell in exact.families)
    assert exact.places == sum(int(row in people) for row in outcome.plan.person)
    assert exact.money is None
    with acting(office.viewer("cdo")):
        first = in_unit(office.viewer("cdo"), plan, unit_of(office, "a0"))
    assert first
    assert first.money == (outcome.sector.budgets[1].amount, float(outcome.plan.budget_used[1]))
    assert (released.exact, released.trained, released.places, released.cost) == (False, None, None, None)
    assert released.whole == exact.whole or released.whole is None
    assert (hidden.whole, hidden.group, hidden.money) == (None, None, None)
    cdo, auditor = signed_in(office, "cdo"), signed_in(office, "auditor")
    html = cdo.get(f"/plans/{plan.pk}/units/{agency.pk}/").content.decode()
    assert f"/plans/{plan.pk}/people/?below={agency.pk}" in html
    assert "Open its people" not in auditor.get(f"/plans/{plan.pk}/units/{agency.pk}/").content.decode()
    assert "are hidden from you" in auditor.get(f"/plans/{plan.pk}/units/{small.pk}/").content.decode()
    assert signed_in(office, "manager").get(f"/plans/{plan.pk}/units/{small.pk}/").status_code == 404


def test_figures_of_a_unit_are_for_who_may_see_some_of_it(office: Office, other: Office, plan: Plan) -> None:
    viewer = office.viewer("neighbour")
    with acting(viewer), pytest.raises(NotAllowed):
        in_unit(viewer, plan, office.north)
    assert signed_in(other, "cdo").get(f"/plans/{plan.pk}/units/{office.north.pk}/").status_code == 404
    assert signed_in(office, "cdo").get(f"/plans/{plan.pk}/units/{other.north.pk}/").status_code == 404


def test_a_unit_the_plan_does_not_know_says_so(office: Office, plan: Plan) -> None:
    with acting(office.viewer("cdo")):
        new = type(office.north)(sector=office.sector, code="new", name="New", kind="team", parent=office.north)
        new.save()
        new.path = f"{office.north.path}{new.pk}/"
        new.save()
    html = signed_in(office, "cdo").get(f"/plans/{plan.pk}/units/{new.pk}/").content.decode()
    assert "computed without this unit" in html


def test_one_who_came_later_has_nothing_planned(office: Office, plan: Plan) -> None:
    with acting(office.viewer("cdo")):
        assert place_of(plan, office.people["cdo"].pk) is None
    assert plan.asked_at == AT
    assert "Nothing was planned" in person(signed_in(office, "cdo"), plan, office, "cdo")
