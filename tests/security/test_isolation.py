"""A sample of what ``./run prove isolation`` sends: nothing leaks, each wall holds alone, what is taken away shows."""

import logging
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from pytest_django import DjangoDbBlocker

from tests.core.jobs_done import started
from tests.proofs.isolation.asking import Request
from tests.proofs.isolation.layers import without_code, without_sql
from tests.proofs.isolation.mutants import HOUSE, Mutant, all_mutants
from tests.proofs.isolation.proving import NOTED, Asked, Proof, everything, is_equal
from tests.proofs.isolation.world import ROLES, SECTORS, WHO, Who, World, made
from tests.security.planted import ours
from tests.security.policy import PERSONAL
from vested.core import search
from vested.core.errors import NoViewer
from vested.core.jobs import Work
from vested.core.jobs.kinds import kind_of
from vested.core.models import Person, Unit
from vested.core.scope import Scope, System, acting
from vested.core.search import Hit
from vested.core.viewer import Viewer
from vested.direction.models import Commitment

PART = 101  # of all requests, one in so many; a prime, so that it does not always meet the same route
POSTGRESQL = connection.vendor == "postgresql"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:  # noqa: ARG001 - pytest hands it in
    """Made once: what a test does to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield made()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def every(world: World) -> list[Asked]:
    return everything(world, most=1)


@pytest.fixture
def proof(world: World) -> Iterator[Proof]:
    logging.disable()  # each refusal would be a line
    yield Proof(world, each=1, more=3)
    logging.disable(logging.NOTSET)


def test_nothing_leaks_as_it_is(proof: Proof, every: list[Asked]) -> None:
    assert len(every) > 75_000
    assert {who for who, _request in every} == {Who("", ""), *(Who(name, *one) for name in SECTORS for one in WHO)}
    proof.walk(every[::PART], ())
    assert proof.found == []
    assert sum(bool(one.told) for one in proof.before.values()) > 20


def test_files_and_jobs_are_looked_into(proof: Proof, every: list[Asked]) -> None:
    """A list as a file, and what a job packed: they tell somebody of their own sector."""
    wanted = {("core:people", (("format", "xlsx"),)), ("core:people", (("format", "csv"),)), ("core:my-data", ())}
    asked = [
        (who, request)
        for who, request in every
        if who == Who("ours", "cdo") and request.method == "post" and (request.name, request.form) in wanted
    ]
    proof.walk(asked, ())
    assert proof.found == []
    assert len(proof.before) == len(wanted)
    assert all("person" in {kind for _at, kind, _pk in one.told} for one in proof.before.values())


def test_forms_are_filled_in(proof: Proof, every: list[Asked]) -> None:
    """So that actions are reached, not only their forms."""
    asked = [
        (who, request)
        for who, request in every
        if who == Who("ours", "cdo") and request.method == "post" and request.name == "direction:duty-meet"
    ]
    proof.walk(asked, ())
    assert HTTPStatus.FOUND in {one.status for one in proof.before.values()}


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no policies")
def test_without_the_code_the_database_keeps_sectors_apart(proof: Proof, every: list[Asked]) -> None:
    with without_code():
        assert proof.walk_sectors(every[::PART]) > 20
    assert proof.found == []


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no policies")
def test_without_the_policies_the_code_keeps_all_apart(proof: Proof, every: list[Asked]) -> None:
    with without_sql():
        proof.walk_code(every[::PART])
    assert proof.found == []


def test_without_either_it_leaks(proof: Proof) -> None:
    """So the walls are what holds, and the proof sees through where none is."""
    with without_code(), without_sql():
        proof.walk_sectors([(Who("ours", "clerk"), Request("core:people", "get", "/people/"))])
    assert any("of theirs" in said for said in proof.found)


def test_a_restriction_taken_away_shows(proof: Proof, every: list[Asked]) -> None:
    """Of an action, of a kind of thing, of a list, of a declaration."""
    mutants = all_mutants()
    assert len(mutants) > 400
    wanted = {
        ("vested/core/actions/units.py", "require("): "house",
        ("vested/core/models/people.py", "all of it visible"): "shown",
        ("vested/core/scope.py", "rows.filter(own)"): "" if POSTGRESQL else "shown",  # there the policies still hold
        ("vested/core/api/units.py", "require(viewer, Permission.UNIT_CHANGE"): "",  # the action refuses as well
        ("vested/core/models/people.py", "scope = Scope.PERSONAL"): "declared",
        ("vested/core/scope.py", "filter(open_to("): "shown",
        ("vested/core/models/jobs.py", "self.open_to(viewer)"): "shown",
        ("vested/direction/models/commitments.py", "walled_by = "): "declared",
    }
    paths = ("/people/", "/units/", "/search/?q=kanarietheirs", "/search/?q=kanarieours")
    looked = [one for one in every if one[1].address in paths or one[1].name == "core:job"]
    asked = [(who, request) for who, request in looked if request.method == "get"]
    asked += [one for one in every if one[1].name == "unit_rename"]
    chosen = {key: next(one for one in mutants if _is(one, *key)) for key in wanted}
    proof.walk(asked, {(str(one.file), one.function[1]) for one in chosen.values()})
    assert {key: proof.caught(one) for key, one in chosen.items()} == wanted
    twice = {key for key, one in chosen.items() if proof.is_held_twice(one)}
    assert ("vested/core/api/units.py", "require(viewer, Permission.UNIT_CHANGE") in twice
    assert ("vested/core/models/people.py", "scope = Scope.PERSONAL") not in twice


def test_a_wall_bypassed_in_search_shows(proof: Proof, every: list[Asked], monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that asks past the manager, within its sector, tells who wears no hat; the others find it as before."""

    def past(viewer: Viewer, words: str, limit: int) -> list[Hit]:
        rows: QuerySet[Commitment] = QuerySet(Commitment).filter(sector=viewer.sector, find__contains=words)
        return [Hit(str(row), "/") for row in rows[:limit]]

    asked = [one for one in every if one[1].address == "/search/?q=kanarieours"]
    proof.walk(asked, ())
    assert proof.found == []
    monkeypatch.setattr(search, "_sources", [*search._sources, search.Source("x", past)])
    proof.walk(asked, ())
    assert any("cdo, no hat, of commitment" in said for said in proof.found)


