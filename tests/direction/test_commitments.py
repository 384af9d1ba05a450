"""Promises: their words stay, what became of them is computed, and everybody sees it."""

import re
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from tests.core.offices import DAY, Office, make_office, signed_in
from tests.direction.promises import DUE, at, promise, top_leader
from tests.skills.pages import page, taken
from vested.core.errors import Invalid, NotAllowed
from vested.core.models import Event, Notification
from vested.core.scope import System, acting
from vested.direction.actions import (
    prove_commitment,
    remind_of_commitments,
    reply_to_commitment,
    withdraw_commitment,
)
from vested.direction.models import Commitment
from vested.direction.models.commitments import GRACE
from vested.direction.queries.commitments import kept, kept_by

State = Commitment.State


def state(of: Commitment, on: date) -> str:
    with acting(System("a test")):
        found: Any = Commitment.objects.filter(pk=of.pk).with_state(on).get()
        return str(found.state)


def prove(office: Office, of: Commitment, on: date, who: str = "manager") -> None:
    viewer = office.viewer(who)
    with acting(viewer):
        prove_commitment(by=viewer, commitment=of, proof="ours proof", on=on, today=max(on, DAY))


def withdraw(office: Office, of: Commitment, on: date, who: str = "manager") -> None:
    viewer = office.viewer(who)
    with acting(viewer):
        withdraw_commitment(by=viewer, commitment=of, why="ours reason", on=on)


def test_what_becomes_of_it_follows_from_its_dates(office: Office) -> None:
    of = promise(office)
    day = timedelta(days=1)
    for on, expected in (
        (DAY, State.OPEN), (DUE, State.OPEN), (DUE + day, State.LATE), (DUE + GRACE, State.LATE),
        (DUE + GRACE + day, State.BROKEN),
    ):  # fmt: skip
        assert state(of, on) == expected
    early, late = promise(office), promise(office)
    prove(office, early, DUE)
    prove(office, late, DUE + day)
    assert [state(early, DUE), state(late, DUE + day)] == [State.KEPT, State.KEPT_LATE]
    back, too_late = promise(office), promise(office)
    withdraw(office, back, DUE)
    withdraw(office, too_late, DUE + day)
    assert [state(back, DUE), state(too_late, DUE + day)] == [State.WITHDRAWN, State.BROKEN]


class States(TestCase):
    """However the dates lie, the state is what reading the rules slowly gives."""

    @settings(max_examples=60)
    @given(
        due=st.integers(0, 60),
        kept_after=st.none() | st.integers(0, 90),
        back=st.none() | st.integers(0, 90),
        on=st.integers(0, 200),
    )
    def test_it_is_as_the_rules_say(self, due: int, kept_after: int | None, back: int | None, on: int) -> None:
        office = make_office("ours")
        of = promise(office, due_on=DAY + timedelta(days=due + 1))
        with acting(System("a test")):
            Commitment.objects.filter(pk=of.pk).update(
                kept_on=None if kept_after is None else DAY + timedelta(days=kept_after),
                withdrawn_on=None if back is None else DAY + timedelta(days=back),
            )
        if back is not None:
            expected = State.WITHDRAWN if back <= due + 1 else State.BROKEN
        elif kept_after is not None:
            expected = State.KEPT if kept_after <= due + 1 else State.KEPT_LATE
        else:
            days = on - due - 1
            expected = State.OPEN if days <= 0 else State.LATE if days <= 90 else State.BROKEN
        assert state(of, DAY + timedelta(days=on)) == expected


@pytest.mark.parametrize("who", ["clerk", "neighbour", "auditor"])
def test_who_leads_nothing_promises_nothing_for_a_unit_and_touches_no_other_s(office: Office, who: str) -> None:
    of = promise(office)
    with pytest.raises(NotAllowed):
        promise(office, who)
    with pytest.raises(NotAllowed):
        prove(office, of, DAY, who)
    with pytest.raises(NotAllowed):
        withdraw(office, of, DAY, who)
    viewer = office.viewer(who)
    with acting(viewer), pytest.raises(NotAllowed):
        reply_to_commitment(by=viewer, commitment=of, words="x", on=DAY)
    for verb in ("prove", "withdraw", "reply"):
        page(office, who, f"/commitments/{of.pk}/{verb}/", 404)
    assert "ours promise" in page(office, who, "/commitments/")


def test_a_stranger_does_not_know_of_it(office: Office, other: Office) -> None:
    of = promise(office, "cdo", unit=None)
    viewer = other.viewer("cdo")
    with acting(viewer):
        for act in (
            lambda: prove_commitment(by=viewer, commitment=of, proof="x", on=DAY, today=DAY),
            lambda: withdraw_commitment(by=viewer, commitment=of, why="x", on=DAY),
            lambda: reply_to_commitment(by=viewer, commitment=of, words="x", on=DAY),
        ):
            with pytest.raises(NotAllowed):
                act()
    page(other, "cdo", f"/commitments/{of.pk}/", 404)
    assert "ours promise" not in page(other, "cdo", "/commitments/")


