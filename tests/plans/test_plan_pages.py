"""The pages of a solved plan, as an officer, an auditor, a clerk and a stranger find them."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.core.offices import DAY, Office, signed_in
from tests.direction.aims import objective
from tests.plans.rooms import now_of
from tests.plans.solved import AT, ready, settled, unit_of
from vested.core import jobs
from vested.core.actions import link
from vested.core.history import record
from vested.core.links import kind_of
from vested.core.models import Job, Link
from vested.core.scope import acting
from vested.engines.training import Why
from vested.plans.actions import keep_draws
from vested.plans.models import Assignment, Plan
from vested.plans.queries.solved import figures, solved
from vested.plans.queries.unmet import missed, not_given
from vested.plans.report.figures import LEAST
from vested.skills.models import Source

pytestmark = pytest.mark.django_db
PAGES = ("", "gaps/", "fairness/", "initiatives/", "gains/", "unmet/", "people/", "smallprint/")


@pytest.fixture
def plan(office: Office) -> Plan:
    return ready(settled(office), curve=True)


def page(client: Client, plan: Plan, path: str = "", status: int = 200) -> str:
    answer = client.get(f"/plans/{plan.pk}/{path}")
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def test_who_may_see_plans_sees_every_page_in_few_questions(
    office: Office, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for who in ("cdo", "auditor"):
        client = signed_in(office, who)
        page(client, plan)  # read into memory
        for path in PAGES:
            with django_assert_max_num_queries(12):
                page(client, plan, path)


def test_for_others_there_is_no_such_plan(office: Office, other: Office, plan: Plan) -> None:
    for client in (signed_in(office, "clerk"), signed_in(office, "manager"), signed_in(other, "cdo")):
        for path in PAGES:
            page(client, plan, path, 404)


def test_a_plan_that_is_not_solved_has_only_its_overview(office: Office, plan: Plan) -> None:
    with acting(office.viewer("cdo")):
        Plan.objects.filter(pk=plan.pk).update(figures={}, frozen=None)
    client = signed_in(office, "cdo")
    assert "Not solved yet" in page(client, plan)
    for path in PAGES[1:]:
        page(client, plan, path, 404)


def test_the_overview_answers_first_and_says_what_is_proven(office: Office, plan: Plan) -> None:
    html = page(signed_in(office, "cdo"), plan)
    with acting(office.viewer("cdo")):
        c = figures(plan).certificate
    assert f"It closes {100 * c.share:.1f}\N{NO-BREAK SPACE}% of the skills gap" in html
    assert f"{c.given} of {c.pairs} are given. No plan within the limits gives more." in html
    assert "at most 0.13\N{NO-BREAK SPACE}% from the best" in html
    assert "Pack all files" in html
    assert "Pack all files" not in page(signed_in(office, "auditor"), plan)


def test_what_is_computed_beside_it_is_said_with_its_progress_where_that_may_be_seen(
    office: Office, plan: Plan
) -> None:
    with acting(office.viewer("cdo")):
        job = jobs.start("plans.draws", by=office.viewer("cdo"), at=AT, title="How sure", pk=plan.pk, draws=1)
        Plan.objects.filter(pk=plan.pk).update(extra=job)
    assert "It waits for its turn" in page(signed_in(office, "cdo"), plan)
    assert "See how sure it is" not in page(signed_in(office, "cdo"), plan, "smallprint/")
    with acting(office.viewer("cdo")):
        Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    assert "How sure</p>" not in page(signed_in(office, "cdo"), plan)


def test_a_unit_row_leads_to_its_unit_and_a_small_one_is_hidden(office: Office, plan: Plan) -> None:
    client = signed_in(office, "cdo")
    agency = unit_of(office, "a0")
    html = page(client, plan, "gaps/")
    assert f'href="/plans/{plan.pk}/units/{agency.pk}/"' in html
    assert "hidden: about fewer than 5 people" in html
    assert html != page(client, plan, "gaps/?show=before")
    taken = client.get(f"/plans/{plan.pk}/gaps/?format=csv")
    assert "Agency 1 for Coasts" in taken.getvalue().decode()


def test_how_many_people_a_need_has_is_for_who_may_see_people(office: Office, plan: Plan) -> None:
    with acting(office.viewer("cdo")):
        needs = (*figures(plan).initiatives.short, *figures(plan).initiatives.met)
    exact, other = (page(signed_in(office, who), plan, "initiatives/") for who in ("cdo", "auditor"))
    assert "Why some are missing" in exact
    assert "Why some are missing" not in other
    assert "not in time" in other
    assert any(need.people < LEAST for need in needs)
    assert "hidden: it asks for few people" in other
    assert "hidden: it asks for few people" not in exact


def test_an_initiative_leads_to_its_page_and_to_what_it_serves(office: Office, other: Office, plan: Plan) -> None:
    viewer, aim, theirs = office.viewer("cdo"), objective(office), objective(other)
    with acting(viewer):
        needs = (*figures(plan).initiatives.short, *figures(plan).initiatives.met)
        sources = {one.title: one for one in Source.objects.all()}
        served = sources[needs[0].initiative]
        link(by=viewer, kind=kind_of("serves"), source=served, target=aim, on=DAY)
        Link.objects.create(sector=office.sector, kind="serves", source_id=served.pk, target_id=theirs.pk, since=DAY)
    html = page(signed_in(office, "auditor"), plan, "initiatives/")
    assert f'<a href="/initiatives/{served.pk}/">{served.title}</a>' in html
    assert f'Serves <a href="/objectives/{aim.pk}/">ours aim</a>' in html
    assert f"/objectives/{theirs.pk}/" not in html
    with acting(viewer):
        Source.objects.create(sector=office.sector, code="twin", title=served.title)
    assert f"/initiatives/{served.pk}/" not in page(signed_in(office, "auditor"), plan, "initiatives/")


def test_what_is_not_given_is_counted_and_few_are_hidden(office: Office, plan: Plan) -> None:
    with acting(office.viewer("cdo")):
        exact, other = (not_given(plan, exact=exact) for exact in (True, False))
        said = solved(plan).outcome.explanation
    assert sum(row.compulsory or 0 for row in exact.reasons) == int(said.unmet_compulsory.sum()) == exact.compulsory
    assert sum(row.wishes or 0 for row in exact.reasons) == exact.wishes > 0
    assert {row.why for row in exact.reasons} == set(map(Why, said.unmet_why.tolist()))
    assert not exact.hidden
    assert other.hidden
    for row in (*other.reasons, *other.courses):
        assert all(count is None or count == 0 or count >= LEAST for count in (row.compulsory, row.wishes))
    shown = [row.wishes for row in other.reasons]
    assert shown.count(None) != 1  # else the total would tell it


def test_who_does_not_get_it_is_named_as_far_as_one_may_see(office: Office, plan: Plan) -> None:
    with acting(office.viewer("cdo")):
        everybody = missed(plan, set(solved(plan).people.tolist()))
        assert len(everybody) == len(solved(plan).outcome.explanation.unmet_person)
        assert missed(plan, set()) == []
    assert "Nobody whom you may see is among them" in page(signed_in(office, "auditor"), plan, "unmet/")
    html = page(signed_in(office, "cdo"), plan, "unmet/")
    assert html.count('<td data-l="Unit">') == min(len(everybody), 50)


def test_who_learns_what_is_listed_filtered_and_taken_with_the_reason(office: Office, plan: Plan) -> None:
    client = signed_in(office, "cdo")
    with acting(office.viewer("cdo")):
        count = Assignment.objects.filter(plan=plan).count()
        row = Assignment.objects.filter(plan=plan).select_related("person", "session").first()
        assert row
    assert f"{count} course places" in page(client, plan, "people/")
    assert f'href="/plans/{plan.pk}/people/{row.person_id}/"' in page(client, plan, f"people/?name={row.person}")
    taken = client.post(f"/plans/{plan.pk}/people/", {"format": "csv"})
    lines = b"".join(taken).decode().splitlines()
    assert len(lines) == count + 1
    assert lines[0].split(",")[-1] == "Why"
    assert all("Nothing else would help." in line for line in lines[1:])
    assert "Nothing is here yet" in page(signed_in(office, "auditor"), plan, "people/")


def test_how_sure_it_is_comes_after_the_draws(office: Office, plan: Plan) -> None:
    client, viewer = signed_in(office, "cdo"), office.viewer("cdo")
    html = page(client, plan, "smallprint/")
    assert "See how sure it is" in html
    assert "See how sure it is" not in page(signed_in(office, "auditor"), plan, "smallprint/")
    assert client.get(f"/plans/{plan.pk}/draws/").status_code == 405
    assert signed_in(office, "auditor").post(f"/plans/{plan.pk}/draws/").status_code == 403
    assert client.post(f"/plans/{plan.pk}/draws/").status_code == 302
    started = now_of(office, plan).extra
    assert started
    assert started.kind == "plans.draws"
    with acting(viewer):
        count = Assignment.objects.filter(plan=plan).count()
        keep_draws(by=viewer, plan=now_of(office, plan), stays=[1.0] * (count - 4) + [0.5] * 4, draws=20)
        Job.objects.filter(pk=started.pk).update(state=Job.State.DONE)
    html = page(client, plan, "smallprint/")
    assert f"{100 * (count - 4) / count:.0f}\N{NO-BREAK SPACE}% of the course places stay" in html
    assert "Draw again" in html
    assert "100\N{NO-BREAK SPACE}%" in page(client, plan, "people/")


def test_the_report_and_the_files_are_for_who_may_see_people(office: Office, other: Office, plan: Plan) -> None:
    client, auditor = signed_in(office, "cdo"), signed_in(office, "auditor")
    taken = client.get(f"/plans/{plan.pk}/report/")
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert b"The plan closes" in b"".join(taken)
    assert auditor.get(f"/plans/{plan.pk}/report/").status_code == 403
    assert auditor.post(f"/plans/{plan.pk}/files/").status_code == 403
    assert signed_in(office, "manager").post(f"/plans/{plan.pk}/files/").status_code == 404
    answer = client.post(f"/plans/{plan.pk}/files/")
    with acting(office.viewer("cdo")):
        job = Job.objects.get(kind="plans.files")
    assert answer.headers["Location"] == f"/jobs/{job.pk}/"
    assert client.get(f"/plans/files/{job.pk}/").status_code == 404  # not packed yet
    jobs.run(job.pk)
    taken = client.get(f"/plans/files/{job.pk}/")
    assert b"".join(taken)[:2] == b"PK"
    assert auditor.get(f"/plans/files/{job.pk}/").status_code == 403
    assert signed_in(other, "cdo").get(f"/plans/files/{job.pk}/").status_code == 404


def test_a_plan_whose_data_have_changed_says_so(office: Office, plan: Plan) -> None:
    client = signed_in(office, "cdo")
    assert "The data have changed since." not in page(client, plan)
    with acting(office.viewer("cdo")):
        record("person.moved", by=office.viewer("cdo"), on=office.people["clerk"])
        Plan.objects.filter(pk=plan.pk).update(seen=0)
    assert f'<a href="/scenarios/{plan.scenario_id}/">See what changed</a>' in page(client, plan)
