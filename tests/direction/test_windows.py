"""Duties and what answers them; opportunities, who is in, and what came of them."""

from datetime import date, timedelta

import pytest
from django.utils.formats import localize
from django.utils.timezone import localdate
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from tests.core.offices import DAY, Office, signed_in
from tests.direction.aims import objective
from tests.skills.pages import page
from vested.core import links
from vested.core.actions import link
from vested.core.errors import Invalid, NotAllowed
from vested.core.scope import System, acting
from vested.direction.actions import (
    add_duty,
    answer_invitation,
    end_opportunity,
    invite,
    meet_duty,
    note_momentum,
    open_opportunity,
)
from vested.direction.models import Duty, Invitation, Opportunity
from vested.direction.queries.duties import duties_listed, opportunities_listed
from vested.skills.models import Source

DUE = date(2026, 3, 1)


def duty(office: Office, who: str = "manager", **given: object) -> Duty:
    viewer = office.viewer(who)
    words: dict[str, object] = {
        "title": "ours duty", "kind": "law", "source": "ours act", "words": "ours text", "code": "",
        "unit": office.north, "owner": None, "due_on": DUE,
    }  # fmt: skip
    with acting(viewer):
        return add_duty(by=viewer, **{**words, **given})  # type: ignore[arg-type]  # as given


def window(office: Office, who: str = "manager", **given: object) -> Opportunity:
    viewer = office.viewer(who)
    words: dict[str, object] = {
        "title": "ours window", "intention": "ours wish", "unit": office.north, "owner": None, "opens_on": DAY,
        "closes_on": DUE,
    }  # fmt: skip
    with acting(viewer):
        return open_opportunity(by=viewer, **{**words, **given})  # type: ignore[arg-type]  # as given


def state(office: Office, on: date) -> str:
    viewer = office.viewer("clerk")
    with acting(viewer):
        return str(duties_listed(viewer, on).get().state)


def opening(office: Office, on: date) -> str:
    viewer = office.viewer("clerk")
    with acting(viewer):
        return str(opportunities_listed(viewer, on).get().state)


def test_a_duty_is_uncovered_until_something_answers_it_and_overdue_after_its_day(office: Office) -> None:
    of, aim, cdo = duty(office), objective(office), office.viewer("cdo")
    assert (of.owner, state(office, DUE)) == (office.people["manager"], "uncovered")
    with acting(cdo):
        link(by=cdo, kind=links.kind_of("covers"), source=aim, target=of, on=DAY)
    assert [state(office, DUE), state(office, DUE + timedelta(days=1))] == ["covered", "late"]
    with acting(cdo):
        meet_duty(by=cdo, duty=of, how="ours proof", on=DUE)
        with pytest.raises(Invalid, match="met already"):
            meet_duty(by=cdo, duty=of, how="x", on=DUE)
    assert state(office, DUE + timedelta(days=1)) == "met"
    html = page(office, "clerk", f"/duties/{of.pk}/")
    assert "ours proof" in html
    assert f'<a href="/objectives/{aim.pk}/">ours aim</a>' in html
    assert f'<a href="/duties/{of.pk}/">ours duty</a>' in page(office, "clerk", f"/objectives/{aim.pk}/")


def test_an_initiative_answers_it_too(office: Office) -> None:
    of, aim, window_ = duty(office), objective(office), window(office)
    with acting(System("a test")):
        initiative = Source.objects.create(sector=office.sector, code="I-1", title="ours initiative")
    client = signed_in(office, "cdo")
    for address in (f"/duties/{of.pk}/", f"/objectives/{aim.pk}/", f"/opportunities/{window_.pk}/"):
        way = "served/" if "objectives" in address else "initiative/"
        assert client.post(f"{address}{way}", {"words": "I-1"})["location"] == address
        assert f'<a href="/initiatives/{initiative.pk}/">ours initiative</a>' in page(office, "clerk", address)
        assert signed_in(office, "clerk").get(f"{address}{way}").status_code == 403
    assert state(office, DUE) == "covered"
    html = page(office, "clerk", f"/initiatives/{initiative.pk}/")
    assert all(words in html for words in ("ours duty", "ours aim", "ours window", "It asks for nobody."))
    assert "ours initiative" in page(office, "clerk", "/search/?q=I-1")