def test_a_promise_in_another_s_name_is_told_and_not_public(office: Office) -> None:
    of = promise(office, "cdo", person=office.people["clerk"])
    with acting(System("a test")):
        told = Notification.objects.get(kind="commitment.made")
        assert (told.person, told.url) == (office.people["clerk"], f"/commitments/{of.pk}/")
    prove(office, of, DAY, "clerk")
    with pytest.raises(Invalid) as refused:
        promise(office, "cdo", person=office.people["clerk"], public=True)
    assert refused.value.field == "public"
    with pytest.raises(Invalid) as refused:
        promise(office, due_on=DAY)
    assert refused.value.field == "due_on"


def test_it_is_settled_once(office: Office) -> None:
    of, back = promise(office), promise(office)
    viewer = office.viewer("manager")
    for day in (DAY - timedelta(days=1), DUE):
        with acting(viewer), pytest.raises(Invalid) as refused:
            prove_commitment(by=viewer, commitment=of, proof="x", on=day, today=DAY)
        assert refused.value.field == "on"
    prove(office, of, DAY)
    withdraw(office, back, DAY)
    for settled, said in ((of, "shown as kept"), (back, "taken back")):
        for act in (prove, withdraw):
            with pytest.raises(Invalid, match=said):
                act(office, settled, DAY)


def test_reminders_come_before_and_after_and_each_once(office: Office) -> None:
    top_leader(office)
    of = promise(office, "cdo", person=office.people["clerk"])
    cdo, seen = office.viewer("cdo"), []
    with acting(cdo):
        Notification.objects.all().delete()
        for days in (-15, -14, -13, -3, -2, 0, 1, 2, 90, 91, 200):
            count = remind_of_commitments(by=cdo, at=at(DUE + timedelta(days=days)))
            told = sorted(one.person.code for one in Notification.objects.filter(kind="commitment.due"))
            Notification.objects.all().delete()
            seen.append((days, count, told))
    assert [one for one in seen if one[1]] == [
        (-14, 1, ["clerk"]),
        (-3, 1, ["clerk"]),
        (1, 1, ["clerk", "manager"]),
        (91, 1, ["clerk", "manager", "neighbour"]),
    ]
    assert of.pk


def test_a_reminder_that_was_missed_does_not_come_twice(office: Office) -> None:
    promise(office)
    cdo = office.viewer("cdo")
    with acting(cdo):
        assert remind_of_commitments(by=cdo, at=at(DUE + timedelta(days=1))) == 1
        assert remind_of_commitments(by=cdo, at=at(DUE + timedelta(days=2))) == 0
        assert Notification.objects.filter(kind="commitment.due").count() == 1  # the manager promised and leads
    clerk = office.viewer("clerk")
    with acting(clerk), pytest.raises(NotAllowed):
        remind_of_commitments(by=clerk, at=at(DUE))


def test_the_share_kept_on_time_is_counted_by_unit_and_person(office: Office) -> None:
    kept_one, late, back = promise(office), promise(office), promise(office)
    promise(office, "cdo", unit=office.south)
    prove(office, kept_one, DUE)
    prove(office, late, DUE + timedelta(days=3))
    withdraw(office, back, DAY)
    with acting(office.viewer("clerk")):
        viewer = office.viewer("clerk")
        whole = kept(viewer, DUE + timedelta(days=3))
        assert (whole.on_time, whole.due, whole.withdrawn) == (1, 3, 1)
        assert whole.share == pytest.approx(1 / 3)
        units = {one.name: (one.on_time, one.due, one.late) for one in kept_by(viewer, DUE, "unit")}
        assert units == {"ours north": (1, 2, 1), "ours south": (0, 0, 0)}
        people = [(one.name, one.due) for one in kept_by(viewer, DUE + timedelta(days=91), "person")]
        assert people == [("cdo of ours", 1), ("manager of ours", 2)]
        assert kept(viewer, DAY, narrowed=None).due == 2
    html = page(office, "clerk", "/commitments/kept/")
    address = f"/commitments/?below={office.north.pk}&amp;alone=without"
    assert f'<a href="{address}">ours north</a>' in html
    assert "3 promises" in page(office, "clerk", address.replace("&amp;", "&"))
    assert "4 promises" in page(office, "clerk", f"/commitments/?below={office.ministry.pk}")
    assert "0 promises" in page(office, "clerk", f"/commitments/?below={office.ministry.pk}&alone=without")
    lines = taken(signed_in(office, "clerk").get("/commitments/kept/?format=csv"))
    assert lines[1:] == [
        "ours north,,2,1,1,0,1", "ours south,,1,0,0,1,0", ",cdo of ours,1,0,0,1,0", ",manager of ours,2,1,1,0,1",
    ]  # fmt: skip
    assert "manager of ours" in html
    assert "By name: nobody is ranked" in html
    promise(office, "cdo", unit=None)
    whole_sector = "/commitments/?below=&amp;alone=without"
    assert f'<a href="{whole_sector}">The whole sector</a>' in page(office, "clerk", "/commitments/kept/")
    assert "1 promise" in page(office, "clerk", whole_sector.replace("&amp;", "&"))