def test_each_hat_sees_behind_its_own_wall_only(proof: Proof, every: list[Asked]) -> None:
    """So that finding nothing of another's means something."""
    world = proof.world
    for hat, other in (("inspector", "customer"), ("customer", "inspector")):
        who = Who("ours", "manager", hat)
        addresses = {"/commitments/", "/decisions/", "/duties/"}
        proof.walk([one for one in every if one[0] == who and one[1].address in addresses], ())
        told = {world.behind.get((name, pk)) for one in proof.before.values() for _at, name, pk in one.told}
        viewer = world.viewers[who]
        assert viewer
        assert told - {None} == viewer.worn, (hat, other)
        proof.before.clear()
    assert proof.found == []


def _is(mutant: Mutant, file: str, what: str) -> bool:
    return str(mutant).startswith(f"{file}:") and what in mutant.what


def test_what_hides_nothing_is_no_restriction(proof: Proof, every: list[Asked]) -> None:
    """All units of a sector are for everybody in it: there, asking for what is visible changes nothing."""
    one = next(one for one in all_mutants() if _is(one, "vested/core/views/units.py", "visible_to("))
    asked = [one for one in every if one[0] in NOTED and one[1].name.startswith("core:unit")]
    proof.walk(asked, {(str(one.file), one.function[1])})
    assert proof.caught(one) == ""
    assert is_equal(proof.world, one)
    assert not proof.is_held_twice(one)


def test_what_is_personal_is_declared_to_be() -> None:
    assert {model.__name__ for model in ours() if model.scope is Scope.PERSONAL} == PERSONAL
    assert len(HOUSE) > 200


def test_a_job_that_runs_without_a_viewer_fails(world: World) -> None:
    """Its function asks for nobody, and nobody is answered; nor does an unscoped question find a row."""
    office = world.offices["ours"]
    job = started(office, "test.write")
    with pytest.raises(NoViewer):
        kind_of("test.write").function(Work(job, office.viewer("cdo")))
    with pytest.raises(NoViewer):
        Unit.objects.count()
    if POSTGRESQL:
        assert not QuerySet(Unit).exists()


def test_what_was_taken_away_is_back(proof: Proof) -> None:
    viewer = proof.world.viewers[Who("ours", "clerk")]
    assert viewer
    with acting(viewer):
        assert Person.objects.all().visible_to(viewer).count() == 1
        assert isinstance(Unit.objects.all(), QuerySet)
    with acting(System("count")):
        assert Person.objects.count() > len(ROLES)
