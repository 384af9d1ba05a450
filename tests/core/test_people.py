"""People: who sees whom, moving them, and giving and ending roles."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.core.offices import DAY, Office, signed_in
from vested.core.actions import end_grant, grant_role, move_person
from vested.core.errors import Invalid, NotAllowed
from vested.core.models import Event, Grant, Membership, Person, Unit
from vested.core.permissions import Role
from vested.core.scope import System, acting

LATER = DAY + timedelta(days=30)


def given(office: Office, name: str, role: Role, unit: Unit | None) -> Grant:
    with acting(System("a test")):
        return Grant.objects.create(sector=office.sector, person=office.people[name], role=role, unit=unit, since=DAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("cdo", {"cdo", "auditor", "manager", "clerk", "neighbour"}),
        ("manager", {"manager", "clerk"}),
        ("clerk", {"clerk"}),
    ],
)
def test_one_sees_the_people_one_may_see(office: Office, other: Office, name: str, seen: set[str]) -> None:
    client = signed_in(office, name)
    page = client.get("/people/").content.decode()
    for code, person in office.people.items():
        assert (f"{code} of ours</a>" in page) == (code in seen)
        assert client.get(f"/people/{person.pk}/").status_code == (200 if code in seen else 404)
    assert "theirs" not in page
    assert client.get(f"/people/{other.people['clerk'].pk}/").status_code == 404


@pytest.mark.django_db
def test_the_list_is_filtered_by_name_and_unit(office: Office) -> None:
    client = signed_in(office, "cdo")
    page = client.get(f"/people/?below={office.north.pk}&name=CLERK").content.decode()
    assert "clerk of ours</a>" in page
    assert "manager of ours</a>" not in page
    assert "Works in or below: ours north" in page
    nothing = client.get("/people/?name=qq").content.decode()
    assert "Nothing fits these filters" in nothing
    assert "Without filters there are 5 people." in nothing
    wrong = client.get("/people/?below=0").content.decode()
    assert 'role="alert"' in wrong
    assert "neighbour of ours</a>" in wrong


@pytest.mark.django_db
def test_one_s_own_page_is_one_step_away(office: Office) -> None:
    client = signed_in(office, "clerk")
    own = f"/people/{office.people['clerk'].pk}/"
    assert client.get("/me/")["location"] == own
    page = client.get(own).content.decode()
    assert "This is your page" in page
    assert "Holds no role" in page
    assert 'href="/me/"' in page
    assert '<h2 id="history-h">' not in page
    assert f"{own}move/" not in page


@pytest.mark.django_db
def test_a_person_s_page_shows_roles_and_history_to_whom_they_are_open(office: Office) -> None:
    url = f"/people/{office.people['manager'].pk}/"
    cdo, manager = (signed_in(office, name).get(url).content.decode() for name in ("cdo", "manager"))
    assert "End this role" in cdo
    assert "Give a role" in cdo
    assert "history-h" in cdo
    assert "For ours north and all below" in manager
    assert "End this role" not in manager
    assert "history-h" not in manager


@pytest.mark.django_db
def test_a_person_moves_and_where_they_worked_is_kept(office: Office) -> None:
    cdo, clerk = office.viewer("cdo"), office.people["clerk"]
    with acting(cdo):
        Membership.objects.filter(person=clerk).update(grade="A2")
        move_person(by=cdo, person=clerk, to=office.south, on=LATER, version=1)
        kept = Membership.objects.filter(person=clerk).order_by("since")
        assert [(m.unit, m.since, m.until, m.grade) for m in kept] == [
            (office.north, DAY, LATER - timedelta(days=1), "A2"),
            (office.south, LATER, None, "A2"),
        ]
        event = Event.objects.get(kind="person.moved")
        assert (event.old, event.new) == ({"unit": "ours north"}, {"unit": "ours south", "on": "2026-02-04"})


@pytest.mark.django_db
def test_a_person_of_no_unit_is_given_one(office: Office) -> None:
    cdo = office.viewer("cdo")
    with acting(cdo):
        new = Person.objects.create(sector=office.sector, code="new")
        assert move_person(by=cdo, person=new, to=office.south, on=DAY, version=1).unit == office.south
        assert Event.objects.get(kind="person.moved").old == {"unit": ""}
    assert "Works in ours south" in signed_in(office, "cdo").get(f"/people/{new.pk}/").content.decode()


@pytest.mark.django_db
def test_a_move_that_cannot_be_says_which_answer_is_wrong(office: Office) -> None:
    cdo, clerk = office.viewer("cdo"), office.people["clerk"]
    with acting(cdo):
        ended = Unit.objects.create(sector=office.sector, code="old", name="Old", kind="team", path="/9/", ended_on=DAY)
        for to, on, field in ((office.north, LATER, "to"), (ended, LATER, "to"), (office.south, DAY, "on")):
            with pytest.raises(Invalid) as refused:
                move_person(by=cdo, person=clerk, to=to, on=on, version=1)
            assert refused.value.field == field
        assert Membership.objects.filter(person=clerk).count() == 1


@pytest.mark.django_db
def test_a_move_needs_both_units(office: Office) -> None:
    given(office, "manager", Role.HR_OFFICER, office.north)
    manager = office.viewer("manager")
    with acting(manager):
        for who, to in (("clerk", office.south), ("neighbour", office.north)):
            with pytest.raises(NotAllowed):
                move_person(by=manager, person=office.people[who], to=to, on=LATER, version=1)
    for name in ("clerk", "auditor"):
        viewer = office.viewer(name)
        with acting(viewer), pytest.raises(NotAllowed):
            move_person(by=viewer, person=office.people["clerk"], to=office.south, on=LATER, version=1)


@pytest.mark.django_db
def test_a_role_is_given_and_ends_at_once(office: Office) -> None:
    cdo, clerk = office.viewer("cdo"), office.people["clerk"]
    with acting(cdo):
        grant = grant_role(by=cdo, person=clerk, role=Role.MANAGER, unit=office.south, on=DAY)
        with pytest.raises(Invalid):
            grant_role(by=cdo, person=clerk, role=Role.MANAGER, unit=office.south, on=LATER)
        assert [held.path for held in office.viewer("clerk").held] == [office.south.path]
        end_grant(by=cdo, grant=grant, on=DAY)
        assert office.viewer("clerk").held == ()
        with pytest.raises(Invalid):
            end_grant(by=cdo, grant=grant, on=DAY)
        newest = Event.objects.all().about(clerk)[0]
        assert (newest.kind, newest.old) == ("grant.ended", {"role": "manager", "unit": "ours south"})


@pytest.mark.django_db
def test_nobody_gives_themselves_a_role_and_a_job_of_the_office_may(office: Office) -> None:
    cdo = office.viewer("cdo")
    job = type(cdo)(sector=cdo.sector, person=None, held=cdo.held)
    with acting(cdo):
        with pytest.raises(NotAllowed):
            grant_role(by=cdo, person=office.people["cdo"], role=Role.AUDITOR, unit=None, on=DAY)
        assert grant_role(by=job, person=office.people["cdo"], role=Role.AUDITOR, unit=None, on=DAY).unit is None


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["manager", "clerk", "auditor", "other"])
def test_who_may_not_change_roles_changes_none(office: Office, other: Office, name: str) -> None:
    viewer = other.viewer("cdo") if name == "other" else office.viewer(name)
    grant = given(office, "clerk", Role.MANAGER, office.south)
    with acting(viewer):
        with pytest.raises(NotAllowed):
            grant_role(by=viewer, person=office.people["neighbour"], role=Role.CDO, unit=office.south, on=DAY)
        with pytest.raises((NotAllowed, Unit.DoesNotExist)):
            end_grant(by=viewer, grant=grant, on=LATER)


@pytest.mark.django_db
def test_the_last_officer_stays(office: Office) -> None:
    cdo = office.viewer("cdo")
    with acting(cdo):
        first = Grant.objects.get(role=Role.CDO)
        given(office, "clerk", Role.CDO, office.north)  # of a unit only: does not count
        with pytest.raises(Invalid, match="last Chief Digital Officer"):
            end_grant(by=cdo, grant=first, on=LATER)
        second = grant_role(by=cdo, person=office.people["neighbour"], role=Role.CDO, unit=None, on=DAY)
        end_grant(by=cdo, grant=first, on=LATER)
        with pytest.raises(Invalid, match="last Chief Digital Officer"):
            end_grant(by=cdo, grant=second, on=LATER)


@pytest.mark.django_db
def test_people_are_moved_and_roles_change_on_their_pages(office: Office) -> None:
    client, clerk = signed_in(office, "cdo"), office.people["clerk"]
    url, today = f"/people/{clerk.pk}/", localdate()
    late = client.post(f"{url}move/", {"to": office.south.pk, "on": today + timedelta(days=1), "version": 1})
    assert late.status_code == 422
    assert "or earlier" in late.content.decode()
    assert f'<option value="{office.south.pk}" selected>' in late.content.decode()
    assert client.post(f"{url}move/", {"to": office.south.pk, "on": today, "version": 1})["location"] == url
    assert client.post(f"{url}role/", {"role": "king"}).status_code == 422
    assert client.post(f"{url}role/", {"role": "manager", "unit": office.south.pk})["location"] == url
    with acting(System("a test")):
        grant = Grant.objects.get(person=clerk)
    assert "It ends at once" in client.get(f"/grants/{grant.pk}/end/").content.decode()
    assert client.post(f"/grants/{grant.pk}/end/")["location"] == url
    page = client.get(url).content.decode()
    for words in (
        "Moved from ours north to ours south",
        "Given the role Manager for ours south",
        "for ours south ended",
    ):
        assert words in page


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "seen"), [("manager", 403), ("neighbour", 404)])
def test_the_pages_that_change_people_are_for_who_may(office: Office, name: str, seen: int) -> None:
    client, clerk = signed_in(office, name), office.people["clerk"]
    grant = given(office, "clerk", Role.MANAGER, office.south)
    for url in (f"/people/{clerk.pk}/move/", f"/people/{clerk.pk}/role/", f"/grants/{grant.pk}/end/"):
        assert client.get(url).status_code == seen
        assert client.post(url, {"role": "cdo"}).status_code == seen


@pytest.mark.django_db
def test_a_long_list_and_a_full_page_take_few_questions(office: Office, django_assert_max_num_queries: Any) -> None:
    with acting(System("a test")):
        for number in range(60):
            person = Person.objects.create(sector=office.sector, code=f"p{number}", name="Nobody")
            Membership.objects.create(sector=office.sector, person=person, unit=office.north, since=DAY)
    client = signed_in(office, "cdo")
    with django_assert_max_num_queries(10):
        assert "1 to 50" in client.get("/people/?name=o").content.decode()
    with django_assert_max_num_queries(26):  # one keeps who looked; rooms with panels there ask sixteen
        client.get(f"/people/{office.people['clerk'].pk}/")


@pytest.mark.django_db
def test_the_list_of_people_downloads_and_says_so_in_history(office: Office) -> None:
    client = signed_in(office, "manager")
    answer = client.post(f"/people/?below={office.north.pk}&sort=-find", {"format": "csv"})
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]  # a file
    assert rows[1:] == ["manager of ours,manager,ours north,2026-01-05", "clerk of ours,clerk,ours north,2026-01-05"]
    with acting(office.viewer("cdo")):
        event = Event.objects.get()
        assert (event.by_name, event.new["rows"], event.subject_type) == ("manager of ours", 2, "core.sector")
    assert client.post("/people/", {"format": "pdf"}).status_code == 422
