"""A cap on risk: asked for in the form, tried, told to programs, kept by the roadmap, and said where it cannot be."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from tests.core.api.calls import send
from tests.core.offices import Office, signed_in
from tests.plans.rooms import QUICK, ask, solve
from tests.plans.test_plans_api import said
from tests.plans.test_undertaking import portfolio, soon
from vested.core.jobs import run
from vested.core.models import Job
from vested.core.scope import acting
from vested.plans.asked import read
from vested.plans.forms.trying import typed
from vested.plans.models import Plan, Scenario
from vested.portfolio.models import Initiative

RISKS = {"D1": 1.0, "A1": 4.0, "A2": 2.0, "A3": 2.0, "A4": 2.0}


def risky(office: Office) -> None:
    """All five fit within money and people, and one of them is more risky than the others."""
    found = portfolio(office, soon())
    with acting(office.viewer("cdo")):
        for code, risk in RISKS.items():
            Initiative.objects.filter(pk=found[code].pk).update(risk=risk)


def newest(office: Office) -> Scenario:
    with acting(office.viewer("cdo")):
        return Scenario.objects.order_by("-pk")[0]


def test_a_scenario_with_a_cap_starts_what_is_less_risky(office: Office, other: Office) -> None:
    risky(office)
    cdo, one = signed_in(office, "cdo"), ask(office)
    was = solve(office, one)
    assert (was.figures["starts"], was.figures["risk"]) == (5, 11.0)
    assert "Risk of what starts" in (text := cdo.get(f"/plans/{was.pk}/roadmap/").content.decode())
    assert "of at most 7" not in text
    assert "is worth more" in text

    page = f"/scenarios/{one.pk}/change/"
    form = cdo.get(page).context["form"]
    assert "In the newest plan that is 11." in form["risk_cap"].help_text
    assert not form.unfolded["pool"]
    given = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in given.items() if value is not None and value is not False}
    wrong = cdo.post(page, {**given, "latest": "A1 soon", "save": "1"}).context["form"]
    assert wrong.unfolded == {**form.unfolded, "force": True}
    for cap in ("-1", "much", "inf"):
        wrong = cdo.post(page, {**given, "risk_cap": cap, "latest": "A1 soon", "save": "1"})
        assert wrong.status_code == 422
        form = wrong.context["form"]
        assert (set(form.errors), form["risk_cap"].value()) == ({"risk_cap", "latest"}, cap)
        assert form.unfolded["pool"]
    copied = said(send(cdo, "post", f"/api/v1/scenarios/{one.pk}/copy", {"name": "Careful"}), 201)
    page = f"/scenarios/{copied['id']}/change/"
    assert "newest plan" not in cdo.get(page).context["form"]["risk_cap"].help_text
    assert signed_in(office, "auditor").post(page, {**given, "risk_cap": "7"}).status_code == 403
    assert signed_in(other, "cdo").post(page, {**given, "risk_cap": "7"}).status_code == 404
    assert cdo.post(page, {**given, "version": copied["version"], "risk_cap": "7", "save": "1"}).status_code == 302
    two = newest(office)
    assert two.settings == replace(one.settings, risk_cap=7.0)
    assert cdo.get(page).context["form"].unfolded["pool"]
    assert "Cap on risk" in cdo.get(f"/scenarios/{two.pk}/").content.decode()

    now = solve(office, two)
    assert (now.figures["starts"], now.figures["risk"]) == (4, 7.0)
    road = cdo.get(f"/api/v1/plans/{now.pk}/roadmap").json()
    assert (road["risk"], road["risk_cap"]) == (7.0, 7.0)
    assert [row["code"] for row in road["initiatives"] if row["mode"] is None] == ["A1"]
    text = cdo.get(f"/plans/{now.pk}/roadmap/").content.decode()
    assert "With it, the risks would add up to more than the cap." in text
    assert "7 of at most 7" in text
    assert "7 of at most 7" in cdo.get(f"/plans/{now.pk}/smallprint/").content.decode()
    text = cdo.get(f"/compare/?one={was.pk}&other={now.pk}").content.decode()
    assert "What they ask for otherwise" in text
    assert "Cap on risk" in text
    assert "Risk of what starts" in text
    compared = cdo.get(f"/api/v1/scenarios/{one.pk}/compared?other={two.pk}").json()
    assert compared["settings"] == {"risk_cap": [None, 7.0]}

    with acting(office.viewer("cdo")):  # as if more risk had been asked about
        point: dict[str, object] = {"limit": 11.0, "own": False, "value": 1.0, "bound": None, "starts": []}
        Plan.objects.filter(pk=now.pk).update(frontier={"risk": [point], "explore": [point]})
    for along, most in (("risk", 11.0), ("explore", 7.0)):
        cdo.post(f"/plans/{now.pk}/roadmap/frontier/keep/", {"along": along, "point": "0"})
        assert newest(office).settings.risk_cap == most


def test_a_cap_below_what_must_start_says_so(office: Office) -> None:
    risky(office)
    plan = solve(office, ask(office, asked=replace(QUICK, risk_cap=0.5)))
    assert plan.job
    with acting(office.viewer("cdo")):
        job = Job.objects.get(pk=plan.job.pk)
    assert job.state == Job.State.FAILED
    assert "cannot all: ours work D1. They clash over: the cap on risk. Give more of that" in job.error


def test_programs_set_it_and_take_it_away(office: Office, other: Office) -> None:
    cdo = signed_in(office, "cdo")
    made = said(send(cdo, "post", "/api/v1/scenarios", {"name": "ours", "asked": {"risk_cap": 0}}), 201)
    page = f"/api/v1/scenarios/{made['id']}/change"
    assert made["asked"]["risk_cap"] == 0
    for cap in (-1, 1e9, "much"):
        assert send(cdo, "post", page, {"asked": {"risk_cap": cap}}, If_Match="*").status_code == 422
    none = {"asked": {"risk_cap": None}}
    assert send(signed_in(other, "cdo"), "post", page, none, If_Match="*").status_code == 404
    assert send(signed_in(office, "auditor"), "post", page, none, If_Match="*").status_code == 403
    assert said(send(cdo, "post", page, {"asked": {"seconds": 9}}, If_Match="*"))["asked"]["risk_cap"] == 0
    assert said(send(cdo, "post", page, none, If_Match="*"))["asked"]["risk_cap"] is None
    assert read({"seconds": 2}).risk_cap is None  # as it was kept before one could ask for it


def test_a_cap_is_tried_and_what_failed_is_tried_otherwise(office: Office) -> None:
    risky(office)
    plan = solve(office, ask(office))
    cdo, page = signed_in(office, "cdo"), f"/plans/{plan.pk}/roadmap/try/"
    form = cdo.get(page).context["form"]
    assert "adds up to 11" in form["risk_cap"].help_text
    assert "risk_cap" in cdo.post(page, {"risk_cap": "-1"}).context["form"].errors
    came = _tried(office, cdo.post(page, {"risk_cap": "7"})["Location"])
    assert "does not start" in cdo.get(came).content.decode()
    cdo.post(f"{came}keep/")
    assert newest(office).settings == replace(QUICK, risk_cap=7.0)

    answers = {"drop": "A1", "money": "80", "pool": "DEV", "people": "50", "risk_cap": "0.5"}
    came = _tried(office, cdo.post(page, answers)["Location"])
    failed = cdo.get(came)
    assert "the cap on risk" in failed.content.decode()
    assert "Try something else" in failed.content.decode()
    form = cdo.get(failed.context["again"]).context["form"]
    assert {name: value for name in form.fields if (value := form[name].value())} == answers


def _tried(office: Office, page: str) -> str:
    with acting(office.viewer("cdo")):
        job = Job.objects.filter(kind="plans.try").order_by("-pk")[0]
    run(job.pk)
    return page


@pytest.mark.parametrize(("language", "written"), [("en", "0.5"), ("da", "0,5")])
def test_what_was_tried_is_written_as_the_reader_writes(language: str, written: str) -> None:
    none: dict[str, object] = {"drop": [], "force": [], "move": {}, "money": 1.0, "pools": {}}
    with override(language):
        assert typed({**none, "risk_cap": 0.5}) == {"risk_cap": written}
        assert typed({**none, "move": {"A1": 0}}) == {"move": "A1", "quarter": "0"}  # as it was kept before
