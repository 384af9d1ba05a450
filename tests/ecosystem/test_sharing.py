"""Who belongs outside sees what agreements that run share with them, and nothing else."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from tests.core.hats import counterparty, hat, wall, wearing
from tests.core.offices import Office, signed_in
from tests.ecosystem.outside import agreed, duty, partner, seeing, shared
from tests.security.planted import ours
from vested.academy.queries.catalogue import known
from vested.core.errors import Invalid, NotAllowed
from vested.core.models import Event, Look, Person
from vested.core.permissions import Permission, Role
from vested.core.scope import System, acting
from vested.direction.models import Duty
from vested.ecosystem.actions import end_agreement, share, unshare
from vested.ecosystem.models import Agreement, Share

pytestmark = pytest.mark.django_db
GONE = HTTPStatus.NOT_FOUND


def page(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


def test_nothing_exists_for_them_but_what_is_shared_and_themselves(office: Office) -> None:
    person, thing = partner(office), duty(office)
    duty(office, "ours other")
    one = agreed(office)
    agreed(office, title="ours unshared", counterparty=counterparty(office, "ours shipyard"))
    row = shared(office, one, thing)
    viewer = seeing(person)
    expected = {
        Agreement: {one.pk}, Share: {row.pk}, Duty: {thing.pk}, Person: {person.pk},
        type(one.counterparty): {one.counterparty_id},
    }  # fmt: skip
    with acting(viewer):
        exist = {model: set(model._default_manager.all().values_list("pk", flat=True)) for model in ours()}
        visible = {
            model: set(model._default_manager.all().visible_to(viewer).values_list("pk", flat=True))  # type: ignore[attr-defined]  # scoped
            for model in ours()
        }
    assert {model: keys for model, keys in exist.items() if keys} == expected
    assert {model: keys for model, keys in visible.items() if keys} == expected
    assert [held.role for held in viewer.held] == [Role.PARTNER]
    assert not any(viewer.may(one) or viewer.paths(one) for one in Permission)
    assert viewer.hats == ()


def test_they_see_it_on_their_first_page_and_on_one_of_its_own(office: Office) -> None:
    person, thing, one = partner(office), duty(office), agreed(office)
    row = shared(office, one, thing)
    client = signed_in(office, "pia")
    home = page(client, "/")
    for words in ("Shared with you", "ours dredging", "ours quay walls", "My data", "Sign out"):
        assert words in home
    for words in ("Search the sector", "My tokens", "My hats", "Objectives", "manager of ours"):
        assert words not in home
    told = page(client, f"/shared/{row.pk}/")
    for words in ("Harbour Act 4", "ours inspect them", "A law"):
        assert words in told
    for words in ("manager of ours", "ours north", "History", "Its own page"):
        assert words not in told
    assert "Its own page" in page(signed_in(office, "clerk"), f"/shared/{row.pk}/")
    with acting(System("a test")):
        looks = set(Look.objects.values_list("person__code", "by", "what", "about"))
    assert looks == {("manager", person.pk, "shared", "ours quay walls")}
    assert "What you shared outside: ours quay walls" in page(signed_in(office, "manager"), "/me/data/")
    assert client.get("/me/data/").status_code == HTTPStatus.OK


@pytest.mark.parametrize("way", ["over", "ended", "to come", "unshared", "let go", "other"])
def test_when_it_no_longer_runs_it_is_gone_at_once(office: Office, way: str) -> None:
    person, thing, one, today = partner(office), duty(office), agreed(office), localdate()
    row, manager = shared(office, one, thing), office.viewer("manager")
    client = signed_in(office, "pia")
    assert client.get(f"/shared/{row.pk}/").status_code == HTTPStatus.OK
    with acting(manager):
        match way:
            case "over":
                Agreement.objects.update(ends_on=today - timedelta(days=1))
            case "ended":
                end_agreement(by=manager, agreement=one, why="x", on=today)
            case "to come":
                Agreement.objects.update(starts_on=today + timedelta(days=1))
            case "unshared":
                unshare(by=manager, share=row)
            case "let go":
                Person.objects.filter(pk=person.pk).update(let_go_on=today)
            case "other":
                Agreement.objects.update(counterparty=counterparty(office, "ours shipyard"))
    gone = client.get(f"/shared/{row.pk}/")
    assert gone.status_code == GONE
    assert "Ask whoever let you in" in gone.content.decode()
    assert "ours quay walls" not in page(client, "/")
    with acting(seeing(person)):
        assert not Duty.objects.exists()


def test_on_its_last_day_it_is_still_there(office: Office) -> None:
    partner(office)
    one = agreed(office, ends_on=localdate())
    row = shared(office, one, duty(office))
    assert signed_in(office, "pia").get(f"/shared/{row.pk}/").status_code == HTTPStatus.OK


def test_it_is_shared_by_who_has_the_agreement_in_hand(office: Office, other: Office) -> None:
    thing, one = duty(office), agreed(office)
    for who in ("clerk", "neighbour", "auditor"):
        viewer = office.viewer(who)
        with acting(viewer), pytest.raises(NotAllowed):
            share(by=viewer, agreement=one, thing=thing, on=localdate())
    row = shared(office, one, thing)
    for who in ("clerk", "neighbour"):
        viewer = office.viewer(who)
        with acting(viewer), pytest.raises(NotAllowed):
            unshare(by=viewer, share=row)
    stranger = other.viewer("cdo")
    with acting(stranger), pytest.raises(NotAllowed):
        share(by=stranger, agreement=one, thing=thing, on=localdate())
    with pytest.raises(Invalid, match="already"):
        shared(office, one, thing)
    with pytest.raises(TypeError):
        shared(office, one, office.people["clerk"])
    viewer = office.viewer("cdo")
    with acting(viewer):
        end_agreement(by=viewer, agreement=one, why="x", on=localdate())
        one.refresh_from_db()
        with pytest.raises(Invalid, match="has ended"):
            share(by=viewer, agreement=one, thing=duty(office, "ours more"), on=localdate())
        unshare(by=viewer, share=row)
        told = list(Event.objects.all().about(one).values_list("kind", "by_name", "new", "old"))
    assert told[0] == ("agreement.unshared", "cdo of ours", {}, {"thing": "ours quay walls", "with": "ours harbour"})
    assert told[2][:3] == (
        "agreement.shared", "manager of ours", {"thing": "ours quay walls", "with": "ours harbour"},
    )  # fmt: skip


def test_what_is_behind_a_wall_is_shared_by_an_agreement_behind_the_same_one(office: Office) -> None:
    person, behind = partner(office), wall(office, "inspector")
    viewer = wearing(office, "manager", "inspector")
    hidden, plain = duty(office, "ours secret", wall=behind), agreed(office)
    with acting(viewer), pytest.raises(Invalid, match="behind a wall"):
        share(by=viewer, agreement=plain, thing=hidden, on=localdate())
    one = agreed(office, viewer=viewer, wall=behind, title="ours quiet")
    with acting(viewer):
        row = share(by=viewer, agreement=one, thing=hidden, on=localdate())
        assert row.wall_id == behind.pk
    assert signed_in(office, "pia").get(f"/shared/{row.pk}/").status_code == HTTPStatus.OK
    for who in ("cdo", "manager", "clerk"):
        assert signed_in(office, who).get(f"/shared/{row.pk}/").status_code == GONE
    with acting(seeing(person)), pytest.raises(NotAllowed, match="behind a wall"):
        hidden.save()


def test_it_is_shared_and_taken_away_on_pages(office: Office, other: Office) -> None:
    one, thing = agreed(office), duty(office)
    client, url = signed_in(office, "manager"), f"/agreements/{one.pk}/"
    assert "whom it is with sees nothing here" in page(client, url)
    assert client.get(f"{url}share/").status_code == HTTPStatus.OK
    for wrong in ({"kind": ""}, {"kind": "direction.duty"}, {"kind": "direction.duty", "words": "nothing of it"}):
        assert client.post(f"{url}share/", wrong).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    words = {"kind": "direction.duty", "words": "quay"}
    assert "is shared." in client.post(f"{url}share/", words, follow=True).content.decode()
    assert client.post(f"{url}share/", words).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    with acting(System("a test")):
        row = Share.objects.get()
    for who in ("clerk", "neighbour"):
        stranger = signed_in(office, who)
        assert "Share something" not in page(stranger, url)
        assert stranger.post(f"{url}share/", words).status_code == GONE
        assert stranger.post(f"/shared/{row.pk}/end/").status_code == GONE
    assert signed_in(other, "cdo").get(f"/shared/{row.pk}/").status_code == GONE
    assert "Share no longer" in page(client, url)
    assert "shared no longer." in client.post(f"/shared/{row.pk}/end/", follow=True).content.decode()
    again = shared(office, one, thing)
    with acting(System("a test")):
        Duty.objects.all().delete()
    assert client.get(f"/shared/{again.pk}/").status_code == GONE
    assert client.get(url).status_code == HTTPStatus.OK


def test_nobody_outside_becomes_one_of_the_sector(office: Office) -> None:
    from vested.core.actions import give_hat, grant_role, move_person  # noqa: PLC0415 - here alone

    person, by = partner(office), office.viewer("cdo")
    with acting(by):
        with pytest.raises(Invalid, match="organisation outside"):
            grant_role(by=by, person=person, role=Role.MANAGER, unit=None, on=localdate())
        with pytest.raises(Invalid, match="organisation outside"):
            move_person(by=by, person=person, to=office.north, on=localdate(), version=person.version)
        with pytest.raises(Invalid, match="organisation outside"):
            give_hat(
                by=by, person=person, counterparty=counterparty(office), kind="partner", since=localdate(), until=None,
                at=timezone.now(),
            )  # fmt: skip
        with pytest.raises(Invalid, match="Nobody is given"):
            grant_role(by=by, person=office.people["clerk"], role=Role.PARTNER, unit=None, on=localdate())
    assert "ours Pia" not in page(signed_in(office, "cdo"), "/people/")
    with acting(by):
        told = known(by)
    assert told
    assert told.people == len(office.people) - 1
    assert hat(office, "clerk", "partner").pk