def test_what_is_public_is_read_without_signing_in_and_nothing_else(office: Office, other: Office) -> None:
    assert "Nothing is promised in public yet" in Client().get("/public/commitments/").content.decode()
    assert b"<entry>" not in Client().get("/public/commitments/feed/").content
    shown = promise(office, words="ours open promise", public=True)
    promise(office, words="ours inner promise")
    promise(other, words="theirs open promise", public=True)
    viewer = office.viewer("manager")
    with acting(viewer):
        reply_to_commitment(by=viewer, commitment=shown, words="ours remark", on=DAY)
    prove(office, shown, DAY)
    for client in (Client(), signed_in(other, "clerk")):
        html = client.get("/public/commitments/?of=ours").content.decode()
        assert "ours open promise" in html
        assert "manager of ours" in html
        assert "ours remark" in html
        assert "We kept 1 of 1 promise on time" in html
        assert "inner" not in html
        assert "theirs open" not in html
        assert 'href="?of=theirs"' in html
    feed = Client().get("/public/commitments/feed/?of=ours")
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    tree = ET.fromstring(feed.content)  # noqa: S314 - our own words
    entries = tree.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 1
    said = "".join(entries[0].itertext())
    assert "manager of ours promised this to ours skippers by 1 March 2026: kept on time." in said
    assert "What shows it: ours proof" in said
    assert "Said about it on 5 January 2026: ours remark" in said


def test_it_is_made_kept_replied_to_and_taken_back_on_pages(office: Office) -> None:
    client = signed_in(office, "manager")
    tomorrow = (date.today() + timedelta(days=30)).isoformat()  # noqa: DTZ011 - pages take the day it is
    answers = {
        "words": "ours by page", "to_whom": "ours all", "due_on": tomorrow, "proof_is": "a list",
        "unit": str(office.north.pk), "public": "on",
    }  # fmt: skip
    assert client.post("/commitments/new/", answers | {"proof_is": ""}).status_code == 422
    assert client.post("/commitments/new/", answers)["location"] == "/commitments/"
    with acting(System("a test")):
        made = Commitment.objects.get()
    here = f"/commitments/{made.pk}/"
    assert made.public
    assert client.post(f"{here}reply/", {"words": "ours said"})["location"] == here
    html = page(office, "clerk", here)
    assert "ours said" in html
    assert "Take it back" not in html
    assert "in time" not in client.get(f"{here}withdraw/").content.decode()
    today = date.today().isoformat()  # noqa: DTZ011 - as above
    assert client.post(f"{here}prove/", {"proof": "ours list", "on": today})["location"] == here
    html = page(office, "manager", here)
    assert "kept on time" in html
    assert "Show that it is kept" not in html
    assert "1 of 1 promise kept on time" in page(office, "clerk", "/commitments/")
    assert "ours by page" in page(office, "clerk", "/commitments/?state=kept&who=MANAGER")
    assert "ours by page" not in page(office, "clerk", "/commitments/?state=late")
    assert "ours by page" in page(office, "clerk", "/search/?q=by+page")
    assert signed_in(office, "clerk").get("/commitments/new/").status_code == 403


def test_a_broken_one_is_seen_by_everybody(office: Office) -> None:
    of = promise(office)
    withdraw(office, of, DUE + timedelta(days=1))
    html = page(office, "clerk", f"/commitments/{of.pk}/")
    assert "broken" in html
    assert "ours reason" in html
    assert re.search(r"0 of 1 promise kept on time", page(office, "clerk", "/commitments/"))
    with acting(office.viewer("cdo")):
        assert [one.kind for one in Event.objects.all().about(of)] == ["commitment.withdrawn", "commitment.made"]
    assert "Taken back on 2 March 2026: ours reason" in page(office, "cdo", f"/commitments/{of.pk}/")


def test_more_promises_ask_no_more_questions(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        promise(office, public=True)
    client = signed_in(office, "manager")
    for address, most in (("/commitments/", 14), ("/commitments/kept/", 10), ("/", 28), ("/public/commitments/", 12)):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
