"""The life of a token: made once, shown once, used, ended; and never anybody else's."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from tests.core.api.calls import is_problem, secret_of, send
from tests.core.offices import Office, signed_in
from vested.core.actions import create_token, end_grant, revoke_token
from vested.core.actions.tokens import MOST
from vested.core.errors import Invalid, NotAllowed
from vested.core.models import Event, Grant, Token
from vested.core.scope import System, acting
from vested.core.timeline import told
from vested.core.tokens import digest_of

NOW = datetime.now(UTC)


def me(secret: str, client: Client | None = None, scheme: str = "Bearer") -> int:
    answer = send(client or Client(), "get", "/api/v1/me", Authorization=f"{scheme} {secret}")
    return int(answer.status_code)


@pytest.mark.django_db
def test_a_token_is_made_shown_once_used_and_revoked(office: Office) -> None:
    client = signed_in(office, "clerk")
    assert "You have made none" in client.get("/tokens/").content.decode()
    made = client.post("/tokens/", {"name": "My sheet", "days": "30", "read_only": "on"})
    found = re.search(r'value="(vested_[\w-]{43})"', made.content.decode())
    assert found
    assert "no-store" in made.headers["Cache-Control"]
    page = client.get("/tokens/").content.decode()
    assert found[1] not in page
    assert "My sheet" in page
    assert "never" in page
    answer = send(Client(), "get", "/api/v1/me", Authorization=f"Bearer {found[1]}")
    assert answer.json()["name"] == "clerk of ours"
    assert "sessionid" not in answer.cookies
    with acting(System("a test")):
        token = Token.objects.get()
    assert token.last_used_on == localdate()
    assert (token.digest, token.read_only) == (digest_of(found[1]), True)
    assert client.get(f"/tokens/{token.pk}/revoke/").status_code == 200
    assert client.post(f"/tokens/{token.pk}/revoke/").status_code == 302
    assert me(found[1]) == 401
    assert "revoked" in client.get("/tokens/").content.decode()
    again = client.post(f"/tokens/{token.pk}/revoke/")
    assert again.status_code == 422
    assert "revoked already" in again.content.decode()
    with acting(office.viewer("cdo")):
        events = Event.objects.order_by("number")
        assert [event.kind for event in events] == ["token.created", "token.revoked"]
        assert "My sheet" in told(events)[0][2]
        assert found[1] not in str(list(events.values()))


@pytest.mark.django_db
def test_a_token_is_nobody_elses(office: Office, other: Office) -> None:
    secret_of(office, "clerk")
    with acting(System("a test")):
        token = Token.objects.get()
    for client in (signed_in(office, "cdo"), signed_in(other, "clerk")):
        assert client.post(f"/tokens/{token.pk}/revoke/").status_code == 404
        assert "a sheet" not in client.get("/tokens/").content.decode()
    for viewer in (office.viewer("cdo"), other.viewer("cdo")):
        with acting(viewer), pytest.raises(Token.DoesNotExist):
            revoke_token(by=viewer, token=token, at=NOW)
    nobody = type(office.viewer("cdo"))(sector=office.sector, person=None)
    with acting(nobody):
        assert not Token.objects.visible_to(nobody).exists()
        with pytest.raises(NotAllowed):
            create_token(by=nobody, name="x", days=1, read_only=True, at=NOW)
    assert Client().get("/tokens/").status_code == 302


@pytest.mark.django_db
def test_a_token_ends_by_itself(office: Office) -> None:
    assert me(secret_of(office, "clerk", at=timezone.now() - timedelta(days=30, minutes=1))) == 401
    assert me(secret_of(office, "clerk", at=timezone.now() - timedelta(days=30, minutes=-5))) == 200
    assert "ended by itself" in signed_in(office, "clerk").get("/tokens/").content.decode()


@pytest.mark.django_db
def test_a_token_ends_with_the_account_of_its_person(office: Office) -> None:
    secret = secret_of(office, "clerk")
    user = office.user("clerk")
    user.is_active = False
    user.save()
    assert me(secret) == 401
    user.is_active = True
    user.save()
    assert me(secret) == 200
    with acting(System("a test")):
        user.delete()
    assert me(secret) == 401


@pytest.mark.django_db
def test_a_token_has_the_roles_held_today(office: Office) -> None:
    secret, cdo = secret_of(office, "manager"), office.viewer("cdo")

    def people() -> int:
        answer = send(Client(), "get", "/api/v1/people", Authorization=f"Bearer {secret}")
        return int(answer.json()["count"])

    assert people() == 2
    with acting(cdo):
        end_grant(by=cdo, grant=Grant.objects.get(person=office.people["manager"]), on=timezone.localdate())
    assert people() == 1


@pytest.mark.django_db
def test_who_brings_a_wrong_token_has_no_session_either(office: Office) -> None:
    secret, client = secret_of(office, "clerk"), signed_in(office, "cdo")
    answer = send(client, "get", "/api/v1/me", Authorization=f"Bearer {secret}")
    assert answer.json()["name"] == "clerk of ours"
    for wrong in (secret[:-1], secret + "x", "", "é", "\x00"):
        assert me(wrong, client) == 401
    assert me(secret, client, "Basic") == 401
    assert me(secret, scheme="bearer") == 200
    answer = Client().get("/people/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 302, "pages take none"


@pytest.mark.django_db
def test_the_day_of_use_is_written_once_a_day(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    secret = secret_of(office, "clerk")
    for expected in (1, 0):
        with django_assert_max_num_queries(expected + 4) as seen:
            assert me(secret) == 200
        assert len([one for one in seen.captured_queries if one["sql"].startswith("UPDATE")]) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("days", [0, -1, 366, 10**30])
def test_a_token_lasts_a_year_at_most(office: Office, days: int) -> None:
    clerk = office.viewer("clerk")
    with acting(clerk), pytest.raises(Invalid):
        create_token(by=clerk, name="x", days=days, read_only=True, at=NOW)
    refused = signed_in(office, "clerk").post("/tokens/", {"name": "Kept", "days": str(days)})
    assert refused.status_code == 422
    assert 'value="Kept"' in refused.content.decode()


@pytest.mark.django_db
def test_nobody_gathers_tokens_without_end(office: Office) -> None:
    clerk = office.viewer("clerk")
    with acting(clerk):
        for _ in range(MOST):
            create_token(by=clerk, name="x", days=1, read_only=True, at=NOW)
    refused = signed_in(office, "clerk").post("/tokens/", {"name": "x", "days": "365"})
    assert refused.status_code == 422
    assert "Revoke one" in refused.content.decode()


@pytest.mark.django_db
def test_an_account_of_no_sector_is_told_so(office: Office) -> None:
    client = signed_in(office, "clerk")
    with acting(System("a test")):
        office.people["clerk"].user = None
        office.people["clerk"].save()
    assert "No sector knows" in is_problem(client.get("/api/v1/me"), 403, "not-allowed")["detail"]
