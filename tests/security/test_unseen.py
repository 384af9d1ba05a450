"""What stands behind a wall, and what another sector has, changes nothing for anybody else: no word and no count."""

import re

from django.test import Client

from tests.core.api.calls import LISTS
from tests.security.planted import behind, planted
from tests.security.policy import FILLED
from tests.security.walking import addresses, finished, routes
from vested.core.models import Wall
from vested.core.scope import System, acting
from vested.plans.queries.solved import forget
from vested.skills.queries.gaps.computed import unpacked

# What is another each time: the proof that a form is ours, and the moment.
OTHER = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|printed [^,<]+, [\d:]+|DTSTAMP:\w+|<updated>[^<]+')
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
