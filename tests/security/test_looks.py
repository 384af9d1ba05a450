"""Who is shown something about somebody stands in the access log: found out by the canaries on every page."""

import pytest
from django.db import models
from django.test import Client

from tests.core.offices import Office
from tests.security.planted import canaries, planted, scoped
from tests.security.policy import FILLED, TOLD
from tests.security.walking import Asked, asked, routes
from vested.core.models import Look, Person
from vested.core.scope import Scope, System, acting
from vested.skills.queries.gaps.computed import unpacked

# Pages that name somebody who did something openly in their role.
OPENLY = {
    "core:imports": "who brought files",
    "direction:objective-change": "who owns an objective",
    "direction:obstacle-own": "who owns an obstacle",
    "portfolio:change": "who owns an initiative",
}


@pytest.fixture
def office(db: None) -> Office:  # noqa: ARG001 - pytest hands it in
    unpacked.cache_clear()
    return planted("ours")


def shown(one: Asked) -> set[int]:
    """The people whose own words a page shows, save those it may tell of openly."""
    if one.answer.streaming or one.answer.status_code != 200 or one.route.name in OPENLY:
        return set()
    people = set()
    for _sector, name, pk in canaries(one.answer.content.decode(errors="ignore")):
        model = scoped(name)
        if model is None or model.scope is not Scope.PERSONAL or (one.route.name, name) in TOLD:
            continue
        row = model._default_manager.filter(pk=pk).first()
        people |= {found} if (found := whose(row)) else set()
    return people


def whose(row: models.Model | None) -> int | None:
    """The person a row is of."""
    return row.pk if isinstance(row, Person) else getattr(row, "person_id", None)


@pytest.mark.parametrize("who", ["cdo", "manager"])
def test_whoever_is_shown_somebody_stands_in_the_log(office: Office, who: str) -> None:
    client, viewer = Client(), office.viewer(who)
    client.force_login(office.user(who))
    missing = []
    for one in asked(client, routes(), FILLED, office, viewer):
        with acting(System("look for it")):
            kept = set(Look.objects.values_list("person_id", flat=True))
            Look.objects.all().delete()
            others = shown(one) - {viewer.person.pk if viewer.person else 0}
        if others - kept:
            missing.append((one.route.name, sorted(others - kept)))
    assert missing == []
