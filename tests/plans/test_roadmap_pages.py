"""The roadmap of a plan as pages and programs show it."""

import re
from dataclasses import replace

import pytest

from tests.core.offices import Office, signed_in
from tests.plans.rooms import QUICK, ask, fill, ready_plan, solve
from tests.plans.sectors import random_sector
from tests.plans.test_undertaking import portfolio, soon
from vested.core.scope import acting
from vested.plans.queries.roadmaps import moved_starts
from vested.plans.queries.solved import solved
from vested.plans.views.comparing_roadmaps import worth_proven, worth_said


def test_the_page_says_what_starts_what_is_out_and_why(office: Office, other: Office) -> None:
    found = portfolio(office, soon())
    plan = solve(office, ask(office))
    with acting(office.viewer("cdo")):
        road = solved(plan).outcome.roadmap
        assert road is not None
        starts = len(road.starts)
    cdo, page = signed_in(office, "cdo"), f"/plans/{plan.pk}/roadmap/"
    text = cdo.get(page).content.decode()
    assert f"{starts} of 5 initiatives start" in text
    assert "No roadmap within the same limits is worth more" in text
    assert "Quarter 1 begins on" in text
    assert "1 is in delivery, and stands with what is left of it." in text
    assert f"/portfolio/{found['D1'].pk}/" in text
    assert text.count("<svg") > starts + 2
    assert "ours DEV" in text
    csv = cdo.get(f"{page}?format=csv")
    rows = b"".join(csv).decode("utf-8-sig").splitlines()
    assert len(rows) == 6
    assert sum(",starts," in row or ";starts;" in row for row in rows) == starts
    assert "initiatives start" in cdo.get(f"/plans/{plan.pk}/").content.decode()
    assert signed_in(office, "clerk").get(page).status_code in {403, 404}
    assert signed_in(other, "cdo").get(page).status_code == 404


def test_a_plan_without_a_roadmap_says_what_it_takes(office: Office) -> None:
    fill(office, random_sector(3, people=30))
    plan = ready_plan(office)
    text = signed_in(office, "cdo").get(f"/plans/{plan.pk}/roadmap/").content.decode()
    assert "This plan has no roadmap" in text
    assert "/portfolio/supply/" in text


def test_the_form_of_a_scenario_asks_for_the_roadmap(office: Office) -> None:
    portfolio(office)
    scenario, cdo = ask(office), signed_in(office, "cdo")
    page = f"/scenarios/{scenario.pk}/change/"
    form = cdo.get(page).context["form"]
    given = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in given.items() if value is not None and value is not False}
    pool = next(name for name in form.fields if name.startswith("pool-"))
    wrong = cdo.post(page, {**given, "force": "A9", "earliest": "A1 soon", "save": "1"})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "“A9”: " in text
    assert "write the name or code and the day" in text
    words = {
        "force": "ours work A1",
        "earliest": "A2 2026-07-01",
        "latest": "A2 2026-12-31",
        "portfolio_money": "80",
        pool: "50",
    }
    assert cdo.post(page, {**given, **words, "save": "1"}).status_code == 302
    with acting(office.viewer("cdo")):
        scenario.refresh_from_db()
        asked = scenario.settings
    assert (asked.force, asked.earliest, asked.latest) == (("A1",), {"A2": "2026-07-01"}, {"A2": "2026-12-31"})
    assert (asked.portfolio_money, asked.pools) == (0.8, {"DEV": 0.5})
    text = cdo.get(f"/scenarios/{scenario.pk}/").content.decode()
    assert "ours work A1" in text
    assert "80" in text
    form = cdo.get(page).context["form"]
    assert form["force"].value() == "ours work A1 (A1)"
    assert form["latest"].value() == "ours work A2 (A2) 2026-12-31"