@pytest.mark.parametrize("who", ["clerk", "neighbour", "auditor"])
def test_who_leads_nothing_adds_nothing(office: Office, other: Office, who: str) -> None:
    of, open_one = duty(office), window(office)
    for act in (duty, window):
        with pytest.raises(NotAllowed):
            act(office, who)
    for viewer in (office.viewer(who), other.viewer("cdo")):
        with acting(viewer):
            for forbidden in (
                lambda: meet_duty(by=viewer, duty=of, how="x", on=DAY),  # noqa: B023 - called at once
                lambda: invite(by=viewer, opportunity=open_one, party="x", on=DAY),  # noqa: B023 - as above
                lambda: note_momentum(by=viewer, opportunity=open_one, words="x", on=DAY),  # noqa: B023 - as above
                lambda: end_opportunity(by=viewer, opportunity=open_one, seized=True, why="x", on=DAY),  # noqa: B023 - as above
            ):
                with pytest.raises(NotAllowed):
                    forbidden()
    page(office, who, f"/opportunities/{open_one.pk}/invite/", 404)
    page(other, "cdo", f"/opportunities/{open_one.pk}/", 404)
    page(other, "cdo", f"/duties/{of.pk}/", 404)
    assert "ours window" in page(office, who, "/opportunities/")


def test_a_window_opens_closes_and_is_seized_or_left(office: Office) -> None:
    of, manager = window(office), office.viewer("manager")
    day = timedelta(days=1)
    assert [opening(office, on) for on in (DAY - day, DAY, DUE, DUE + day)] == ["to_come", "open", "open", "closed"]
    with acting(manager):
        end_opportunity(by=manager, opportunity=of, seized=False, why="ours reason", on=DAY)
        with pytest.raises(Invalid, match="ended already"):
            end_opportunity(by=manager, opportunity=of, seized=True, why="x", on=DAY)
        with pytest.raises(Invalid, match="ended already"):
            invite(by=manager, opportunity=of, party="x", on=DAY)
    assert opening(office, DUE) == "left"
    assert "ours reason" in page(office, "clerk", f"/opportunities/{of.pk}/")
    with pytest.raises(Invalid) as refused:
        window(office, closes_on=DAY - day)
    assert refused.value.field == "closes_on"


def test_late_joiners_are_easy_to_add_and_two_are_enough(office: Office) -> None:
    of, manager = window(office, owner=office.people["clerk"]), office.viewer("manager")
    clerk = office.viewer("clerk")  # who owns it
    with acting(clerk):
        first = invite(by=clerk, opportunity=of, party="ours first", on=DAY)
        second = invite(by=clerk, opportunity=of, party="ours second", on=DAY)
        with pytest.raises(Invalid) as refused:
            invite(by=clerk, opportunity=of, party="ours first", on=DAY)
        assert refused.value.field == "party"
        answer_invitation(by=clerk, invitation=first, answer="in", words="", on=DAY)
        answer_invitation(by=clerk, invitation=second, answer="later", words="ours not yet", on=DAY)
    html = page(office, "clerk", f"/opportunities/{of.pk}/")
    assert "1 of 2 are in" in html
    assert "Two are enough to start." in html
    with acting(manager):
        answer_invitation(by=manager, invitation=second, answer="in", words="", on=DUE)
        note_momentum(by=manager, opportunity=of, words="ours step", on=DUE)
    html = page(office, "clerk", f"/opportunities/{of.pk}/")
    assert "2 of 2 are in" in html
    assert "it waits for no one" in html
    assert "ours step" in html


