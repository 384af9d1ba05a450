"""The pages of scenarios, as an officer, an auditor, others and a stranger see them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.core.offices import Office, signed_in
from tests.plans.rooms import NOW, QUICK, ask, fill, ready_plan, started
from tests.plans.sectors import random_sector
from vested.academy.models import Budget
from vested.core.actions import move_person
from vested.core.jobs import run
from vested.core.models import Event, Grant, Job, Person, Unit
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.plans.actions import share_scenario
from vested.plans.asked import Asked
from vested.plans.models import Comment, Plan, Scenario
from vested.skills.models import JobFamily, Source

pytestmark = pytest.mark.django_db

SECTOR = random_sector(3, people=30)


def page(office: Office, who: str, address: str, status: int = 200) -> str:
    answer = signed_in(office, who).get(address)
    assert answer.status_code == status, answer.content
    return answer.content.decode()


def posted(office: Office, who: str, address: str, **given: object) -> str:
    """Where a form that was sent leads to."""
    answer = signed_in(office, who).post(address, given)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def second_officer(office: Office) -> None:
    with acting(System("a test")):
        Grant.objects.create(
            sector=office.sector, person=office.people["neighbour"], role=Role.HR_OFFICER, unit=None, since="2026-01-01"
        )


def newest(office: Office) -> Scenario:
    with acting(office.viewer("cdo")):
        found = Scenario.objects.order_by("-pk").first()
        assert found
        return found


def move_somebody(office: Office) -> None:
    viewer = office.viewer("cdo")
    with acting(viewer):
        person = Person.objects.get(code="P001")
        here = person.memberships.get(until=None).unit
        to = Unit.objects.exclude(pk=here.pk).get(code="A2" if here.code != "A2" else "A1")
        move_person(by=viewer, person=person, to=to, on=NOW.date() + timedelta(days=1), version=person.version)


def test_one_click_makes_the_usual_scenario_and_solves_it(office: Office) -> None:
    fill(office, SECTOR)
    html = page(office, "cdo", "/scenarios/")
    assert html.count("Solve a plan with the data as it is") == 1
    assert "Make a scenario" not in html
    assert posted(office, "cdo", "/scenarios/new/", as_it_is="1") == f"/scenarios/{newest(office).pk}/"
    made = newest(office)
    assert made.name.startswith("As it is, ")
    assert made.settings == Asked()
    assert "It waits for its turn" in page(office, "cdo", f"/scenarios/{made.pk}/")
    assert "Being solved" in page(office, "cdo", "/scenarios/")


def test_who_may_only_look_is_offered_nothing_to_do(office: Office, other: Office) -> None:
    assert "Once somebody has asked" in page(office, "auditor", "/scenarios/")
    fill(office, SECTOR)
    scenario = ask(office)
    html = page(office, "auditor", f"/scenarios/{scenario.pk}/")
    for offered in ("solve/", "change/", "copy/", "share/", "remove/"):
        assert f"/scenarios/{scenario.pk}/{offered}" not in html
    assert f"/scenarios/{scenario.pk}/comment/" in html
    for who in ("clerk", "manager"):
        page(office, who, "/scenarios/", 403)
        page(office, who, f"/scenarios/{scenario.pk}/", 404)
    page(other, "cdo", f"/scenarios/{scenario.pk}/", 404)
    assert scenario.name not in page(other, "cdo", "/scenarios/")


@pytest.mark.parametrize("way", ["change", "solve", "copy", "share", "remove"])
def test_nothing_is_done_by_who_may_not(office: Office, other: Office, way: str) -> None:
    scenario = ask(office)
    address = f"/scenarios/{scenario.pk}/{way}/"
    assert signed_in(office, "auditor").post(address, {}).status_code == 403
    assert signed_in(office, "clerk").post(address, {}).status_code == 404
    assert signed_in(other, "cdo").post(address, {}).status_code == 404
    with acting(office.viewer("cdo")):
        assert Event.objects.count() == 1
        assert not Plan.objects.exists()


def test_the_list_says_what_came_of_each_and_filters_it(office: Office) -> None:
    fill(office, SECTOR)
    second_officer(office)
    plan = ready_plan(office, ask(office, name="Whole"))
    ask(office, name="Half", asked=replace(QUICK, money=0.5))
    started(office, ask(office, name="Stopped"))
    with acting(office.viewer("cdo")):
        Job.objects.filter(ended_at=None, kind="plans.solve").update(state=Job.State.CANCELLED, ended_at=NOW)
    ask(office, name="Theirs", who="neighbour")
    html = page(office, "cdo", "/scenarios/")
    share = round(100 * plan.figures["closed"] / plan.figures["gap"], 1)
    for words in (f"{share}\N{NO-BREAK SPACE}%", "Not solved to its end", "Not solved yet", "Solved", "4 scenarios"):
        assert words in html
    for query, names in (
        ("mine=yes", {"Whole", "Half", "Stopped"}),
        ("mine=no", {"Theirs"}),
        ("state=solved", {"Whole"}),
        ("state=stopped", {"Stopped"}),
        ("state=none", {"Half", "Theirs"}),
        ("stale=yes", set()),
        ("name=hal", {"Half"}),
    ):
        found = page(office, "cdo", f"/scenarios/?{query}")
        assert {name for name in ("Whole", "Half", "Stopped", "Theirs") if f">{name}</a>" in found} == names
    move_somebody(office)
    assert ">Whole</a>" in page(office, "cdo", "/scenarios/?stale=yes")
    assert ">Whole</a>" not in page(office, "cdo", "/scenarios/?stale=no")
    first = page(office, "cdo", "/scenarios/?sort=-share")
    assert first.index(">Whole</a>") < first.index(">Half</a>")


def test_the_list_is_taken_away(office: Office) -> None:
    fill(office, SECTOR)
    ready_plan(office, ask(office, name="Whole"))
    answer = signed_in(office, "cdo").post("/scenarios/", {"format": "csv"})
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]  # streams
    assert rows[0].startswith("Scenario,By,Made,Share of every budget")
    assert rows[1].startswith("Whole,")
    assert ",Solved," in rows[1]


def test_more_scenarios_ask_no_more_questions(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill(office, SECTOR)
    for number in range(5):
        ready_plan(office, ask(office, name=f"Number {number}"))
    client = signed_in(office, "cdo")
    with django_assert_max_num_queries(10):
        assert "5 scenarios" in client.get("/scenarios/").content.decode()


def test_the_plan_that_is_followed_stands_first(office: Office) -> None:
    fill(office, SECTOR)
    plan = ready_plan(office)
    assert "The plan you follow" not in page(office, "cdo", "/scenarios/")
    with acting(office.viewer("cdo")):
        Plan.objects.filter(pk=plan.pk).update(state=Plan.State.ADOPTED)
    html = page(office, "auditor", "/scenarios/")
    assert "The plan you follow" in html
    assert f'href="/plans/{plan.pk}/"' in html


def test_the_page_begins_with_the_answer(office: Office, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    fill(office, SECTOR)
    plan = ready_plan(office, ask(office, asked=replace(QUICK, fairness=0.5)), curve=True)
    client = signed_in(office, "cdo")
    with django_assert_max_num_queries(14):
        html = client.get(f"/scenarios/{plan.scenario.pk}/").content.decode()
    assert "of the weighted gap closes for" in html
    assert "best possible plan" in html or "No plan under the same limits is worth more." in html
    assert "at least 50\N{NO-BREAK SPACE}% of every group" in html.replace("&#x27;", "'")
    assert f'href="/plans/{plan.pk}/"' in html
    assert "Made" in html


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        (None, "is not proven"),
        (0.0, "No plan under the same limits is worth more."),
        (0.00401, "by at most 0.41\N{NO-BREAK SPACE}%"),
    ],
)
def test_how_good_it_is_is_said_as_it_was_proven(office: Office, missing: float | None, words: str) -> None:
    fill(office, SECTOR)
    plan = ready_plan(office)
    with acting(office.viewer("cdo")):
        Plan.objects.filter(pk=plan.pk).update(figures={**plan.figures, "missing": missing, "gap": 0.0})
    html = page(office, "cdo", f"/scenarios/{plan.scenario.pk}/")
    assert words in html
    assert "100.0\N{NO-BREAK SPACE}% of the weighted gap" in html  # nothing is missing where there is no gap


def test_a_try_that_failed_says_why_and_can_be_repeated(office: Office) -> None:
    scenario = ask(office)
    plan = started(office, scenario)
    assert plan.job
    run(plan.job.pk)
    html = page(office, "cdo", f"/scenarios/{scenario.pk}/")
    assert "nobody to plan for" in html
    assert "was not solved to its end" in html
    assert posted(office, "cdo", f"/scenarios/{scenario.pk}/solve/") == f"/scenarios/{scenario.pk}/"
    client = signed_in(office, "cdo")
    answer = client.post(f"/scenarios/{scenario.pk}/solve/", follow=True)
    assert "is being solved already" in answer.content.decode()


def test_a_stale_plan_says_what_has_changed(office: Office) -> None:
    fill(office, SECTOR)
    plan = ready_plan(office)
    address = f"/scenarios/{plan.scenario.pk}/"
    assert "have changed" not in page(office, "cdo", address)
    move_somebody(office)
    html = page(office, "cdo", address)
    assert "1 person moved. The plan is still what it was" in html
    assert "Moved from" in html
    with acting(System("a test")):
        Grant.objects.filter(person=office.people["auditor"]).update(role=Role.TOP_LEADER)
    html = page(office, "auditor", address)
    assert "1 person moved" in html
    assert "Moved from" not in html


def test_other_settings_than_the_plan_was_computed_for_are_said(office: Office) -> None:
    fill(office, SECTOR)
    plan = ready_plan(office)
    address = f"/scenarios/{plan.scenario.pk}/"
    assert "It asks for something else now" not in page(office, "cdo", address)
    posted(office, "cdo", f"{address}change/", **{**typed(office, plan.scenario), "fairness": "10", "save": "1"})
    html = page(office, "cdo", address)
    assert "It asks for something else now" in html
    assert ">at least 10\N{NO-BREAK SPACE}% of every group" in html


def typed(office: Office, scenario: Scenario | None = None, **other: object) -> dict[str, object]:
    """What the form holds when it is opened."""
    address = f"/scenarios/{scenario.pk}/change/" if scenario else "/scenarios/new/"
    form = signed_in(office, "cdo").get(address).context["form"]
    filled = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in filled.items() if value is not None and value is not False} | other


def test_the_form_as_it_opens_asks_for_the_usual(office: Office) -> None:
    fill(office, SECTOR)
    assert posted(office, "cdo", "/scenarios/new/", **typed(office, save="1")) == f"/scenarios/{newest(office).pk}/"
    assert newest(office).settings == Asked()
    with acting(office.viewer("cdo")):
        assert not Plan.objects.exists()


def test_everything_asked_is_kept_and_shown_again(office: Office) -> None:
    fill(office, SECTOR)
    with acting(office.viewer("cdo")):
        overall, agency = Budget.objects.get(unit=None), Budget.objects.get(unit__code="A1")
        first, second = Source.objects.order_by("code")
        JobFamily.objects.create(sector=office.sector, name="Harbour work")
        family = JobFamily.objects.get()
    given = {
        "name": "Another",
        "note": "For May",
        "money": "72.25",
        f"budget-{overall.pk}": "",
        f"budget-{agency.pk}": "1200.50",
        "periods": "2",
        "fairness": "45",
        f"family-{family.pk}": "2.0",
        f"initiative-{first.pk}": "0.0",
        f"initiative-{second.pk}": "4.0",
        "without_units": "berth desk\r\n\r\nA2",
        "without_courses": "Course 3",
        "seconds": "5",
        "version": "0",
        "solve": "1",
    }
    posted(office, "cdo", "/scenarios/new/", **given)
    made = newest(office)
    assert made.settings == Asked(
        money=0.7225,
        budgets={"A1": 1200.5},
        periods=2,
        fairness=0.45,
        families={"Harbour work": 2.0},
        initiatives={"I1": 0.0, "I2": 4.0},
        compulsory=False,
        keep=False,
        without_units=("T1", "A2"),
        without_courses=("C3",),
        seconds=5,
    )
    with acting(office.viewer("cdo")):
        assert Plan.objects.get().scenario == made
    html = page(office, "cdo", f"/scenarios/{made.pk}/")
    for words in (
        "72.25\N{NO-BREAK SPACE}% of every budget", "Harbour Agency: €1,200.50", "2 periods",
        "Harbour work: more", "Berth booking online: leave out; Night watch by camera: most", "count like any other",
        "may be planned anew", "Berth desk; Lighthouse Agency", "Course 3", "5 seconds",
    ):  # fmt: skip
        assert words in html, words
    posted(office, "cdo", f"/scenarios/{made.pk}/change/", **typed(office, made, name="Renamed", save="1"))
    again = newest(office)
    assert (again.name, again.note) == ("Renamed", "For May")
    assert again.settings == made.settings


def test_a_wrong_form_keeps_what_was_typed_and_opens_where_it_is_wrong(office: Office) -> None:
    fill(office, SECTOR)
    wrong = typed(office, name="", note="Typed", money="-1", without_courses="Course", seconds="9999", periods="77")
    answer = signed_in(office, "cdo").post("/scenarios/new/", wrong)
    html = answer.content.decode()
    assert answer.status_code == 422
    for words in ("These answers need another look", "Give it a name", "Typed</textarea>", "More than one is found"):
        assert words in html
    assert 'value="-1"' in html
    form = answer.context["form"]
    assert set(form.errors) == {"name", "money", "without_courses", "seconds", "periods"}
    assert form.unfolded == {
        "budget": False, "family": False, "initiative": False, "without": True, "seconds": True, "force": False,
        "pool": False,
    }  # fmt: skip
    assert html.count('<details class="v-more" open>') == 2
    with acting(office.viewer("cdo")):
        assert not Scenario.objects.exists()


def test_what_was_left_out_and_is_gone_stays_left_out(office: Office) -> None:
    fill(office, SECTOR)
    scenario = ask(office, asked=replace(QUICK, without_units=("GONE",), families={"Gone": 3.0}))
    posted(office, "cdo", f"/scenarios/{scenario.pk}/change/", **typed(office, scenario, save="1"))
    assert newest(office).settings.without_units == ("GONE",)
    html = page(office, "cdo", f"/scenarios/{scenario.pk}/")
    assert "GONE" in html


def test_who_changes_what_somebody_has_changed_sees_both(office: Office) -> None:
    fill(office, SECTOR)
    scenario = ask(office)
    old = typed(office, scenario, name="Mine")
    posted(office, "cdo", f"/scenarios/{scenario.pk}/change/", **typed(office, scenario, name="Theirs", save="1"))
    answer = signed_in(office, "cdo").post(f"/scenarios/{scenario.pk}/change/", old)
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()
    assert newest(office).name == "Theirs"


def test_finance_takes_a_fifth(office: Office) -> None:
    fill(office, SECTOR)
    plan = ready_plan(office, ask(office, asked=replace(QUICK, money=1.0)))
    address = f"/scenarios/{plan.scenario.pk}/"
    assert 'name="change" value="-20"' in page(office, "cdo", address)
    posted(office, "cdo", f"{address}copy/", change="-20", solve="on")
    copy = newest(office)
    assert (copy.name, copy.settings.money, copy.copied_from_id) == ("As it is, −20 %", 0.8, plan.scenario_id)
    with acting(office.viewer("cdo")):
        assert Plan.objects.filter(scenario=copy).count() == 1
    html = page(office, "cdo", f"/scenarios/{copy.pk}/")
    assert "Once it is solved," in html
    less = ready_now(office, copy)
    html = page(office, "cdo", f"/scenarios/{copy.pk}/")
    assert f"/compare/?one={plan.pk}&amp;other={less.pk}" in html


def ready_now(office: Office, scenario: Scenario) -> Plan:
    """Let the plan that is being solved be forgotten, and a solved one stand in its place."""
    with acting(office.viewer("cdo")):
        Job.objects.filter(kind="plans.solve").update(state=Job.State.CANCELLED, ended_at=NOW)
    return ready_plan(office, scenario)


@pytest.mark.parametrize(
    ("given", "name", "money"),
    [
        ({}, "As it is, copy", 0.5),
        ({"name": "Named", "change": "50"}, "Named", 0.75),
        ({"change": "−50"}, "As it is, −50 %", 0.25),
        ({"change": "20"}, "As it is, +20 %", 0.6),
    ],
)
def test_a_copy_is_called_by_what_is_different(office: Office, given: dict[str, str], name: str, money: float) -> None:
    scenario = ask(office, asked=replace(QUICK, money=0.5))
    posted(office, "cdo", f"/scenarios/{scenario.pk}/copy/", **given)
    assert newest(office).name == name
    assert newest(office).settings.money == pytest.approx(money)
    with acting(office.viewer("cdo")):
        assert not Plan.objects.exists()


def test_a_copy_with_money_that_cannot_be_is_asked_again(office: Office) -> None:
    scenario = ask(office)
    for change in ("-101", "x"):
        answer = signed_in(office, "cdo").post(f"/scenarios/{scenario.pk}/copy/", {"change": change, "name": "Kept"})
        assert answer.status_code == 422
        assert 'value="Kept"' in answer.content.decode()
    assert newest(office) == scenario


def test_keeping_and_sharing(office: Office) -> None:
    second_officer(office)
    scenario = ask(office)
    address = f"/scenarios/{scenario.pk}/"
    assert "Keep “As it is” to yourself?" in page(office, "cdo", f"{address}share/")
    posted(office, "cdo", f"{address}share/", version="1")
    page(office, "neighbour", address, 404)
    assert "ours alone" in page(office, "cdo", address)
    assert "Yours alone" in page(office, "cdo", "/scenarios/")
    posted(office, "cdo", f"{address}share/", version="2")
    page(office, "neighbour", address)


def test_removing_asks_first_and_says_why_it_cannot(office: Office) -> None:
    fill(office, SECTOR)
    plan = ready_plan(office)
    address = f"/scenarios/{plan.scenario.pk}/remove/"
    assert "This cannot be undone." in page(office, "cdo", address)
    with acting(office.viewer("cdo")):
        Plan.objects.filter(pk=plan.pk).update(state=Plan.State.PROPOSED)
    answer = signed_in(office, "cdo").post(address, {"version": "1"})
    assert answer.status_code == 422
    assert "so it stays" in answer.content.decode()
    with acting(office.viewer("cdo")):
        Plan.objects.filter(pk=plan.pk).update(state=Plan.State.SOLVED)
    assert posted(office, "cdo", address, version="1") == "/scenarios/"
    page(office, "cdo", f"/scenarios/{plan.scenario.pk}/", 404)


def test_people_talk_about_it(office: Office, other: Office) -> None:
    scenario = ask(office)
    address = f"/scenarios/{scenario.pk}/"
    posted(office, "auditor", f"{address}comment/", words="Is <b>this</b> enough?")
    html = page(office, "cdo", address)
    assert "Is &lt;b&gt;this&lt;/b&gt; enough?" in html
    assert "auditor of ours" in html
    assert signed_in(office, "cdo").post(f"{address}comment/", {"words": " "}).status_code == 422
    assert signed_in(office, "cdo").get(f"{address}comment/").status_code == 405
    assert signed_in(other, "cdo").post(f"{address}comment/", {"words": "x"}).status_code == 404
    with acting(office.viewer("cdo")):
        assert Comment.objects.count() == 1


def test_search_finds_scenarios(office: Office, other: Office) -> None:
    scenario = ask(office, name="Fêtes of May")
    assert f"/scenarios/{scenario.pk}/" in page(office, "cdo", "/search/?q=fetes")
    for home, who in ((office, "clerk"), (other, "cdo")):
        assert f"/scenarios/{scenario.pk}/" not in page(home, who, "/search/?q=fetes")


def test_what_is_kept_to_oneself_is_copied_by_nobody_else(office: Office) -> None:
    second_officer(office)
    scenario, viewer = ask(office), office.viewer("cdo")
    with acting(viewer):
        share_scenario(by=viewer, scenario=scenario, shared=False, version=1)
    assert signed_in(office, "neighbour").post(f"/scenarios/{scenario.pk}/copy/", {}).status_code == 404


def test_the_usual_name_has_the_day(office: Office, client: Client) -> None:
    client.force_login(office.user("cdo"))
    form = client.get("/scenarios/new/").context["form"]
    assert str(timezone.localdate().year) in form["name"].value()
