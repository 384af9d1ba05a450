"""Hats are given by somebody else, kept apart by the rules, worn one at a time, and have pages that work plainly."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from hypothesis import given as those
from hypothesis import strategies as st

from tests.core.hats import counterparty, hat, wall, wearing
from tests.core.offices import DAY, Office, given, signed_in
from tests.core.test_walls import behind
from tests.direction.promises import at
from vested.core.actions import add_counterparty, create_token, give_hat, set_rules, take_hat, wear_hat
from vested.core.errors import Invalid, NotAllowed
from vested.core.hats import PAIRS, Rule, against_the_rules, rule_of, rules
from vested.core.models import Counterparty, Event, Hat, HatKind, Notification, Token, Wall
from vested.core.models.jobs import read
from vested.core.scope import System, acting

pytestmark = pytest.mark.django_db


def give(office: Office, who: str, kind: str, by: str = "cdo", **given: Any) -> Hat:
    """One gives another a hat."""
    viewer, towards = office.viewer(by), counterparty(office)
    words: dict[str, Any] = {"since": DAY, "until": None, "at": at(DAY), **given}
    with acting(viewer):
        return give_hat(by=viewer, person=office.people[who], counterparty=towards, kind=kind, **words)


def test_a_counterparty_is_named_with_all_its_walls(office: Office) -> None:
    cdo = office.viewer("cdo")
    with acting(cdo):
        added = add_counterparty(by=cdo, name="ours harbour", code="H1")
        assert set(Wall.objects.values_list("kind", flat=True)) == set(HatKind.values)
        with pytest.raises(Invalid, match="has this code"):
            add_counterparty(by=cdo, name="other", code="H1")
        assert Event.objects.all().about(added).get().kind == "counterparty.added"
    for who in ("manager", "auditor", "clerk"):
        viewer = office.viewer(who)
        with acting(viewer), pytest.raises(NotAllowed):
            add_counterparty(by=viewer, name="x", code="x")


def test_a_hat_is_given_and_told_and_taken(office: Office) -> None:
    made = give(office, "clerk", "inspector")
    with acting(office.viewer("clerk")):
        assert Notification.objects.get().title == "You have a hat now: inspector of ours harbour"
    cdo = office.viewer("cdo")
    with acting(cdo):
        take_hat(by=cdo, hat=made, at=at(DAY))
        with pytest.raises(Invalid, match="ended already"):
            take_hat(by=cdo, hat=made, at=at(DAY))
        kinds = list(Event.objects.all().about(counterparty(office)).values_list("kind", flat=True))
    assert kinds == ["hat.taken", "hat.given"]
    assert wearing(office, "clerk", "inspector").worn == frozenset()


@pytest.mark.parametrize("who", ["manager", "auditor", "clerk"])
def test_who_may_not_gives_and_takes_none(office: Office, who: str) -> None:
    made, viewer = hat(office, "neighbour", "client"), office.viewer(who)
    with pytest.raises(NotAllowed):
        give(office, "clerk", "client", by=who)
    with acting(viewer):
        with pytest.raises(NotAllowed):
            take_hat(by=viewer, hat=made, at=at(DAY))
        with pytest.raises(NotAllowed):
            set_rules(by=viewer, wanted={PAIRS[0]: Rule.ALLOWED})


def test_nobody_gives_themselves_a_hat(office: Office) -> None:
    with pytest.raises(NotAllowed, match="Nobody gives themselves"):
        give(office, "cdo", "client")


def test_nobody_gives_one_to_another_sector(office: Office, other: Office) -> None:
    viewer = office.viewer("cdo")
    with acting(viewer), pytest.raises(NotAllowed, match="another sector"):
        give_hat(
            by=viewer, person=other.people["clerk"], counterparty=counterparty(office), kind="client", since=DAY,
            until=None, at=at(DAY),
        )  # fmt: skip


def test_what_is_never_one_person_is_refused_with_the_reason(office: Office) -> None:
    give(office, "clerk", "customer")
    with pytest.raises(Invalid, match=r"is customer of ours harbour\. The rules say that one person is never both"):
        give(office, "clerk", "inspector")
    with pytest.raises(Invalid, match="is that already"):
        give(office, "clerk", "customer")
    with pytest.raises(Invalid, match="end on or after"):
        give(office, "clerk", "client", until=DAY.replace(year=2025))
    assert give(office, "clerk", "client").pk
    with acting(office.viewer("cdo")):
        assert against_the_rules(office.viewer("cdo"), on=DAY) == []


def test_the_rules_are_on_the_safe_side_until_somebody_says_otherwise(office: Office) -> None:
    cdo = office.viewer("cdo")
    with acting(cdo):
        now = rules()
        assert all(rule is Rule.NEVER for pair, rule in now.items() if "inspector" in pair)
        assert now["client", "partner"] is Rule.ALLOWED
        assert (
            set_rules(by=cdo, wanted={("customer", "inspector"): Rule.APART, ("client", "partner"): Rule.ALLOWED}) == 1
        )
        assert rules()["customer", "inspector"] is Rule.APART
        assert set_rules(by=cdo, wanted={("customer", "inspector"): Rule.APART}) == 0
    give(office, "clerk", "customer")
    give(office, "clerk", "inspector")
    with acting(cdo):
        set_rules(by=cdo, wanted={("customer", "inspector"): Rule.NEVER})
        assert [str(one.person) for one, _other in against_the_rules(cdo, on=DAY)] == ["clerk of ours"]


@those(st.sampled_from(HatKind.values), st.sampled_from(HatKind.values))
def test_a_rule_is_the_same_both_ways(one: str, other: str) -> None:
    said = dict.fromkeys(PAIRS, Rule.APART)
    assert rule_of(one, other, said) == rule_of(other, one, said)
    assert (rule_of(one, other, said) is Rule.ALLOWED) == (one == other)


def test_a_second_hat_that_is_kept_apart_waits_for_the_next_session(office: Office) -> None:
    first, second = hat(office, "clerk", "customer"), hat(office, "clerk", "client")
    free = hat(office, "clerk", "inspector", "ours shipyard")
    viewer = wearing(office, "clerk")
    with acting(viewer):
        assert wear_hat(by=viewer, hat=first, before=()) == first
        with pytest.raises(Invalid, match=r"you were customer of ours harbour already\. Sign out"):
            wear_hat(by=viewer, hat=second, before=[first.wall_id])
        assert wear_hat(by=viewer, hat=free, before=[first.wall_id]) == free
        assert wear_hat(by=viewer, hat=first, before=[first.wall_id]) == first
        with pytest.raises(NotAllowed, match="not yours"):
            wear_hat(by=viewer, hat=hat(office, "manager", "client"), before=())


def test_the_session_wears_it_until_it_is_taken_off(office: Office) -> None:
    made = behind(office, "manager")
    client, url = signed_in(office, "manager"), f"/commitments/{made.pk}/"
    with acting(System("a test")):
        own = Hat.objects.get(person=office.people["manager"])
    assert client.get(url).status_code == HTTPStatus.NOT_FOUND
    answer = client.post("/me/hats/wear/", {"wear": own.pk, "next": url}, follow=True)
    assert answer.redirect_chain == [(url, 302)]
    page = answer.content.decode()
    assert "ours secret" in page
    assert "Only the inspector of ours harbour sees it" in page
    assert "who wears its hat" in page
    for address in ("/commitments/", "/search/?q=secret", "/api/v1/commitments"):
        assert "ours secret" in client.get(address).content.decode(), address
        assert "ours secret" not in signed_in(office, "manager").get(address).content.decode(), address
        assert "ours secret" not in signed_in(office, "cdo").get(address).content.decode(), address
    assert b"ours secret" in given(client.post("/commitments/", {"format": "csv"}))
    assert b"ours secret" not in given(signed_in(office, "cdo").post("/commitments/", {"format": "csv"}))
    client.post("/me/hats/wear/", {"off": own.pk})
    assert client.get(url).status_code == HTTPStatus.NOT_FOUND


def test_a_session_refuses_the_hat_kept_apart_and_says_what_to_do(office: Office) -> None:
    first, second = hat(office, "clerk", "customer"), hat(office, "clerk", "client")
    client = signed_in(office, "clerk")
    client.post("/me/hats/wear/", {"wear": first.pk})
    client.post("/me/hats/wear/", {"off": first.pk})
    page = client.post("/me/hats/wear/", {"wear": second.pk}, follow=True).content.decode()
    assert "Sign out, sign in again, and choose this one first." in page
    assert "taken off in this session" in page
    again = signed_in(office, "clerk")
    assert (
        "You act as client of ours harbour now."
        in again.post("/me/hats/wear/", {"wear": second.pk, "next": "/me/hats/"}, follow=True).content.decode()
    )


@pytest.mark.parametrize("asked", ["0", "x", ""])
def test_a_hat_that_is_not_there_is_not_found(office: Office, asked: str) -> None:
    assert signed_in(office, "clerk").post("/me/hats/wear/", {"wear": asked}).status_code == HTTPStatus.NOT_FOUND


def test_a_token_wears_what_it_was_made_with(office: Office) -> None:
    made, viewer = behind(office, "manager"), wearing(office, "manager", "inspector")
    with acting(viewer):
        token, secret = create_token(by=viewer, name="ours", days=99, read_only=True, at=at(DAY))
        assert read(token.worn) == viewer.worn
    plain = office.viewer("manager")
    with acting(plain):
        _token, other = create_token(by=plain, name="ours", days=99, read_only=True, at=at(DAY))
    with acting(System("a test")):
        Token.objects.update(expires_at=at(DAY.replace(year=2036)))
    url = f"/api/v1/commitments/{made.pk}"
    assert Client().get(url, headers={"Authorization": f"Bearer {secret}"}).status_code == HTTPStatus.OK
    assert Client().get(url, headers={"Authorization": f"Bearer {other}"}).status_code == HTTPStatus.NOT_FOUND


def test_the_list_is_for_who_may_see_it(office: Office, other: Office, django_assert_max_num_queries: Any) -> None:
    for who in ("clerk", "manager", "neighbour"):
        hat(office, who, "client")
    client = signed_in(office, "auditor")
    with django_assert_max_num_queries(14):
        page = client.get("/hats/").content.decode()
    assert page.count("ours harbour") >= 3
    assert "Give a hat" not in page
    assert "neighbour of ours" not in client.get("/hats/?name=clerk+harbour").content.decode()
    assert "clerk of ours" in client.get("/hats/?kind=client&on=2026-03-01").content.decode()
    assert b"clerk of ours" in given(client.post("/hats/", {"format": "csv"}))
    assert signed_in(office, "clerk").get("/hats/").status_code == HTTPStatus.FORBIDDEN
    assert "ours harbour" not in signed_in(other, "cdo").get("/hats/").content.decode()


def test_a_hat_is_given_on_its_page_and_ended_on_another(office: Office) -> None:
    towards, client = counterparty(office), signed_in(office, "cdo")
    words = {"person": "clerk", "kind": "client", "counterparty": towards.pk, "since": "2026-01-05"}
    assert client.post("/hats/new/", {**words, "person": "nobody"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post("/hats/new/", {**words, "until": "x"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = client.post("/hats/new/", words, follow=True).content.decode()
    assert "clerk of ours is client of ours harbour." in page
    with acting(System("a test")):
        made = Hat.objects.get()
    assert "client of ours harbour" in client.get(f"/hats/{made.pk}/end/").content.decode()
    client.post(f"/hats/{made.pk}/end/")
    with acting(System("a test")):
        made.refresh_from_db()
    assert made.until
    assert "is no longer client" in client.get(f"/counterparties/{towards.pk}/").content.decode()


def test_a_counterparty_tells_each_what_they_may_see(office: Office, other: Office) -> None:
    made = hat(office, "clerk", "client")
    url = f"/counterparties/{made.wall.counterparty_id}/"
    assert "clerk of ours" in signed_in(office, "auditor").get(url).content.decode()
    assert "clerk of ours" in signed_in(office, "clerk").get(url).content.decode()
    page = signed_in(office, "neighbour").get(url).content.decode()
    assert "You are nothing to it." in page
    assert "clerk of ours" not in page
    assert signed_in(other, "cdo").get(url).status_code == HTTPStatus.NOT_FOUND
    assert "ours harbour" in signed_in(office, "clerk").get("/counterparties/?name=harbour").content.decode()
    assert signed_in(office, "clerk").get("/counterparties/new/").status_code == HTTPStatus.FORBIDDEN
    added = signed_in(office, "cdo").post("/counterparties/new/", {"name": "ours mill", "code": "M"}, follow=True)
    assert "ours mill is named." in added.content.decode()
    with acting(System("a test")):
        assert Counterparty.objects.filter(sector=office.sector).count() == 2


def test_the_rules_are_changed_as_a_table(office: Office) -> None:
    client = signed_in(office, "cdo")
    page = client.get("/hats/rules/").content.decode()
    assert page.count("<select") >= len(PAIRS)
    with acting(System("a test")):
        wanted = {f"{one}_{two}": Rule.APART.value for one, two in PAIRS}
    assert "pairs changed" in client.post("/hats/rules/", wanted, follow=True).content.decode()
    assert client.post("/hats/rules/", {}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    seen = signed_in(office, "auditor")
    assert "<select name=" not in seen.get("/hats/rules/").content.decode()
    assert seen.post("/hats/rules/", wanted).status_code == HTTPStatus.FORBIDDEN
    with acting(office.viewer("cdo")):
        assert set(rules().values()) == {Rule.APART}


def test_forms_offer_the_walls_of_hats_worn_and_no_others(office: Office) -> None:
    own, far = hat(office, "manager", "inspector"), wall(office, "client")
    plain, worn = signed_in(office, "manager"), signed_in(office, "manager")
    worn.post("/me/hats/wear/", {"wear": own.pk})
    url = "/commitments/new/"
    words = {
        "words": "ours word", "to_whom": "x", "due_on": "2099-01-01", "proof_is": "y", "unit": office.north.pk,
    }  # fmt: skip
    assert "Does it stand behind a wall?" not in plain.get(url).content.decode()
    assert "inspector of ours harbour" in worn.get(url).content.decode()
    for client, wanted in ((plain, own.wall_id), (worn, far.pk)):
        refused = client.post(url, {**words, "wall": wanted})
        assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    public = worn.post(url, {**words, "wall": own.wall_id, "public": "on"})
    assert "What is public stands behind no wall." in public.content.decode()
    assert worn.post(url, {**words, "wall": own.wall_id}).status_code == HTTPStatus.FOUND
    assert "ours word" in worn.get("/commitments/").content.decode()
    assert "ours word" not in plain.get("/commitments/").content.decode()