def test_they_are_added_and_followed_on_pages(office: Office, other: Office) -> None:
    client = signed_in(office, "manager")
    unit = str(office.north.pk)
    answers = {"title": "ours p", "kind": "security", "source": "s", "words": "w", "unit": unit, "due_on": "2098-01-01"}
    assert client.post("/duties/new/", answers | {"source": ""}).status_code == 422
    assert client.post("/duties/new/", answers)["location"] == "/duties/"
    assert "1 duty is uncovered or overdue" in page(office, "clerk", "/duties/")
    assert "ours p" in page(office, "clerk", "/duties/?state=uncovered&kind=security")
    with acting(System("a test")):
        of = Duty.objects.get()
    assert "Nothing answers it now" in page(office, "manager", f"/duties/{of.pk}/")
    assert client.post(f"/duties/{of.pk}/meet/", {"how": "ours how"})["location"] == f"/duties/{of.pk}/"
    assert "No duty is uncovered or overdue" in page(office, "clerk", "/duties/")
    named = {"title": "ours o", "intention": "i", "unit": unit, "opens_on": "2026-01-05", "closes_on": "2098-01-01"}
    assert client.post("/opportunities/new/", named)["location"] == "/opportunities/"
    assert "1 window is open" in page(office, "clerk", "/opportunities/")
    with acting(System("a test")):
        chance = Opportunity.objects.get()
    here = f"/opportunities/{chance.pk}/"
    assert client.post(f"{here}invite/", {"party": "ours guest"})["location"] == here
    with acting(System("a test")):
        asked = Invitation.objects.get()
    assert signed_in(other, "cdo").get(f"/invitations/{asked.pk}/answer/").status_code == 404
    assert signed_in(office, "clerk").get(f"/invitations/{asked.pk}/answer/").status_code == 404
    assert client.post(f"/invitations/{asked.pk}/answer/", {"answer": "in", "words": ""})["location"] == here
    assert client.post(f"{here}note/", {"words": "ours moved"})["location"] == here
    assert client.post(f"{here}end/", {"seized": "yes", "why": "ours won"})["location"] == here
    html = page(office, "clerk", here)
    assert "seized" in html
    assert "ours moved" in html
    assert "No window is open" in page(office, "clerk", "/opportunities/")


def test_duties_stand_in_a_calendar_and_can_be_taken_into_one_s_own(office: Office, other: Office) -> None:
    assert "Nothing that is demanded is open" in page(office, "clerk", "/duties/calendar/")
    today = localdate()
    late, next_one = duty(office, title="ours late"), duty(office, title="ours next", due_on=date(2098, 3, 9))
    duty(office, title="ours march", due_on=date(2098, 3, 2))
    done = duty(office, title="ours done", due_on=date(2098, 3, 3))
    manager = office.viewer("manager")
    with acting(manager):
        meet_duty(by=manager, duty=done, how="x", on=DAY)
    html = page(office, "clerk", "/duties/calendar/")
    days = localize((date(2098, 3, 2) - today).days)
    assert f"The next duty is due in {days} days" in html
    order = [html.index(words) for words in ("Overdue", "ours late", "March 2098", "ours march", "ours next")]
    assert order == sorted(order)
    assert html.count("March 2098</h2>") == 1
    assert "ours done" not in html
    assert "/duties/calendar/" in page(office, "clerk", "/duties/")
    answer = signed_in(office, "clerk").get("/duties/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = {str(one["uid"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert len(events) == 4
    assert events[f"duty-{next_one.pk}@ours.vested"].decoded("dtstart") == date(2098, 3, 9)
    assert events[f"duty-{done.pk}@ours.vested"]["status"] == "CANCELLED"
    assert events[f"duty-{late.pk}@ours.vested"]["status"] == "CONFIRMED"
    assert "Nothing that is demanded is open" in page(other, "cdo", "/duties/calendar/")
    assert b"ours" not in signed_in(other, "cdo").get("/duties/calendar.ics").content


def test_a_duty_that_is_due_today_is_said_so(office: Office) -> None:
    duty(office, due_on=localdate())
    assert "A duty is due today" in page(office, "clerk", "/duties/calendar/")


def test_more_of_them_ask_no_more_questions(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        duty(office)
        window(office)
    client = signed_in(office, "clerk")
    for address in ("/duties/", "/duties/calendar/", "/duties/calendar.ics", "/opportunities/"):
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200
