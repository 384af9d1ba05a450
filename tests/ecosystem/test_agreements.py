"""Agreements are noted by who may, stand as their dates say, and behind a wall exist for who wears its hat."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.core.hats import counterparty, hat, wall, wearing
from tests.core.offices import DAY, Office, given, signed_in
from tests.direction.promises import at
from vested.core.errors import Invalid, NotAllowed
from vested.core.models import Event, Notification
from vested.core.scope import System, acting
from vested.core.viewer import Viewer
from vested.ecosystem.actions import end_agreement, make_agreement, remind_of_agreements, renew_agreement
from vested.ecosystem.models import Agreement
from vested.ecosystem.queries import agreements_listed

pytestmark = pytest.mark.django_db
END = date(2026, 12, 31)


def agreement(office: Office, who: str = "manager", viewer: Viewer | None = None, **changed: Any) -> Agreement:
    """The north has agreed something with the harbour, owned by who noted it."""
    by = viewer or office.viewer(who)
    words: dict[str, Any] = {
        "title": "ours dredging", "code": "A1", "counterparty": counterparty(office), "roles": "ours they dredge",
        "words": "ours text", "unit": office.north, "owner": None, "starts_on": DAY, "ends_on": END, **changed,
    }  # fmt: skip
    with acting(by):
        return make_agreement(by=by, **words)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (DAY - timedelta(days=1), "to_come"), (DAY, "running"), (END - timedelta(days=91), "running"),
        (END - timedelta(days=90), "ending"), (END, "ending"), (END + timedelta(days=1), "over"),
    ],
)  # fmt: skip
def test_how_it_stands_follows_from_its_dates(office: Office, day: date, state: str) -> None:
    agreement(office)
    viewer = office.viewer("clerk")
    with acting(viewer):
        assert agreements_listed(viewer, day).get().state == state


def test_it_is_renewed_and_ended_by_who_has_it_in_hand(office: Office) -> None:
    made, owner = agreement(office), office.viewer("manager")
    for who in ("clerk", "neighbour", "auditor"):
        viewer = office.viewer(who)
        with acting(viewer):
            with pytest.raises(NotAllowed):
                renew_agreement(by=viewer, agreement=made, ends_on=END.replace(year=2027))
            with pytest.raises(NotAllowed):
                end_agreement(by=viewer, agreement=made, why="x", on=DAY)
            with pytest.raises(NotAllowed):
                make_agreement(
                    by=viewer, title="x", code="", counterparty=counterparty(office), roles="x", words="x",
                    unit=office.north, owner=None, starts_on=DAY, ends_on=END,
                )  # fmt: skip
            with pytest.raises(NotAllowed):
                remind_of_agreements(by=viewer, at=at(DAY))
    with acting(owner):
        assert renew_agreement(by=owner, agreement=made, ends_on=END.replace(year=2027)).ends_on.year == 2027
        with pytest.raises(Invalid, match="must be after"):
            renew_agreement(by=owner, agreement=made, ends_on=END)
        end_agreement(by=owner, agreement=made, why="ours reason", on=DAY)
        with pytest.raises(Invalid, match="ended already"):
            end_agreement(by=owner, agreement=made, why="x", on=DAY)
        assert agreements_listed(owner, DAY).get().state == "over"
    with acting(office.viewer("cdo")):
        kinds = list(Event.objects.all().about(made).values_list("kind", flat=True))
    assert kinds == ["agreement.ended", "agreement.renewed", "agreement.made"]


def test_what_cannot_be_is_refused(office: Office, other: Office) -> None:
    with pytest.raises(Invalid, match="end on or after"):
        agreement(office, ends_on=DAY - timedelta(days=1))
    with pytest.raises(NotAllowed, match="another sector"):
        agreement(office, counterparty=counterparty(other))
    viewer = wearing(office, "manager", "inspector", name="ours shipyard")
    with pytest.raises(Invalid, match="towards somebody else"):
        agreement(office, viewer=viewer, wall=wall(office, "inspector", "ours shipyard"))


def test_its_owner_is_reminded_once(office: Office) -> None:
    agreement(office)
    itself = Viewer(sector=office.sector, person=None, held=office.viewer("cdo").held)
    with acting(itself):
        assert remind_of_agreements(by=itself, at=at(DAY)) == 0
        assert remind_of_agreements(by=itself, at=at(END - timedelta(days=30))) == 1
        assert remind_of_agreements(by=itself, at=at(END - timedelta(days=29))) == 0
        Agreement.objects.update(owner=None, reminded=False)
        assert remind_of_agreements(by=itself, at=at(END - timedelta(days=28))) == 1
        told = {row.person.code: row.title for row in Notification.objects.select_related("person")}
    assert told == dict.fromkeys(("manager", "cdo"), "“ours dredging” with ours harbour ends on 31 December 2026")


def test_behind_a_wall_it_exists_for_who_wears_the_hat(office: Office, other: Office) -> None:
    viewer = wearing(office, "manager", "inspector")
    made = agreement(office, viewer=viewer, wall=wall(office, "inspector"))
    open_ = agreement(office, title="ours open")
    for who in ("cdo", "manager", "auditor", "clerk"):
        client = signed_in(office, who)
        for address in (
            "/agreements/",
            "/agreements.ics",
            "/search/?q=ours",
            f"/counterparties/{counterparty(office).pk}/",
        ):
            page = client.get(address).content.decode()
            assert "ours dredging" not in page, address
            assert "ours open" in page, address
        assert client.get(f"/agreements/{made.pk}/").status_code == HTTPStatus.NOT_FOUND
        assert client.get(f"/api/v1/agreements/{made.pk}").status_code == HTTPStatus.NOT_FOUND
        assert client.get(f"/agreements/{open_.pk}/").status_code == HTTPStatus.OK
    assert signed_in(other, "cdo").get(f"/agreements/{open_.pk}/").status_code == HTTPStatus.NOT_FOUND
    with acting(System("a test")):
        own = viewer.wearing[0]
    client = signed_in(office, "manager")
    client.post("/me/hats/wear/", {"wear": own.pk})
    assert "ours dredging" in client.get("/agreements/").content.decode()
    assert "Only the inspector of ours harbour sees it" in client.get(f"/agreements/{made.pk}/").content.decode()


def test_it_is_noted_renewed_and_ended_on_pages(office: Office) -> None:
    client, today = signed_in(office, "manager"), localdate()
    words = {
        "title": "ours dredging", "counterparty": counterparty(office).pk, "roles": "ours", "words": "ours",
        "unit": office.north.pk, "starts_on": today.isoformat(), "ends_on": (today + timedelta(days=30)).isoformat(),
    }  # fmt: skip
    assert client.get("/agreements/new/").status_code == HTTPStatus.OK
    for wrong in ({"title": ""}, {"owner": "nobody at all"}, {"wall": "1"}, {"ends_on": "2020-01-01"}):
        assert client.post("/agreements/new/", {**words, **wrong}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = client.post("/agreements/new/", {**words, "owner": "clerk"}, follow=True).content.decode()
    assert "1 agreement ends soon" in page
    with acting(System("a test")):
        made = Agreement.objects.get()
    owner, url = signed_in(office, "clerk"), f"/agreements/{made.pk}/"
    assert "Renew it" in owner.get(url).content.decode()
    assert "Renew it" not in signed_in(office, "neighbour").get(url).content.decode()
    assert signed_in(office, "neighbour").post(f"{url}renew/").status_code == HTTPStatus.NOT_FOUND
    assert signed_in(office, "clerk").get("/agreements/new/").status_code == HTTPStatus.FORBIDDEN
    assert "is renewed." in owner.post(f"{url}renew/", {"ends_on": "2099-01-01"}, follow=True).content.decode()
    assert "has ended." in owner.post(f"{url}end/", {"why": "ours reason"}, follow=True).content.decode()
    assert "ours reason" in client.get(url).content.decode()
    assert client.get("/agreements/?name=dredging&state=over").content.decode().count("ours dredging") == 1
    assert b"ours dredging" in given(client.post("/agreements/", {"format": "csv"}))
    assert "History" in signed_in(office, "cdo").get(url).content.decode()


def test_a_long_list_takes_few_questions(office: Office, django_assert_max_num_queries: Any) -> None:
    for number in range(3):
        agreement(office, title=f"ours {number}")
    client = signed_in(office, "clerk")
    with django_assert_max_num_queries(10):
        client.get("/agreements/")
    with acting(System("a test")):
        Agreement.objects.bulk_create([
            Agreement(
                sector=office.sector, title=f"ours {n}", counterparty=counterparty(office), roles="x", words="x",
                starts_on=DAY, ends_on=END,
            )
            for n in range(20)
        ])  # fmt: skip
    with django_assert_max_num_queries(10):
        client.get("/agreements/")
    hat(office, "clerk", "client")
    assert client.get("/api/v1/agreements").json()["count"] == 23
