"""Solved plans through the API: the same figures and the same people as on their pages."""

import pytest

from tests.core.offices import Office, signed_in
from tests.plans.solved import ready, settled, unit_of
from vested.core.scope import acting
from vested.plans.models import Assignment, Plan
from vested.plans.queries.solved import figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(office: Office) -> Plan:
    return ready(settled(office))


def test_a_plan_says_what_its_pages_say(office: Office, plan: Plan) -> None:
    said = signed_in(office, "cdo").get(f"/api/v1/plans/{plan.pk}").json()
    with acting(office.viewer("cdo")):
        f = figures(plan)
    assert said["certificate"]["value"] == f.certificate.value
    assert said["certificate"]["ceiling"] == f.certificate.ceiling
    shown = [cell.people for cell in f.gaps.total.cells if cell.people]
    assert [one["people"] for one in said["families"]] == shown
    assert signed_in(office, "clerk").get(f"/api/v1/plans/{plan.pk}").status_code == 404


def test_assignments_are_those_of_people_one_may_see(office: Office, plan: Plan) -> None:
    said = signed_in(office, "cdo").get(f"/api/v1/plans/{plan.pk}/assignments?limit=200").json()
    with acting(office.viewer("cdo")):
        assert said["count"] == Assignment.objects.filter(plan=plan).count() == len(said["items"])
    assert signed_in(office, "auditor").get(f"/api/v1/plans/{plan.pk}/assignments").json()["count"] == 0
    assert signed_in(office, "cdo").get(f"/api/v1/plans/{plan.pk}/assignments?period=1").json()["count"] < said["count"]


def test_a_unit_hides_from_others_what_the_figures_hide(office: Office, plan: Plan) -> None:
    path = f"/api/v1/plans/{plan.pk}/units/{office.north.pk}"
    exact, hidden = (signed_in(office, who).get(path).json() for who in ("cdo", "auditor"))
    assert (exact["exact"], hidden["exact"]) == (True, False)
    assert exact["whole"]["people"] == 2
    assert hidden["whole"] is None
    assert all(one["people"] is None for one in hidden["families"])
    with acting(office.viewer("cdo")):
        Plan.objects.filter(pk=plan.pk).update(figures={})
    assert signed_in(office, "cdo").get(path).status_code == 404


def test_a_person_reads_their_own_of_the_adopted_plan(office: Office, plan: Plan) -> None:
    path = f"/api/v1/plans/{plan.pk}/people/{office.people['clerk'].pk}"
    assert signed_in(office, "clerk").get(path).status_code == 404
    with acting(office.viewer("cdo")):
        Plan.objects.filter(pk=plan.pk).update(state=Plan.State.ADOPTED)
    said = signed_in(office, "clerk").get(path).json()
    assert said == signed_in(office, "cdo").get(path).json()
    assert said["unmet"]
    assert said["steps"][0]["asked"] >= said["steps"][0]["level"]
    assert signed_in(office, "neighbour").get(path).status_code == 404
    unit = unit_of(office, "a0").pk
    assert signed_in(office, "clerk").get(f"/api/v1/plans/{plan.pk}/units/{unit}").status_code == 404
