"""The pages of the portfolio: what each person sees, what a form does, and that more rows ask no more questions."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from tests.core.offices import Office, signed_in
from tests.direction.aims import objective
from tests.portfolio.undertaken import idea, mode, through, undertaken
from tests.skills.pages import page, taken
from vested.core.scope import System, acting
from vested.portfolio.actions import add_contract, name_block, name_pool, waive
from vested.portfolio.models import Baseline, Contract, Difference, Increment, Initiative, Mode
from vested.portfolio.models.following import Standing
from vested.portfolio.queries.checks import BY_CODE
from vested.skills.models import Source

CLAIM = {"cost": "on_course", "schedule": "on_course", "economic": "on_course", "other": "on_course", "words": "ours"}


def post(office: Office, who: str, url: str, answers: dict[str, str], status: int = 302) -> str:
    answer = signed_in(office, who).post(url, answers)
    assert answer.status_code == status, (url, answer.content.decode()[:4000])
    return answer.content.decode()


def again(one: Initiative) -> Initiative:
    with acting(System("a test")):
        return Initiative.objects.all().gated().get(pk=one.pk)


def test_everybody_of_the_sector_sees_the_list_and_no_stranger(office: Office, other: Office) -> None:
    undertaken(office)
    for who in ("cdo", "clerk", "neighbour", "auditor"):
        html = page(office, who, "/portfolio/")
        assert "ours work A1" in html
        assert "1 initiative" in html
        assert ("Open an initiative" in html) == (who == "cdo")
    assert "ours work" not in page(other, "cdo", "/portfolio/")


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("name=WORK+a1", True), ("name=nothing", False), ("stage=approved", True), ("stage=live", False),
        ("kind=explore", False), ("owner=clerk", True), ("owner=cdo", False), ("now=open", True),
        ("now=reopened", False), ("now=unlike", False), ("now=asked", True), ("below={south}", False),
        ("below={north}", True),
    ],
)  # fmt: skip
def test_the_list_is_filtered(office: Office, asked: str, there: bool) -> None:  # noqa: FBT001 - a case
    undertaken(office)
    html = page(office, "cdo", "/portfolio/?" + asked.format(north=office.north.pk, south=office.south.pk))
    assert ("ours work A1</a>" in html) == there


def test_the_list_is_taken_away_with_what_is_computed(office: Office) -> None:
    undertaken(office)
    lines = taken(signed_in(office, "clerk").post("/portfolio/", {"format": "csv"}))
    assert lines[0].startswith("Initiative,Unit,Owner")
    assert lines[1].startswith("ours work A1,ours north,clerk of ours,exploit,approved,")
    assert lines[1].endswith(",nothing claimed,400.0,0")


def test_more_initiatives_ask_no_more_questions(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        undertaken(office, f"A{number}")
    client = signed_in(office, "cdo")
    for url in ("/portfolio/", "/portfolio/shares/", "/portfolio/calendar/"):
        with django_assert_max_num_queries(22):
            assert client.get(url).status_code == 200


def test_it_is_opened_prepared_and_approved_on_pages(office: Office, other: Office) -> None:

    aim = objective(office)
    page(office, "clerk", "/portfolio/new/", 403)
    answers = {
        "code": "P1", "title": "ours by page", "why": "ours", "objective": str(aim.pk), "unit": str(office.north.pk),
        "owner": "clerk", "kind": "explore", "risk": "2", "changes": "",
    }  # fmt: skip
    for wrong in (
        {"owner": "nobody"},
        {"objective": ""},
        {"risk": "11"},
        {"earliest": "2027-01-02", "latest": "2027-01-01"},
    ):
        post(office, "manager", "/portfolio/new/", answers | wrong, 422)
    post(office, "manager", "/portfolio/new/", answers)
    assert "There is an initiative P1 already." in post(office, "manager", "/portfolio/new/", answers, 422)
    with acting(System("a test")):
        one = Initiative.objects.get()
        cdo = office.viewer("cdo")
    with acting(cdo):
        name_pool(by=cdo, code="DEV", name="ours people")
        name_block(by=cdo, code="B1", name="ours block", exists=True)
    here = f"/portfolio/{one.pk}/"
    html = page(office, "clerk", here)
    assert "2 checks keep it from: prepared" in html
    assert "Say which process and which part of the organisation it changes." in html
    change = answers | {"changes": "ours desk", "version": "1"}
    post(office, "clerk", f"{here}change/", change)
    assert signed_in(office, "clerk").post(f"{here}change/", change).status_code == 409
    said = {
        "kind": "rollout",
        "quarters": "2",
        "benefit": "0",
        "costs": "50\n40.5",
        "crews": "DEV 2 1",
        "blocks": "B1",
    }
    for wrong in (
        {"costs": "x"},
        {"costs": "-1"},
        {"costs": "1 2 3"},
        {"crews": "NONE 1"},
        {"crews": "DEV 1 2 3"},
        {"blocks": "B9"},
    ):
        post(office, "clerk", f"{here}plan/mode/", said | wrong, 422)
    post(office, "clerk", f"{here}plan/mode/", said)
    with acting(System("a test")):
        way = one.modes.get()
    post(office, "clerk", f"{here}plan/choose/", {"mode": str(way.pk), "starts_on": "2026-01-01"})
    gain = {"words": "ours gain", "economic": "on", "amount": "70", "counts": "", "owner": "clerk"}
    post(office, "clerk", f"{here}plan/benefit/", gain | {"review_on": "2098-01-05"})
    html = page(office, "clerk", f"{here}plan/")
    assert "€90.50 in all" in html
    assert "2 ours people" in html
    assert "ours block" in html
    assert "€70" in html
    post(office, "clerk", f"{here}gate/pass/", {"words": "ours"})
    page(office, "clerk", f"{here}gate/pass/", 403)
    assert f"{here}gate/pass/" not in page(office, "cdo", f"{here}gate/")
    blocked = post(office, "cdo", f"{here}gate/pass/", {"words": "ours"}, 422)
    assert (
        "Somebody in one of these roles, who does not own it, judges it: Top leader, Chief Digital Officer." in blocked
    )
    page(office, "clerk", f"{here}gate/judge/", 403)
    post(office, "cdo", f"{here}gate/judge/", {"code": "funded", "met": "yes", "words": "ours money"})
    html = page(office, "cdo", f"{here}gate/")
    assert "Nothing keeps it from its next gate: approved" in html
    assert "ours money" in html
    assert f"{here}gate/pass/" in html
    post(office, "cdo", f"{here}gate/pass/", {"words": "ours yes"})
    html = page(office, "neighbour", here)
    assert "1 baseline, which nobody changes" in html
    assert re.findall("<dt>(Risk|Must start|First day it may start)</dt>", html) == ["Risk"]
    for who, home in (("cdo", other), ("manager", other)):
        for url in (here, f"{here}gate/", f"{here}plan/", f"{here}delivery/", f"{here}change/"):
            page(home, who, url, 404)


def test_a_waiver_is_given_on_a_page_and_never_by_who_owns_it(office: Office) -> None:
    one = undertaken(office, stage="prepared")
    here = f"/portfolio/{one.pk}/gate/"
    html = page(office, "cdo", here)
    assert "1 check keeps it from: approved" in html
    assert f"{here}waive/?check=funded" in html
    assert f"{here}waive/?check=funded" not in page(office, "clerk", here)
    page(office, "clerk", f"{here}waive/", 403)
    answers = {"code": "funded", "reason": "ours reason", "until": "2020-01-01"}
    post(office, "cdo", f"{here}waive/", answers, 422)
    post(office, "cdo", f"{here}waive/", answers | {"code": "pilot"}, 422)
    own = undertaken(office, "A2", stage="idea", owner=office.people["cdo"])
    page(office, "cdo", f"/portfolio/{own.pk}/gate/waive/", 403)


def test_a_gate_that_is_open_again_says_so(office: Office) -> None:
    one, cdo = undertaken(office, stage="prepared"), office.viewer("cdo")
    with acting(cdo):
        waive(by=cdo, initiative=one, code="funded", reason="ours", until=date(2026, 2, 1), on=date(2026, 1, 5))
    undone = undertaken(office, "A2", stage="idea")

    through(office, one, "approved")
    html = page(office, "clerk", f"/portfolio/{one.pk}/gate/")  # that day is long over
    assert "A waiver ran out: the gate is open again" in html
    assert "A waiver ran out" not in page(office, "clerk", f"/portfolio/{undone.pk}/gate/")


def test_what_is_shown_spent_claimed_and_handed_over_stands_on_pages(office: Office) -> None:
    one = undertaken(office, stage="delivery")
    here = f"/portfolio/{one.pk}/"
    html = page(office, "clerk", f"{here}delivery/")
    assert "Something was to be shown by" in html
    shown = {
        "shown": "ours screen",
        "to_whom": "ours users",
        "learnt": "ours lesson",
        "decided": "change",
        "why": "ours",
    }
    post(office, "clerk", f"{here}delivery/increment/", shown | {"decided": ""}, 422)
    post(office, "clerk", f"{here}delivery/increment/", shown)
    spent = {"quarter": "2026-02-03", "amount": "12.5", "source": "ours books"}
    post(office, "clerk", f"{here}delivery/spend/", spent)
    over = {"operator": "manager", "support": "ours desk", "running_cost": "9", "continuity": "", "skills": ""}
    post(office, "clerk", f"{here}delivery/handover/", over)
    html = page(office, "neighbour", f"{here}delivery/")
    for words in ("ours screen", "ours lesson", "€12.50", "ours desk", "€9", "not said yet"):
        assert words in html
    assert "Note what was shown" not in html
    assert "ours desk" in page(office, "clerk", f"{here}delivery/handover/")
    mode(office, one, cost=4000)
    post(office, "clerk", f"{here}claim/", CLAIM)
    html = page(office, "auditor", here)
    assert "Nobody has noted what was spent in" in html
    assert re.search(r"differences? (is|are) open", html)
    reader = signed_in(office, "cdo")
    reader.cookies.load({"django_language": "da"})
    told = reader.get(here).content.decode().partition('id="history')[2]
    with override("da"):
        kept = (Initiative.Stage.DELIVERY, Mode.Kind.ROLLOUT, Increment.Decided.CHANGE, Standing.ON_COURSE)
        assert [code for code in kept if str(code.label) not in told] == []
        assert str(BY_CODE["funded"].asks) in told
    assert "12,5 noteret" in told
    assert "4.000" in told  # as money is written there


def test_a_difference_is_closed_on_its_page_and_stays(office: Office, other: Office) -> None:
    one = undertaken(office)
    post(office, "clerk", f"/portfolio/{one.pk}/claim/", CLAIM | {"cost": "off"})
    with acting(System("a test")):
        row = Difference.objects.filter(side="cost").get()
    here = f"/portfolio/differences/{row.pk}/close/"
    assert here in page(office, "cdo", "/portfolio/differences/?state=open")
    page(office, "manager", here, 403)
    page(other, "cdo", here, 404)
    assert "ours work" not in page(other, "cdo", "/portfolio/differences/")
    post(office, "cdo", here, {"words": "ours explained"})
    html = page(office, "neighbour", "/portfolio/differences/?state=closed&name=ours+work")
    assert "ours explained" in html
    assert "ours work" not in page(office, "cdo", "/portfolio/differences/?name=nothing")


def test_a_rebaseline_stays_visible_on_the_page(office: Office) -> None:
    one = undertaken(office)
    mode(office, one, cost=800)
    here = f"/portfolio/{one.pk}/"
    assert "Freeze a new baseline" in page(office, "cdo", here)
    assert "Freeze a new baseline" not in page(office, "clerk", here)
    post(office, "cdo", f"{here}baseline/", {"words": "ours change of law"})
    html = page(office, "auditor", here)
    assert "2 baselines, none of which is ever taken away" in html
    assert "€400" in html
    assert "€800" in html
    assert "ours change of law" in html
    post(office, "cdo", f"{here}baseline/", {"words": "again"}, 422)
    with acting(System("a test")):
        assert Baseline.objects.count() == 2


def test_it_is_stopped_with_its_lesson_and_stays_on_the_list(office: Office) -> None:
    one = undertaken(office)
    here = f"/portfolio/{one.pk}/"
    page(office, "neighbour", f"{here}close/", 403)
    answers = {"outcome": "stopped", "why": "ours end", "lesson": "ours lesson"}
    post(office, "clerk", f"{here}close/", answers | {"lesson": ""}, 422)
    post(office, "clerk", f"{here}close/", answers)
    html = page(office, "neighbour", here)
    assert "stopped" in html
    assert "ours lesson" in html
    assert "ours work A1" in page(office, "cdo", "/portfolio/")
    assert "ours work A1</a>" not in page(office, "cdo", "/portfolio/?now=open")
    post(office, "clerk", f"{here}close/", answers, 422)


def test_what_it_waits_for_and_its_review(office: Office) -> None:
    first, one = undertaken(office, "A1"), undertaken(office, "A2")
    here = f"/portfolio/{one.pk}/plan/"
    for wrong in ("", "nothing", "ours work", "A2"):
        post(office, "clerk", f"{here}wait/", {"needs": wrong}, 422)
    post(office, "clerk", f"{here}wait/", {"needs": "A1"})
    assert f'href="/portfolio/{first.pk}/"' in page(office, "clerk", here)
    with acting(System("a test")):
        gain = one.benefits.first()
    assert gain
    url = f"/portfolio/benefits/{gain.pk}/review/"
    page(office, "neighbour", url, 403)
    post(office, "clerk", url, {"found": "61", "words": "ours count", "again_on": ""})
    assert "ours count" in page(office, "neighbour", here)


def test_contracts_and_days_stand_in_one_calendar(office: Office, other: Office) -> None:
    assert "No day is set" in page(office, "cdo", "/portfolio/calendar/")
    undertaken(office)
    page(office, "clerk", "/portfolio/contracts/new/", 403)
    answers = {
        "title": "ours hosting", "supplier": "ours firm", "unit": str(office.north.pk), "owner": "clerk",
        "decide_by": "2098-03-01", "ends_on": "2098-06-30",
    }  # fmt: skip
    post(office, "manager", "/portfolio/contracts/new/", answers | {"ends_on": "2098-02-01"}, 422)
    post(office, "manager", "/portfolio/contracts/new/", answers)
    html = page(office, "neighbour", "/portfolio/calendar/")
    assert "March 2098" in html
    assert "Benefit to be reviewed" in html
    assert "Contract: decide what follows" in html
    ics = signed_in(office, "clerk").get("/portfolio/calendar.ics").content.decode()
    assert "Contract ends: ours hosting" in ics
    assert ics.count("BEGIN:VEVENT") == 4
    with acting(System("a test")):
        row = Contract.objects.get()
    url = f"/portfolio/contracts/{row.pk}/decide/"
    page(office, "neighbour", url, 403)
    page(other, "cdo", url, 404)
    post(office, "clerk", url, {"words": "ours renewed"})
    post(office, "clerk", url, {"words": "ours renewed"}, 422)
    html = page(office, "cdo", "/portfolio/calendar/")
    assert "decide what follows" not in html
    assert "ours renewed" in html
    assert "ours hosting" not in page(other, "cdo", "/portfolio/calendar/")
    manager = office.viewer("manager")
    with acting(manager):
        noted = add_contract(
            by=manager, title="t", supplier="s", initiative=None, unit=office.north, owner=None,
            decide_by=date(2098, 1, 1), ends_on=date(2098, 1, 1),
        )  # fmt: skip
    assert noted.owner == office.people["manager"]


def test_the_lines_are_drawn_by_who_leads_the_whole(office: Office) -> None:
    page(office, "manager", "/portfolio/thresholds/", 403)
    form = {
        "large_from": "400", "watch": "0.2", "off": "0.1", "stale_days": "30", "increment_days": "14",
        "explore_least": "0", "explore_most": "0.5", "version": "1",
    }  # fmt: skip
    assert "Nobody has drawn lines yet" in page(office, "clerk", "/portfolio/shares/")
    post(office, "cdo", "/portfolio/thresholds/", form, 422)
    post(office, "cdo", "/portfolio/thresholds/", form | {"off": "0.4"})
    post(office, "cdo", "/portfolio/thresholds/", form | {"off": "0.4"})
    assert "0 % to 50 %".replace(" %", "\N{NO-BREAK SPACE}%") in page(office, "clerk", "/portfolio/shares/")
    one = undertaken(office, stage="prepared")
    assert "It fits the architecture, by a recorded decision" in page(office, "clerk", f"/portfolio/{one.pk}/gate/")
    assert "Nothing was spent yet" in page(office, "clerk", "/portfolio/shares/")


def test_an_initiative_other_rooms_know_is_taken_in(office: Office) -> None:
    with acting(System("a test")):
        known = Source.objects.create(sector=office.sector, code="K1", title="ours known & named")
    html = page(office, "manager", f"/initiatives/{known.pk}/")
    assert "It is not in the portfolio yet" in html
    assert "/portfolio/new/?code=K1&amp;title=ours%20known%20%26%20named" in html
    assert "Take it into the portfolio" not in page(office, "clerk", f"/initiatives/{known.pk}/")
    one = idea(office, "K1")
    assert (one.source_id, str(one)) == (known.pk, "ours known & named")
    assert reverse("portfolio:initiative", args=[one.pk]) in page(office, "clerk", f"/initiatives/{known.pk}/")
    assert "ours known &amp; named" in page(office, "clerk", "/search/?q=known")
