"""What is wrong with an answer, by what existed for who asks before anything was changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from tests.proofs.isolation.asking import Request
from tests.proofs.isolation.world import PARTNER, Who, World
from tests.security.planted import WORD, canaries, scoped
from tests.security.policy import POLICY, TO_PARTNERS, TOLD
from tests.security.walking import REFUSED
from vested.core.models import Person
from vested.core.permissions import Permission
from vested.core.scope import Scope

SECRET = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
REFUSALS = REFUSED | {HTTPStatus.UNAUTHORIZED, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT}
# Operations that tell of people as the pages of the same things do, for the reasons in ``TOLD``, by how they begin.
OPENLY = (
    "benefit", "commitment", "contract", "days", "decision", "difference", "escalation", "events", "handover", "hope",
    "initiative", "mode", "objective", "observation", "obstacle", "retelling", "search_all", "system",
)  # fmt: skip

OWN = (
    "plans:plan-person",
    "plan_person",
)  # what the adopted plan is for somebody: theirs to see, though the plan is not

FACTS = {"direction:leader"}  # what somebody promised or did openly, whoever may not see them else
MINE = {"core:my-data"}  # what is kept about somebody is theirs to have, also what stands behind a wall
FOR_THEM = {"core:person-data"}  # and who answers for personal data packs it for them


def words(answer: Any) -> str:
    """All that an answer says: its page or file, where it leads, what is said there, and what its jobs came to."""
    said: bytes = answer.read
    if said[:2] == b"PK":
        try:
            with ZipFile(BytesIO(said)) as book:
                said = b" ".join(book.read(name) for name in book.namelist())
        except BadZipFile:
            pass
    there = getattr(getattr(answer, "wsgi_request", None), "_messages", None)
    told = " ".join(str(one) for one in getattr(there, "_queued_messages", ()))
    came = " ".join(words(one) for one in getattr(answer, "came", ()))
    whole = f"{said.decode(errors='ignore')} {answer.headers.get('Location', '')} {told} {came}"
    for typed in getattr(answer, "typed", ()):  # it stays in the form, whatever is there
        for one in WORD.finditer(typed):
            whole = whole.replace(one[0], "")
    return whole


def across(world: World, who: Who, answer: Any) -> Iterator[str]:
    """Words of another sector's rows, save those it shares."""
    for sector, name, pk in canaries(words(answer)):
        if sector != who.sector and pk not in world.shared.get(name, ()):
            yield f"tells {who.role or 'nobody'} of {who.sector or 'no sector'} of {name} {pk} of {sector}"


def within(world: World, who: Who, request: Request, answer: Any) -> Iterator[str]:
    """Words of what stands behind a wall, to who does not wear its hat; of people's rows that do not exist for one."""
    viewer, whose = world.viewers[who], set[int]()
    if request.name in FOR_THEM:
        whose = {key for model, key in request.rows if model is Person}
    elif request.name in MINE and viewer and viewer.person:
        whose = {viewer.person.pk}
    for sector, name, pk in canaries(words(answer)):
        if whose & world.about.get((name, pk), set()):
            continue
        wall = world.behind.get((name, pk))
        if wall and (viewer is None or wall not in (viewer.walls or ())):
            yield f"tells {who.role or 'nobody'}, {who.hat or 'no hat'}, of {name} {pk} behind a wall"
        model = scoped(name)
        told = (request.name, name) in TOLD or (name == "person" and request.name.startswith(OPENLY))
        if (
            sector == who.sector
            and model
            and model.scope is Scope.PERSONAL
            and not told
            and pk not in world.exist[who][model]
        ):
            yield f"tells {who.role} of {name} {pk}, which does not exist for {who.role}"


def outside(world: World, who: Who, request: Request, answer: Any) -> Iterator[str]:
    """To somebody of an organisation outside: any word but of what is shared with them, any page but theirs."""
    if who.role != PARTNER:
        return
    known = {str(model._meta.model_name): keys for model, keys in world.exist[who].items()}
    for sector, name, pk in canaries(words(answer)):
        if sector == who.sector and pk not in known.get(name, ()):
            yield f"tells a partner of {name} {pk}, which is not shared"
    if request.name not in TO_PARTNERS and answer.status_code != HTTPStatus.NOT_FOUND:
        yield f"answers a partner with {answer.status_code}"


def refusal(world: World, who: Who, request: Request, answer: Any) -> Iterator[str]:
    """What is answered though it has to be refused: for what does not exist, and without the permission."""
    status, viewer = answer.status_code, world.viewers[who]
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        yield f"breaks with {status}"
    if getattr(answer, "broke", ()):
        yield f"breaks in its job {answer.broke}"
    if viewer is None:
        return
    own = request.name in OWN and viewer.person is not None and (Person, viewer.person.pk) in request.rows
    gone = not own and any(
        pk not in world.exist[who][model] and not _reads_shared(world, model, pk) for model, pk in request.rows
    )
    gone = gone and not (request.name in FACTS and request.rows[0][1] in world.ids[Person][who.sector])
    if gone and status not in REFUSALS:
        yield f"answers {who.role} with {status} for what does not exist for {who.role}"
    needed = POLICY.get(request.name)
    if isinstance(needed, Permission) and not viewer.paths(needed) and status not in REFUSED:
        yield f"answers {who.role} with {status} without {needed}"


def faults(world: World, who: Who, request: Request, answer: Any) -> list[str]:
    """All of that."""
    found = [*across(world, who, answer), *within(world, who, request, answer), *refusal(world, who, request, answer)]
    found += outside(world, who, request, answer)
    return [f"{request.method} {request.address} ({request.name}) {said}" for said in found]


@dataclass(frozen=True)
class Shape:
    """An answer's status, whom it tells of, how many rows it changed of which table, and what it shows, hashed."""

    status: int
    told: frozenset[tuple[str, str, int]]
    changed: frozenset[tuple[str, int]]
    letters: str


def shape(answer: Any) -> Shape:
    said = words(answer)
    looked = answer.wsgi_request.method == "GET" and not answer.read.startswith(b"PK")
    letters = sha256(SECRET.sub("", said).encode()).hexdigest() if looked else ""
    return Shape(answer.status_code, frozenset(canaries(said)), frozenset(answer.changed.items()), letters)


def _reads_shared(world: World, model: Any, pk: int) -> bool:
    return pk in world.shared.get(str(model._meta.model_name), ())