def test_programs_ask_for_it_too(office: Office) -> None:
    portfolio(office)
    cdo = signed_in(office, "cdo")
    body = {"name": "ours if", "asked": {"force": ["A1"], "earliest": {"A2": "2026-07-01"}, "pools": {"DEV": 0.5}}}
    made = cdo.post("/api/v1/scenarios", body, content_type="application/json")
    assert made.status_code == 201, made.content
    asked = cdo.get(f"/api/v1/scenarios/{made.json()['id']}").json()["asked"]
    assert (asked["force"], asked["earliest"], asked["pools"]) == (["A1"], {"A2": "2026-07-01"}, {"DEV": 0.5})
    body["asked"] = {"pools": {"NOT": 0.5}}
    assert cdo.post("/api/v1/scenarios", body, content_type="application/json").status_code == 422


def test_programs_read_the_roadmap(office: Office, other: Office) -> None:
    portfolio(office, soon())
    plan = solve(office, ask(office))
    page = f"/api/v1/plans/{plan.pk}/roadmap"
    said = signed_in(office, "cdo").get(page).json()
    with acting(office.viewer("cdo")):
        road = solved(plan).outcome.roadmap
    assert road is not None
    chosen = {row["code"]: row for row in said["initiatives"]}
    assert set(chosen) == {"A1", "A2", "A3", "A4", "D1"}
    assert chosen["D1"]["starts_on"] == said["first"] == soon().isoformat()
    assert sum(row["mode"] is not None for row in chosen.values()) == len(road.starts)
    assert all(row["why"] for row in chosen.values() if row["mode"] is None)
    assert said["value"] == road.plan.value <= said["ceiling"]
    assert signed_in(office, "clerk").get(page).status_code == 404
    assert signed_in(other, "cdo").get(page).status_code == 404


def test_two_roadmaps_are_set_side_by_side(office: Office) -> None:
    portfolio(office, soon())
    one = solve(office, ask(office))
    other = solve(office, ask(office, name="Without A1", asked=replace(QUICK, initiatives={"A1": 0.0})))
    with acting(office.viewer("cdo")):
        rows = moved_starts(solved(one), solved(other))
        same = moved_starts(solved(one), solved(one))
        road = solved(one).outcome.roadmap
    assert same == []
    assert road is not None
    titles = {row.title: (row.one, row.other) for row in rows}
    here = {road.sector.initiatives[road.index.initiatives[p]].title for p in road.starts}
    assert ("ours work A1" in titles) == ("ours work A1" in here)
    assert all(there is None for title, (_was, there) in titles.items() if title == "ours work A1")
    text = signed_in(office, "cdo").get(f"/compare/?one={one.pk}&other={other.pk}").content.decode()
    assert "Which initiatives start otherwise" in text
    assert "What starts is worth" in text
    assert re.search("What starts is worth ([0-9,.]+ less|as much)\\.", text)
    assert re.search("he best roadmap of the second is worth at least|has the better roadmap is not proven", text)
    assert all(title in text for title in titles)


@pytest.mark.parametrize(
    ("one", "other", "said", "proven"),
    [
        ((100, 0.1), (80, 0.0), "worth 20.0 less.", "at least 20.0 and at most 31.2 less."),
        ((80, 0.0), (100, 0.0), "worth 20.0 more.", "at least 20.0 and at most 20.0 more."),
        ((100, 0.1), (100, 0.1), "worth as much.", "is not proven."),
        ((100, None), (90, 0.0), "worth 10.0 less.", ""),
    ],
)
def test_what_two_roadmaps_are_worth_is_an_interval(
    one: tuple[float, float | None], other: tuple[float, float | None], said: str, proven: str
) -> None:
    rows = [{"starts": 1, "benefit": benefit, "benefit_missing": missing} for benefit, missing in (one, other)]
    assert worth_said(*rows).endswith(said)
    assert worth_proven(*rows).endswith(proven)
    assert bool(worth_proven(*rows)) is bool(proven)
    assert worth_said({}, rows[1]) == worth_proven(rows[0], {}) == ""
