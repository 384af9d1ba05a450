"""From a proposal to an answer, and from an objection to a person's decision, as the browsers of both see it."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.academy.enrolling import enrolled
from tests.journeys.looking import NOON, Desk, barred
from vested.academy.actions import propose_enrolments
from vested.academy.models import Course, Enrolment, Session
from vested.core.scope import System, acting

pytestmark = pytest.mark.journey


def sessions(desk: Desk) -> list[Session]:
    """Three sessions with a day to come, of three courses."""
    with acting(System("a test")):
        found = []
        for number, title in enumerate(("Open data", "Plain language", "Procurement")):
            course = Course.objects.create(sector=desk.office.sector, code=f"C{number}", title=title, hours=2, cost=0)
            held = Session(sector=desk.office.sector, code=f"S{number}", course=course, period=1, seats=9)
            held.starts_on = date(2099, 3, 1 + number)
            held.save()
            found.append(held)
        return found


def test_a_clerk_accepts_declines_and_objects_and_the_cdo_answers(desk: Desk) -> None:
    held = sessions(desk)
    clerk, cdo = desk.office.people["clerk"], desk.office.viewer("cdo")
    with acting(cdo):
        propose_enrolments(
            by=cdo, rows=[(clerk.pk, one.pk) for one in held], source="Plan A", answer_by=date(2099, 2, 1), at=NOON
        )
    page = desk.sit("clerk")
    page.goto("/")
    expect(page.locator("main")).to_contain_text("3 courses wait for your answer")
    page.get_by_role("link", name="3 courses wait for your answer").click()
    expect(page.locator("h1")).to_have_text("3 courses wait for your answer")
    found = barred(page)
    page.click("li:has-text('Open data') button:has-text('Accept')")
    expect(page.locator("main")).to_contain_text("Open data is accepted.")
    found += barred(page)

    page.goto("/my-courses/")
    page.click("li:has-text('Plain language') a:has-text('Decline')")
    page.click("main form button")
    expect(page.locator(".ds-error-summary")).to_be_focused()
    found += barred(page)
    page.fill("textarea", "I teach this course.")
    page.click("main form button")
    expect(page.locator("h1")).to_have_text("Plain language")
    expect(page.locator("main")).to_contain_text("I teach this course.")

    page.goto("/my-courses/")
    page.click("li:has-text('Procurement') a:has-text('Object')")
    found += barred(page)
    page.fill("textarea", "My level is 3, not 1.")
    page.click("main form button")
    expect(page.locator("main")).to_contain_text("A person answers by")
    page.goto("/my-courses/")
    found += barred(page)
    with page.expect_download() as file:
        page.click("text=Take them into your calendar")
    assert file.value.suggested_filename == "courses.ics"

    office = desk.sit("cdo")
    office.goto("/objections/")
    expect(office.locator("h1")).to_have_text("1 objection waits for an answer")
    office.click("main tbody th a")
    found += barred(office)
    office.click("main form.v-form button")
    expect(office.locator(".ds-error-summary")).to_be_focused()
    office.check("input[value=upheld]")
    office.fill("textarea", "You are right.")
    office.check("input[name=withdraw]")
    office.click("main form.v-form button")
    expect(office.locator("main")).to_contain_text("clerk of ours is told.")
    found += barred(office)
    for address in ("/enrolments/", "/team/"):
        office.goto(address)
        found += barred(office)

    page.goto("/my-courses/")
    expect(page.locator("h1")).to_have_text("No course waits for your answer")
    page.click("main >> text=Procurement")
    expect(page.locator("main")).to_contain_text("You are right.")
    assert found + barred(page) == []


def test_an_officer_records_who_came_by_keyboard_and_offers_a_seat(desk: Desk) -> None:
    held = sessions(desk)[0]
    for who in ("clerk", "manager"):
        enrolled(desk.office, held, who, Enrolment.Status.ACCEPTED)
    enrolled(desk.office, held, "neighbour", Enrolment.Status.WAITING)
    page = desk.sit("cdo")
    page.goto(f"/sessions/{held.pk}/")
    found = barred(page)
    page.click("main >> text=Offer a seat")
    found += barred(page)
    page.click("main form button")
    expect(page.locator("main")).to_contain_text("neighbour of ours is asked.")
    page.click("main >> text=Record attendance")
    found += barred(page)
    page.locator("tr:has-text('clerk of ours') input[type=radio][value=accepted]").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("tr:has-text('clerk of ours') input[value=absent]")).to_be_checked()
    page.locator("button[name=all]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("1 person attended, 1 absent.")
    page.goto(f"/courses/{held.course_id}/")
    assert found + barred(page) == []
