"""Differences between states of a table, and core's own tables made so and put back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from tests.core.offices import DAY, Office, make_office
from vested.core.errors import Invalid
from vested.core.imports import staff, units
from vested.core.imports.tables import (
    Diff,
    Key,
    Row,
    TableImport,
    apply_all,
    asked,
    difference,
    digest_of,
    packed,
    register,
    tables,
    unpacked,
)
from vested.core.models import Membership, Person, Unit, UnitMove
from vested.core.scope import acting
from vested.core.viewer import Viewer
from vested.formats.sector_folder import BY_NAME, Report

NOW = timezone.now()
State = dict[Key, Row]

cells = st.one_of(st.none(), st.text(max_size=3), st.integers(0, 3), st.floats(0, 2), st.booleans())
states = st.dictionaries(st.tuples(st.sampled_from("abcdef")), st.tuples(cells, cells))


@given(states, states)
def test_a_difference_leads_there_and_back(now: State, wanted: State) -> None:
    diff = difference(now, wanted)
    assert applied(now, diff) == wanted
    assert applied(wanted, diff.back()) == now
    assert bool(diff) == (now != wanted)
    kept = unpacked(packed({"x": diff}))["x"]
    assert applied(now, kept) == wanted
    assert applied(wanted, kept.back()) == now


@given(states, states, states)
def test_a_digest_stands_for_what_would_change_and_from_what(now: State, other: State, wanted: State) -> None:
    one, two = difference(now, wanted), difference(other, wanted)
    if now == other:
        assert digest_of({"x": one}) == digest_of({"x": two})
    elif repr(packed({"x": one})) != repr(packed({"x": two})):
        assert digest_of({"x": one}) != digest_of({"x": two})


def applied(now: State, diff: Diff) -> State:
    after = {key: row for key, row in now.items() if key not in diff.removed}
    return {**after, **diff.added, **{key: new for key, (_old, new) in diff.changed.items()}}


def test_a_table_is_registered_once_and_knows_its_columns() -> None:
    before = tables()
    assert [table.name for table in before][:2] == ["units", "staff"]
    register(units.UNITS)
    assert tables() == before
    for table in before:
        assert {*table.keys, *table.columns} <= set(BY_NAME[table.table.name].by_name)


def test_a_table_is_read_where_every_required_column_is_there() -> None:
    enough = frozenset({"person_id", "name", "unit_id"})
    assert staff.STAFF.read_from({"staff": enough})
    assert not staff.STAFF.read_from({"staff": enough - {"name"}})
    assert not staff.STAFF.read_from({})


def test_columns_files_do_not_have_stay_as_they_are() -> None:
    now: State = {("a",): ("Old", "x@x"), ("b",): ("B", "b@x")}
    table = TableImport(
        "staff", "", str, ("person_id",), ("name", "email"), lambda: now,
        lambda _sector: {("a",): ("New", ""), ("c",): ("C", "")}, staff.apply,
    )  # fmt: skip
    sector = Report((), (), None).sector
    diff = asked(table, sector, {"staff": frozenset({"person_id", "name"})})  # type: ignore[arg-type]  # not looked at
    assert diff.changed == {("a",): (("Old", "x@x"), ("New", "x@x"))}
    assert diff.added == {("c",): ("C", "")}
    assert diff.removed == {("b",): ("B", "b@x")}
    diff = asked(table, sector, {"staff": frozenset({"person_id", "name", "email"})})  # type: ignore[arg-type]  # as above
    assert diff.changed == {("a",): (("Old", "x@x"), ("New", ""))}


@st.composite
def organisations(draw: st.DrawFn) -> tuple[State, State]:
    """Units in a tree, and people in them with managers."""
    codes = draw(st.lists(st.sampled_from(["u1", "u2", "u3", "u4", "u5"]), min_size=1, unique=True))
    tree: State = {}
    for place, code in enumerate(codes):
        above = draw(st.sampled_from([None, *codes[:place]]))
        tree[code,] = (draw(st.sampled_from(["One", "Two"])), draw(st.sampled_from(["agency", "team"])), above)
    names = draw(st.lists(st.sampled_from(["p1", "p2", "p3", "p4"]), unique=True))
    crew: State = {}
    for name in names:
        cells = (draw(st.sampled_from(["An", "Bo"])), draw(st.sampled_from(["", "a@x.example"])))
        manager = draw(st.sampled_from([None, *names]))
        crew[name,] = (*cells, draw(st.sampled_from(codes)), draw(st.sampled_from(["", "C"])), manager)
    return tree, crew


class MadeSoAndPutBack(TestCase):
    """Whatever the organisation was, it is the wanted one after, and again what it was when that is put back."""

    office: Office
    by: Viewer

    def setUp(self) -> None:
        """An office."""
        self.office = make_office("ours")
        self.by = self.office.viewer("cdo")

    @settings(max_examples=40, deadline=None)
    @given(organisations(), organisations(), st.booleans())
    def test_it(self, first: tuple[State, State], second: tuple[State, State], later: bool) -> None:  # noqa: FBT001 - drawn
        with acting(self.by):
            self.make(first, days=0)
            assert self.now() == first
            diffs = self.make(second, days=int(later))
            assert self.now() == second
            assert not any(self.diffs(second).values())
            apply_all({name: diff.back() for name, diff in diffs.items()}, by=self.by, at=NOW + timedelta(days=1))
            assert self.now() == first
            paths = {unit.code: unit.path for unit in Unit.objects.all()}
            for unit in Unit.objects.select_related("parent"):
                assert unit.path == f"{paths[unit.parent.code] if unit.parent else '/'}{unit.pk}/"

    def make(self, wanted: tuple[State, State], *, days: int) -> dict[str, Diff]:
        diffs = self.diffs(wanted)
        apply_all(diffs, by=self.by, at=NOW + timedelta(days=days))
        return diffs

    def diffs(self, wanted: tuple[State, State]) -> dict[str, Diff]:
        return dict(zip(("units", "staff"), map(difference, self.now(), wanted), strict=True))

    def now(self) -> tuple[State, State]:
        return units.current(), staff.current()


def test_who_changes_unit_keeps_the_time_before_and_who_leaves_is_not_deleted(office: Office) -> None:
    by = office.viewer("cdo")
    with acting(by):
        changed: State = {("clerk",): ("clerk", "", "south", "C", "cdo")}
        staff.apply(by=by, added={}, changed=changed, removed=[("neighbour",)], at=NOW)
        today = timezone.localdate(NOW)
        ended, now = Membership.objects.filter(person=office.people["clerk"]).order_by("pk")
        assert (ended.unit, ended.since, ended.until) == (office.north, DAY, today)
        assert (now.unit, now.since, now.until, now.grade) == (office.south, today, None, "C")
        assert now.manager == office.people["cdo"]
        gone = Membership.objects.get(person=office.people["neighbour"])
        assert gone.until == today
        assert Person.objects.filter(pk=gone.person_id).exists()
        staff.apply(by=by, added={("neighbour",): ("N", "", "north", "", None)}, changed={}, removed=(), at=NOW)
        back = Person.objects.get(code="neighbour")
        assert (back.name, back.version, back.find) == ("N", 2, "n neighbour")
        assert Person.objects.get(code="clerk").user == office.user("clerk")


def test_a_unit_that_moves_takes_those_below_along_and_its_move_is_kept(office: Office) -> None:
    by = office.viewer("cdo")
    with acting(by):
        Unit.objects.create(sector=office.sector, code="team", name="T", kind="team", parent=office.north, path="/x/")
        changed: State = {("north",): ("North", "agency", "south")}
        units.apply(by=by, added={}, changed=changed, removed=[("ministry",)], at=NOW)
        path = f"/{office.ministry.pk}/{office.south.pk}/{office.north.pk}/"
        assert Unit.objects.get(code="north").path == path
        team = Unit.objects.get(code="team")
        assert team.version == 2
        assert Unit.objects.finding("north").get().version == 2
        assert team.path == f"{path}{team.pk}/"
        move = UnitMove.objects.get()
        assert (move.unit, move.left, move.moved_on) == (office.north, office.ministry, timezone.localdate(NOW))
        assert Unit.objects.get(code="ministry").ended_on == timezone.localdate(NOW)


def test_no_unit_comes_below_itself(office: Office) -> None:
    by = office.viewer("cdo")
    with acting(by), pytest.raises(Invalid, match="below itself"):
        units.apply(by=by, added={}, changed={("ministry",): ("M", "ministry", "north")}, removed=(), at=NOW)


def test_many_rows_take_few_statements(office: Office, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    by = office.viewer("cdo")
    tree: State = {(f"u{n}",): ("U", "team", "ministry" if n == 0 else "u0") for n in range(100)}
    crew: State = {(f"p{n}",): ("P", "", f"u{n % 100}", "C", "p0") for n in range(400)}
    with acting(by):
        with django_assert_max_num_queries(12):
            units.apply(by=by, added=tree, changed={}, removed=(), at=NOW)
        with django_assert_max_num_queries(12):
            staff.apply(by=by, added=crew, changed={}, removed=(), at=NOW)
        moved = dict.fromkeys(crew, ("P", "", "u1", "D", None))
        with django_assert_max_num_queries(14):
            staff.apply(by=by, added={}, changed=moved, removed=(), at=NOW + timedelta(days=1))
        with django_assert_max_num_queries(8):
            staff.apply(by=by, added={}, changed={}, removed=list(crew), at=NOW + timedelta(days=2))
        assert not crew.keys() & staff.current().keys()
