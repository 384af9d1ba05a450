"""Notifications: told in the transaction that does it, read by their person alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import gettext, gettext_lazy, override

from tests.core.offices import DAY, Office, signed_in
from vested.core.actions import end_grant, grant_role, move_person, read_notifications
from vested.core.errors import NotAllowed
from vested.core.models import Event, Notification
from vested.core.notifications import notify, waiting
from vested.core.permissions import Role
from vested.core.scope import System, acting

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def tell(office: Office, *names: str, title: str = "Look", url: str = "/me/") -> None:
    with acting(office.viewer("cdo")), transaction.atomic():
        people = [office.people[name] for name in names]
        notify(people, kind="x.done", title=title, body="Because.", url=url, at=NOON)


@pytest.mark.django_db
def test_each_is_told_once_and_sees_only_what_they_were_told(office: Office, other: Office) -> None:
    tell(office, "clerk", "manager", "clerk")
    for name, count in (("clerk", 1), ("manager", 1), ("cdo", 0)):
        viewer = office.viewer(name)
        with acting(viewer):
            assert waiting(viewer) == count
            assert Notification.objects.visible_to(viewer).count() == count
            assert Notification.objects.count() == 2  # the sector's; pages ask for visible_to
    with acting(other.viewer("clerk")):
        assert Notification.objects.count() == 0
    nobody = type(office.viewer("cdo"))(sector=office.sector, person=None)
    with acting(nobody):
        assert waiting(nobody) == 0
        assert not Notification.objects.visible_to(nobody).exists()


@pytest.mark.django_db
def test_nobody_of_another_sector_is_told(office: Office, other: Office) -> None:
    with acting(office.viewer("cdo")), pytest.raises(NotAllowed), transaction.atomic():
        notify([other.people["clerk"]], kind="x.done", title="Look", at=NOON)


@pytest.mark.django_db(transaction=True)
def test_nobody_is_told_of_what_may_not_happen(office: Office) -> None:
    with acting(office.viewer("cdo")), pytest.raises(transaction.TransactionManagementError):
        notify([office.people["clerk"]], kind="x.done", title="Look", at=NOON)


@pytest.mark.django_db
def test_one_or_all_are_read_and_only_one_s_own(office: Office) -> None:
    for _ in range(3):
        tell(office, "clerk", "manager")
    clerk, manager = office.viewer("clerk"), office.viewer("manager")
    with acting(clerk):
        mine = Notification.objects.visible_to(clerk)[0]
        theirs = Notification.objects.visible_to(manager)[0]
        assert read_notifications(by=clerk, at=NOON, only=theirs) == 0
        assert read_notifications(by=clerk, at=NOON, only=mine) == 1
        assert read_notifications(by=clerk, at=NOON + timedelta(days=1), only=mine) == 0
        assert Notification.objects.get(pk=mine.pk).read_at == NOON
        assert read_notifications(by=clerk, at=NOON) == 2
        assert (waiting(clerk), waiting(manager)) == (0, 3)
        assert not Event.objects.exists()


@pytest.mark.django_db
def test_the_inbox_shows_the_unread_first_and_opens_them(office: Office) -> None:
    client, manager = signed_in(office, "clerk"), signed_in(office, "manager")
    assert "Nobody has told you anything yet" in client.get("/notifications/").content.decode()
    tell(office, "clerk", title="First <b>", url="/units/")
    tell(office, "clerk", title="Second", url="https://evil.example/")
    with acting(System("a test")):
        first, second = Notification.objects.order_by("pk")
    page = client.get("/notifications/").content.decode()
    assert "2 notifications wait for you" in page
    assert page.index("Second") < page.index("First &lt;b&gt;")
    assert "waiting: </span>2</span>" in page
    assert manager.post(f"/notifications/{first.pk}/read/").status_code == 404
    assert client.get(f"/notifications/{first.pk}/read/").status_code == 405
    assert client.post(f"/notifications/{second.pk}/read/", {"open": "1"})["location"] == "/notifications/"
    page = client.get("/notifications/").content.decode()
    assert page.index("First &lt;b&gt;") < page.index("Second")
    assert client.post(f"/notifications/{first.pk}/read/", {"open": "1"})["location"] == "/units/"
    tell(office, "clerk")
    assert client.post("/notifications/read/")["location"] == "/notifications/"
    assert "No notification waits for you" in client.get("/notifications/").content.decode()


@pytest.mark.django_db
def test_who_is_moved_or_given_a_role_is_told(office: Office) -> None:
    cdo, clerk = office.viewer("cdo"), office.people["clerk"]
    with acting(cdo):
        move_person(by=cdo, person=clerk, to=office.south, on=DAY + timedelta(days=1), version=1)
        grant = grant_role(by=cdo, person=clerk, role=Role.MANAGER, unit=None, on=DAY)
        end_grant(by=cdo, grant=grant, on=DAY)
        told = Notification.objects.visible_to(office.viewer("clerk")).order_by("pk")
        assert [(one.kind, one.title, one.body) for one in told] == [
            ("person.moved", "You work in ours south from 6 January 2026", "cdo of ours moved you."),
            ("grant.given", "You are Manager for ours now", "cdo of ours gave you the role."),
            ("grant.ended", "You are no longer Manager for ours", "cdo of ours ended the role."),
        ]


@pytest.mark.django_db
def test_each_reads_it_in_their_own_language_whatever_was_spoken_where_it_was_told(office: Office) -> None:
    with acting(office.viewer("cdo")), transaction.atomic(), override("fr"):
        people = [office.people["clerk"]]
        notify(
            people, kind="x.done", title=gettext_lazy("You are %(role)s for %(unit)s now"), at=NOON,
            body=gettext_lazy("Please answer by %(day)s."),
            values={"role": Role.MANAGER, "unit": office.north, "day": DAY, "state": gettext_lazy("Open"), "n": 1234},
        )  # fmt: skip
        notify(people, kind="x.said", title="100 % of %(day)s", body="Open", at=NOON)
        one, own = Notification.objects.order_by("pk")
    assert one.title == "Vous êtes maintenant Manager pour ours north"
    for language, title, body in (
        ("en", "You are Manager for ours north now", "Please answer by 5 January 2026."),
        ("da", "Du er nu Leder for ours north", "Svar venligst senest 5. januar 2026."),
    ):
        with override(language):
            assert (str(one), one.words) == (title, body)
            assert (str(own), own.words) == ("100 % of %(day)s", "Open")
        client = signed_in(office, "clerk")
        client.cookies.load({"django_language": language})
        assert title in client.get("/notifications/").content.decode()
        said = client.get("/api/v1/notifications?sort=at").json()["items"]
        assert [(each["title"], each["body"]) for each in said] == [(title, body), ("100 % of %(day)s", "Open")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "read"),
    [(gettext_lazy("Manager"), "Leder"), (DAY, "5. januar 2026"), (1234, "1.234"), ("1.5 %", "1.5 %")],
)
def test_what_stands_in_it_is_read_so_too(office: Office, value: object, read: str) -> None:
    with acting(office.viewer("cdo")), transaction.atomic():
        title = gettext_lazy("Decide on “%(plan)s”")
        notify([office.people["clerk"]], kind="x", title=title, values={"plan": value}, at=NOON)
        told = Notification.objects.get()
    with override("da"):
        assert str(told) == gettext("Decide on “%(plan)s”") % {"plan": read}


@pytest.mark.django_db
def test_a_full_inbox_takes_few_questions(office: Office, django_assert_max_num_queries: Any) -> None:
    for number in range(60):
        tell(office, "clerk", title=f"Number {number}")
    client = signed_in(office, "clerk")
    with django_assert_max_num_queries(7):
        page = client.get("/notifications/").content.decode()
    assert page.count("Number ") == 50 * 3  # the title, and beside each of two buttons
