"""What stands behind a wall, and what another sector has, changes nothing for anybody else: no word and no count."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.core.api.calls import LISTS
from tests.security.planted import behind, planted
from tests.security.policy import FILLED
from tests.security.walking import PARAMETER, addresses, finished, routes
from vested.core.models import Wall
from vested.core.scope import System, acting
from vested.plans.queries.solved import forget
from vested.skills.queries.gaps.computed import unpacked

# What is another each time: the proof that a form is ours, and the moment.
OTHER = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|printed [^,<]+, [\d:]+|DTSTAMP:\w+|<updated>[^<]+')
NEVER = 987_654_321  # a key of nothing
SEARCHED = ["/search/?q=kanarie", "/api/v1/search?q=kanarie"]


def answers(client: Client, every: list[str]) -> dict[str, tuple[int, bytes]]:
    """What each address answers."""
    unpacked.cache_clear()
    forget()
    found = {address: finished(client.get(address)) for address in every}
    return {address: (one.status_code, OTHER.sub(b"", one.read)) for address, one in found.items()}


def test_what_one_may_not_see_changes_nothing(db: None) -> None:  # noqa: ARG001 - pytest hands it in
    """To the letter, for who sees all else: so no list, count, search, figure or file tells that it is there."""
    office = planted("ours")
    client, viewer = Client(), office.viewer("cdo")
    client.force_login(office.user("cdo"))
    every = [address for route in routes() for _exists, address in addresses(route, FILLED, office, viewer)]
    every += SEARCHED + [call.path for call in LISTS if "{" not in call.path]
    every.sort(key=lambda one: one.endswith("/erase/"))  # last, since that counts who has looked so far
    before = answers(client, every)
    with acting(System("put something where it is not seen")):
        wall = Wall.objects.filter(sector=office.sector)[0]
    assert len(behind(office, wall)) > 15
    planted("theirs")
    after = answers(client, every)
    assert [address for address in every if before[address] != after[address]] == []


def test_what_stands_behind_a_wall_is_as_missing_as_what_never_was(db: None) -> None:  # noqa: ARG001 - as above
    """Its page answers the same, after the same questions: neither words nor time tell that it is there."""
    office = planted("ours")
    client = Client(raise_request_exception=False)
    client.force_login(office.user("cdo"))
    with acting(System("put something where it is not seen")):
        hidden = dict(behind(office, Wall.objects.filter(sector=office.sector)[0]).keys())
    told = 0
    for route in routes():
        models = [model for _place, model in route.keys(FILLED) if model]
        pk = hidden.get(str(models[0]._meta.model_name)) if len(models) == 1 else None
        if pk:
            there, never = (said(client, PARAMETER.sub(str(key), f"/{route.address}")) for key in (pk, NEVER))
            never = [one.replace(str(NEVER), str(pk)) for one in never]
            assert there == never, route.name
            told += 1
    assert told > 20


def said(client: Client, address: str) -> list[str]:
    """What an address answers, and asks of the database."""
    with CaptureQueriesContext(connection) as asked:
        answer = finished(client.get(address))
    words = OTHER.sub(b"", answer.read).decode()
    return [str(answer.status_code), words, *(re.sub("'[^']*'", "", one["sql"] or "") for one in asked)]
