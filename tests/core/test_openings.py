"""Walls are opened by a second person, to look, for a while; and everything looked at is kept."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.utils import timezone

from tests.core.api.calls import send
from tests.core.hats import counterparty, hat
from tests.core.offices import Office, signed_in
from tests.core.test_walls import behind
from tests.direction.promises import top_leader
from vested.core.actions.openings import answer_opening, ask_for_opening, end_opening
from vested.core.errors import Invalid, NotAllowed
from vested.core.models import Event, Notification, Opening, OpeningLook
from vested.core.openings import opened
from vested.core.scope import System, acting
from vested.core.viewer import Viewer

pytestmark = pytest.mark.django_db


def asked(office: Office, who: str = "auditor", hours: int = 2) -> Opening:
    """Somebody asks to look."""
    viewer, towards = office.viewer(who), counterparty(office)
    with acting(viewer):
        return ask_for_opening(by=viewer, counterparty=towards, why="ours audit", hours=hours, at=timezone.now())


def granted(office: Office, by: str = "cdo", *, yes: bool = True, who: str = "auditor") -> Opening:
    """And somebody else lets them."""
    found, viewer = asked(office, who), office.viewer(by)
    with acting(viewer):
        return answer_opening(by=viewer, opening=found, granted=yes, words="ours law", at=timezone.now())


def test_who_looks_sees_behind_the_wall_and_each_page_is_kept(office: Office) -> None:
    made, found = behind(office), granted(office)
    client, url = signed_in(office, "auditor"), f"/commitments/{made.pk}/"
    assert client.get(url).status_code == HTTPStatus.NOT_FOUND
    client.post(f"/openings/{found.pk}/look/")
    assert "ours secret" in client.get(url).content.decode()
    assert "ours secret" in client.get("/search/?q=secret").content.decode()
    assert client.get("/commitments/999999/").status_code == HTTPStatus.NOT_FOUND
    with acting(System("a test")):
        kept = list(OpeningLook.objects.order_by("pk").values_list("path", "person"))
    pk = office.people["auditor"].pk
    assert kept == [(url, pk), ("/search/?q=secret", pk)]
    page = signed_in(office, "clerk").get(f"/openings/{found.pk}/").content.decode()
    assert "/search/?q=secret" in page
    assert "ours audit" in page
    assert signed_in(office, "auditor").get(url).status_code == HTTPStatus.NOT_FOUND
    client.post(f"/openings/{found.pk}/look/", {"stop": "1"})
    assert client.get(url).status_code == HTTPStatus.NOT_FOUND


def test_it_ends_by_itself_and_before_its_time(office: Office) -> None:
    made, found = behind(office), granted(office)
    client, url = signed_in(office, "auditor"), f"/commitments/{made.pk}/"
    client.post(f"/openings/{found.pk}/look/")
    assert client.get(url).status_code == HTTPStatus.OK
    with acting(System("a test")):
        person = office.people["auditor"]
        assert opened(person, found.pk, at=timezone.now())
        assert not opened(person, found.pk, at=timezone.now() + timedelta(hours=2, minutes=1))
        assert not opened(office.people["clerk"], found.pk, at=timezone.now())
        assert not opened(person, "x", at=timezone.now())
    client.post(f"/openings/{found.pk}/end/")
    assert client.get(url).status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"/openings/{found.pk}/look/").status_code == HTTPStatus.NOT_FOUND
    viewer = office.viewer("auditor")
    with acting(viewer), pytest.raises(Invalid, match="not open"):
        end_opening(by=viewer, opening=found, at=timezone.now())


def test_who_looks_changes_nothing(office: Office) -> None:
    made, found = behind(office), granted(office)
    client = signed_in(office, "auditor")
    client.post(f"/openings/{found.pk}/look/")
    answer = client.post(f"/commitments/{made.pk}/reply/", {"words": "ours"})
    assert answer.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


def test_a_second_person_decides(office: Office) -> None:
    found, cdo = asked(office, "cdo"), office.viewer("cdo")
    with acting(cdo), pytest.raises(NotAllowed, match="A second person"):
        answer_opening(by=cdo, opening=found, granted=True, words="x", at=timezone.now())
    office_itself = Viewer(sector=office.sector, person=None, held=cdo.held)
    with acting(office_itself), pytest.raises(NotAllowed, match="A second person"):
        answer_opening(by=office_itself, opening=found, granted=True, words="x", at=timezone.now())
    for who in ("auditor", "manager", "clerk"):
        viewer = office.viewer(who)
        with acting(viewer), pytest.raises(NotAllowed):
            answer_opening(by=viewer, opening=found, granted=True, words="x", at=timezone.now())
        with acting(viewer), pytest.raises(NotAllowed):
            end_opening(by=viewer, opening=found, at=timezone.now())
    top_leader(office)
    leader = office.viewer("neighbour")
    with acting(leader):
        assert answer_opening(by=leader, opening=found, granted=True, words="x", at=timezone.now()).granted
        with pytest.raises(Invalid, match="answered already"):
            answer_opening(by=leader, opening=found, granted=False, words="x", at=timezone.now())


def test_it_is_for_no_longer_than_the_sector_allows(office: Office) -> None:
    for hours in (0, 9):
        with pytest.raises(Invalid, match="From one hour to 8"):
            asked(office, hours=hours)
    office_itself = Viewer(sector=office.sector, person=None)
    with acting(office_itself), pytest.raises(NotAllowed, match="Only people"):
        ask_for_opening(by=office_itself, counterparty=counterparty(office), why="x", hours=1, at=timezone.now())


def test_it_stands_in_history_and_who_wears_the_hats_is_told(office: Office) -> None:
    hat(office, "clerk", "inspector")
    granted(office)
    with acting(office.viewer("cdo")):
        kinds = list(Event.objects.all().about(counterparty(office)).values_list("kind", flat=True))
    assert kinds == ["opening.granted", "opening.asked"]
    with acting(System("a test")):
        told = {(row.person.code, row.kind) for row in Notification.objects.select_related("person")}
    assert told == {("cdo", "opening.asked"), ("auditor", "opening.answered"), ("clerk", "opening.granted")}
    page = signed_in(office, "neighbour").get(f"/counterparties/{counterparty(office).pk}/").content.decode()
    assert "ours audit" in page


def test_refused_it_opens_nothing(office: Office) -> None:
    found = granted(office, yes=False)
    assert not found.is_open(timezone.now())
    assert "refused" in signed_in(office, "clerk").get(f"/openings/{found.pk}/").content.decode()
    assert signed_in(office, "auditor").post(f"/openings/{found.pk}/look/").status_code == HTTPStatus.NOT_FOUND


def test_it_is_asked_and_decided_on_pages(office: Office, other: Office) -> None:
    url = f"/counterparties/{counterparty(office).pk}/open/"
    client = signed_in(office, "auditor")
    assert client.post(url, {"why": "", "hours": "x"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post(url, {"why": "ours audit", "hours": "99"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post(url, {"why": "ours audit", "hours": "2"}).status_code == HTTPStatus.FOUND
    with acting(System("a test")):
        pk = Opening.objects.get().pk
    assert client.get(f"/openings/{pk}/answer/").status_code == HTTPStatus.FORBIDDEN
    decide = signed_in(office, "cdo")
    assert "Decide" in decide.get(f"/openings/{pk}/").content.decode()
    page = decide.post(f"/openings/{pk}/answer/", {"granted": "yes", "words": "ours law"}, follow=True)
    assert "It is decided, and auditor of ours is told." in page.content.decode()
    assert signed_in(other, "cdo").get(f"/openings/{pk}/").status_code == HTTPStatus.NOT_FOUND
    assert signed_in(other, "cdo").get(url).status_code == HTTPStatus.NOT_FOUND
    assert signed_in(office, "clerk").post(f"/openings/{pk}/end/").status_code == HTTPStatus.FORBIDDEN
    assert decide.post(f"/openings/{pk}/end/").status_code == HTTPStatus.FOUND


def test_for_how_long_at_most_is_said_by_who_gives_hats(office: Office, other: Office) -> None:
    url, api = "/hats/hours/", "/api/v1/opening-hours"
    cdo, clerk = signed_in(office, "cdo"), signed_in(office, "clerk")
    assert clerk.get(url).status_code == HTTPStatus.FORBIDDEN
    assert send(clerk, "post", api, {"hours": 3}).status_code == HTTPStatus.FORBIDDEN
    for wrong in ("", "x", "0", "169"):
        assert cdo.post(url, {"hours": wrong}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    told = cdo.post(url, {"hours": "3"}, follow=True).content.decode()
    assert "3 hours at most" in told
    assert "Walls are opened for 3 hours at most; before, for 8" in told
    assert "hats/hours" not in signed_in(office, "auditor").get("/hats/rules/").content.decode()
    ask, long = f"/counterparties/{counterparty(office).pk}/open/", {"why": "ours audit", "hours": "4"}
    assert "At most 3." in clerk.get(ask).content.decode()
    assert "From one hour to 3" in clerk.post(ask, long).content.decode()
    assert send(cdo, "post", api, {"hours": 4}).json() == {"hours": 4}
    assert clerk.get(api).json() == {"hours": 4}
    assert signed_in(other, "clerk").get(api).json() == {"hours": 8}
    assert clerk.post(ask, long).status_code == HTTPStatus.FOUND
