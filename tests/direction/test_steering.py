"""Leaders: what each has championed, what managers hope for, and a session from its pack to its minutes."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.core.offices import DAY, Office, signed_in
from tests.direction.aims import measure, objective, see
from tests.direction.promises import DUE, at, escalation, obstacle, promise
from tests.direction.test_windows import duty
from tests.skills.pages import page
from vested.core.errors import Invalid, NotAllowed
from vested.core.models import Notification
from vested.core.scope import System, acting
from vested.core.viewer import Viewer
from vested.direction.actions import (
    answer_hope,
    answer_obstacle,
    call_session,
    decide_in_session,
    note_attendance,
    note_retelling,
    prove_commitment,
    say_hope,
)
from vested.direction.models import Hope, Obstacle, SteeringSession
from vested.direction.queries.steering import pack_for

LATER = DUE + timedelta(days=10)


def session(office: Office, who: str = "cdo", on: date = LATER, *, whole: bool = True) -> SteeringSession:
    viewer = office.viewer(who)
    with acting(viewer):
        return call_session(by=viewer, forum="ours forum", on=on, unit=None if whole else office.north)


def hope(office: Office, who: str = "manager") -> Hope:
    viewer = office.viewer(who)
    with acting(viewer):
        return say_hope(by=viewer, unit=office.north, words="ours hope", on=DAY)


def test_the_pack_shows_what_is_late_what_to_decide_and_what_is_due(office: Office) -> None:
    late = promise(office)
    due = promise(office, due_on=LATER + timedelta(days=30))
    promise(office, due_on=LATER + timedelta(days=31))
    done = promise(office)
    asked, stuck, open_duty = escalation(office), obstacle(office), duty(office)
    obstacle(office, at=at(LATER))
    behind, fine = objective(office, title="ours behind"), objective(office, title="ours fine")
    see(office, measure(office, behind), DUE, 1.0)
    see(office, measure(office, fine), DUE, 90.0)
    manager = office.viewer("manager")
    with acting(manager):
        prove_commitment(by=manager, commitment=done, proof="x", on=DUE, today=DUE)
    whole, north = session(office), session(office, "manager", LATER + timedelta(days=1), whole=False)
    south = promise(office, "cdo", unit=office.south)
    cdo = office.viewer("cdo")
    with acting(cdo):
        pack = pack_for(cdo, whole)
        assert (pack.late, pack.escalations, pack.due) == ([late, south], [asked], [due])
        assert (pack.obstacles, pack.behind, pack.duties) == ([stuck], [behind], [open_duty])
        assert pack_for(cdo, north).late == [late]
    html = page(office, "manager", f"/steering/{whole.pk}/")
    assert "Promises that are late or broken (2)" in html
    assert "10 days late" in html  # on its day, and not today
    assert html.count("v-topic") == 7
    clerk = page(office, "neighbour", f"/steering/{whole.pk}/")
    assert "ours conflict" not in clerk
    assert "ours rule" not in clerk


def test_minutes_become_decisions_and_promises(office: Office, other: Office) -> None:
    of = session(office)
    client = signed_in(office, "cdo")
    here = f"/steering/{of.pk}/"
    decision = {"what": "ours what?", "chosen": "ours chosen", "why": "ours why"}
    assert client.post(f"{here}decide/", decision | {"why": ""}).status_code == 422
    assert client.post(f"{here}decide/", decision)["location"] == here
    made = {"words": "ours minute", "to_whom": "all", "due_on": "2098-01-01", "proof_is": "p", "person": "manager"}
    assert client.post(f"{here}promise/", made)["location"] == here
    assert client.post(f"{here}attend/", {"people": "nobody at all"}).status_code == 422
    assert client.post(f"{here}attend/", {"people": "manager\nclerk\n"})["location"] == here
    html = page(office, "neighbour", here)
    for words in ("ours what?", "ours chosen", "ours minute", "manager of ours", "clerk of ours"):
        assert words in html
    assert "ours chosen" in page(office, "neighbour", "/decisions/")
    assert "ours minute" in page(office, "neighbour", "/commitments/")
    for who in ("manager", "clerk"):
        for verb in ("decide", "promise", "attend"):
            assert signed_in(office, who).get(f"{here}{verb}/").status_code == 403
    page(other, "cdo", here, 404)


def test_a_session_is_called_once_and_by_who_leads_there(office: Office, other: Office) -> None:
    of = session(office)
    with pytest.raises(Invalid) as refused:
        session(office)
    assert refused.value.field == "on"
    for who in ("clerk", "auditor", "manager"):
        with pytest.raises(NotAllowed):
            session(office, who, DAY)
    for viewer in (office.viewer("manager"), office.viewer("clerk"), other.viewer("cdo")):
        refuse(office, of, viewer)
    client = signed_in(office, "manager")
    answers = {"forum": "ours second", "on": "2026-05-01", "unit": str(office.north.pk)}
    assert client.post("/steering/new/", answers)["location"] == "/steering/"
    html = page(office, "clerk", "/steering/?name=second")
    assert "ours second" in html
    assert "ours forum" not in html


def refuse(office: Office, of: SteeringSession, viewer: Viewer) -> None:
    with acting(viewer):
        with pytest.raises(NotAllowed):
            note_attendance(by=viewer, session=of, people=[office.people["clerk"]])
        with pytest.raises(NotAllowed):
            decide_in_session(by=viewer, session=of, what="x", chosen="x", why="x")


def test_what_a_leader_championed_is_told_with_dates_and_no_rank(office: Office, other: Office) -> None:
    manager, cdo = office.viewer("manager"), office.viewer("cdo")
    kept, of = promise(office), session(office, on=DAY)
    promise(office, words="ours second promise")
    boss = office.people["manager"]
    page(office, "neighbour", f"/leaders/{office.people['auditor'].pk}/", 404)
    with acting(manager):
        prove_commitment(by=manager, commitment=kept, proof="x", on=DAY, today=DAY)
        note_retelling(by=manager, audience="ours team", heard=3, words="", unit=office.north, told_on=DAY, today=DAY)
        answer_obstacle(by=manager, obstacle=obstacle_of(office), outcome="removed", answer="x", at=at(DAY))
    with acting(cdo):
        assert note_attendance(by=cdo, session=of, people=[boss, boss]) == 1
        assert note_attendance(by=cdo, session=of, people=[boss]) == 0
    for who in ("cdo", "manager", "neighbour"):
        html = page(office, who, f"/leaders/{boss.pk}/")
        assert "manager of ours kept 1 of 2 promises on time" in html
        for words in ("ours second promise", "ours team", "ours rule", "ours forum"):
            assert words in html
        assert (f'href="/people/{boss.pk}/"' in html) == (who != "neighbour")
    assert f'href="/leaders/{boss.pk}/"' in page(office, "clerk", "/commitments/kept/")
    assert f'href="/leaders/{boss.pk}/"' in page(office, "cdo", f"/people/{boss.pk}/")
    assert "Nothing yet." in page(office, "cdo", f"/leaders/{office.people['clerk'].pk}/")
    page(other, "cdo", f"/leaders/{boss.pk}/", 404)


def obstacle_of(office: Office) -> Obstacle:
    return obstacle(office)


def test_a_hope_is_taken_up_or_declined_and_its_person_told(office: Office, other: Office) -> None:
    of, cdo = hope(office), office.viewer("cdo")
    for who in ("clerk", "auditor"):
        with pytest.raises(NotAllowed):
            hope(office, who)
    for viewer in (office.viewer("manager"), office.viewer("clerk")):
        with acting(viewer), pytest.raises(NotAllowed):
            answer_hope(by=viewer, hope=of, outcome="need", answer="x", at=at(DAY))
    stranger = other.viewer("cdo")
    with acting(stranger), pytest.raises(Hope.DoesNotExist):
        answer_hope(by=stranger, hope=of, outcome="need", answer="x", at=at(DAY))
    with acting(cdo):
        answer_hope(by=cdo, hope=of, outcome="declined", answer="ours no", at=at(DAY))
        with pytest.raises(Invalid, match="answered already"):
            answer_hope(by=cdo, hope=of, outcome="need", answer="x", at=at(DAY))
        told = Notification.objects.get(kind="hope.answered")
        assert (told.person, told.body) == (office.people["manager"], "ours no")
    for who, seen in (("manager", True), ("cdo", True), ("auditor", True), ("clerk", False), ("neighbour", False)):
        assert ("ours hope" in page(office, who, "/hopes/")) == seen
    nobody = Viewer(sector=office.sector, person=None, held=cdo.held)
    with acting(nobody), pytest.raises(NotAllowed, match="Only people hope"):
        say_hope(by=nobody, unit=office.north, words="x", on=DAY)


def test_a_hope_that_is_taken_up_as_a_need_is_one_the_vision_rests_on(office: Office) -> None:
    of, cdo = hope(office), office.viewer("cdo")
    with acting(cdo):
        for given, field in (({"group": " ", "words": "x"}, "group"), ({"group": "x"}, "words")):
            with pytest.raises(Invalid) as refused:
                answer_hope(by=cdo, hope=of, outcome="need", answer="x", at=at(DAY), **given)
            assert refused.value.field == field
    client = signed_in(office, "cdo")
    address = f"/hopes/{of.pk}/answer/"
    assert "ours hope</textarea>" in client.get(address).content.decode()
    answers = {"outcome": "need", "group": "", "words": "", "answer": "ours yes"}
    refused_page = client.post(address, answers)
    assert refused_page.status_code == 422
    assert refused_page.content.decode().count('<li><a href="#id_') == 2
    answers |= {"group": "ours leaders", "words": "ours wanted"}
    assert client.post(address, answers)["location"] == "/hopes/"
    html = page(office, "neighbour", "/vision/")
    assert "ours leaders" in html
    assert "ours wanted" in html
    assert "A manager in ours north said what digital can do for them." in html
    assert "ours hope" not in html  # their own words are for who leads there
    assert "manager of ours" not in html
    assert 'href="/vision/#needs-h"' in page(office, "manager", "/hopes/")


def test_hopes_are_said_and_answered_on_pages(office: Office) -> None:
    client = signed_in(office, "manager")
    assert client.post("/hopes/new/", {"words": "ours page", "unit": ""}).status_code == 422
    assert client.post("/hopes/new/", {"words": "ours page", "unit": str(office.north.pk)})["location"] == "/hopes/"
    assert "1 hope waits to be taken up" in page(office, "manager", "/hopes/")
    with acting(System("a test")):
        of = Hope.objects.get()
    address = f"/hopes/{of.pk}/answer/"
    assert address in page(office, "cdo", "/hopes/")
    assert address not in page(office, "manager", "/hopes/")
    assert client.get(address).status_code == 403
    assert signed_in(office, "clerk").get(address).status_code == 404
    assert signed_in(office, "cdo").post(address, {"outcome": "idea", "answer": "ours yes"})["location"] == "/hopes/"
    html = page(office, "manager", "/hopes/?state=idea")
    assert "taken up as an idea" in html
    assert "ours yes" in html
    assert "ours page" not in page(office, "manager", "/hopes/?state=open")


def test_a_full_pack_asks_few_questions(office: Office, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    of = session(office)
    for number in range(8):
        promise(office)
        escalation(office)
        obstacle(office)
        duty(office)
        see(office, measure(office, objective(office, title=f"ours {number}")), DAY, 1.0)
    client = signed_in(office, "manager")
    with django_assert_max_num_queries(24):
        assert client.get(f"/steering/{of.pk}/").status_code == 200
    with django_assert_max_num_queries(30):
        assert client.get("/").status_code == 200
    with django_assert_max_num_queries(16):
        assert client.get(f"/leaders/{office.people['manager'].pk}/").status_code == 200
