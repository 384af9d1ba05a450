"""What PostgreSQL keeps between sectors by itself: every test here asks it past the code that would filter."""

from collections.abc import Callable
from functools import partial
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models.sql import Query

from tests.core.offices import Office
from tests.security.planted import ours, planted
from vested.academy.models import Course, Outcome
from vested.core import policies
from vested.core.models import Membership, Person, Unit
from vested.core.scope import Scope, ScopedManager, SectorModel, System, acting
from vested.skills.models import Framework, Skill

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has policies on rows"),
]

# Tables of no sector, and why nobody has to be kept from them by a policy.
OPEN = {
    "core_sector": "the names of the sectors, which whoever works in two chooses between",
    "core_user": "accounts: who signs in is nobody's yet",
    "auth_group": "of Django, and empty: Vested has roles of its own",
    "auth_group_permissions": "as above",
    "auth_permission": "as above",
    "django_content_type": "the names of the models",
    "django_migrations": "which migrations the database has had",
    "django_session": "found by a key nobody can guess",
    "django_tasks_database_dbtaskresult": "bells: the id of a job, and nothing of it",
}


def rows(model: type[models.Model]) -> models.QuerySet[models.Model]:
    """All rows there are, as code would ask that forgot everything."""
    return models.QuerySet(model=model, query=Query(model))


def refused(write: Callable[[], object], said: str) -> None:
    """See that the database does not take it, at the latest when its transaction ends."""

    def written() -> None:
        with transaction.atomic():
            write()
            connection.check_constraints()

    with pytest.raises(IntegrityError, match=said):
        written()


def test_every_table_is_kept_or_said_to_be_open() -> None:
    assert policies.unkept(connection) == set(OPEN)


@pytest.mark.django_db(transaction=True)
def test_a_table_without_its_policy_is_found_and_mended() -> None:
    """What a model added without a migration of its policies would be."""
    with connection.cursor() as cursor:
        cursor.execute("DROP POLICY sector ON core_unit; ALTER TABLE core_grant NO FORCE ROW LEVEL SECURITY")
    found = policies.unkept(connection)
    call_command("migrate", verbosity=0)
    assert found - set(OPEN) == {"core_unit", "core_grant"}
    assert policies.unkept(connection) == set(OPEN)


def test_writing_them_twice_changes_nothing() -> None:
    def state() -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint UNION ALL "
                "SELECT polrelid::regclass::text, polname, pg_get_expr(polqual, polrelid) FROM pg_policy UNION ALL "
                "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal "
                "ORDER BY 1, 2, 3"
            )
            return list(cursor.fetchall())

    before = state()
    policies.write(connection)
    assert state() == before


def test_each_row_exists_for_its_sector_alone() -> None:
    """Every model there is, a row of each in two sectors, and no code in between."""
    offices = [planted("ours"), planted("theirs")]
    models_ = ours()
    assert len(models_) > 50
    for model in models_:
        assert not rows(model).exists(), f"{model.__name__}: nobody asks, and there are rows"
        for office in offices:
            with acting(office.viewer("clerk")):
                assert {row.sector_id for row in rows(model)} == {office.sector.pk}, model  # type: ignore[attr-defined]  # SectorModel
        with acting(System("count")):
            assert {row.sector_id for row in rows(model)} == {office.sector.pk for office in offices}  # type: ignore[attr-defined]  # as above


def test_what_a_sector_shares_is_there_for_all_to_read_and_for_it_to_change(office: Office, other: Office) -> None:
    with acting(System("a test")):
        shared = Framework.objects.create(sector=other.sector, name="theirs", shared=True)
        Framework.objects.create(sector=other.sector, name="their own")
    assert not rows(Framework).exists()
    with acting(office.viewer("cdo")):
        assert list(rows(Framework)) == [shared]
        assert rows(Framework).update(name="changed") == 0
        assert rows(Framework).delete() == (0, {})
    with acting(other.viewer("cdo")):
        assert rows(Framework).filter(pk=shared.pk).update(name="changed") == 1


def test_no_row_is_written_into_another_sector(office: Office, other: Office) -> None:
    with acting(office.viewer("cdo")):
        for model in (Person, Unit):
            assert rows(model).filter(sector=other.sector).update(name="spy") == 0
            assert rows(model).filter(sector=other.sector).delete() == (0, {})
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            rows(Person).bulk_create([Person(sector=other.sector, code="spy")])
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            rows(Person).filter(code="clerk").update(sector=other.sector)


def test_no_row_refers_across_sectors_whoever_writes_it(office: Office, other: Office) -> None:
    clerk = office.people["clerk"]
    with acting(System("a test")):
        for wrong in ({"unit": other.north}, {"manager": other.people["cdo"]}, {"sector": other.sector}):
            refused(partial(Membership.objects.filter(person=clerk).update, **wrong), "violates foreign key")
        Membership.objects.filter(person=clerk).update(unit=office.south, manager=office.people["cdo"])
        connection.check_constraints()


def test_what_another_sector_keeps_to_itself_is_referred_to_by_none(office: Office, other: Office) -> None:
    """And what it shares may be, also in bulk."""
    with acting(System("a test")):
        shared = Framework.objects.create(sector=other.sector, name="shared", shared=True)
        kept = Framework.objects.create(sector=other.sector, name="kept")
    with acting(office.viewer("cdo")):
        skill = Skill.objects.create(sector=office.sector, code="a", name="a", framework=shared)
        refused(
            partial(Skill.objects.create, sector=office.sector, code="b", name="b", framework=kept), "not its sector's"
        )
        refused(partial(Skill.objects.filter(pk=skill.pk).update, framework=kept), "not its sector's")
    with acting(System("a test")):
        mine = Course.objects.create(sector=other.sector, code="c", title="c", hours=1, cost=0)
        taught = partial(Outcome.objects.create, sector=other.sector, course=mine, to_level=1)
        refused(partial(taught, skill=skill), "not its sector's")


def test_every_reference_between_rows_is_kept() -> None:
    found = list(policies.references())
    assert len(found) > 100
    assert sum(one.shared for one in found) > 10
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype='f'"
        )
        keys = set(cursor.fetchall())
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal")
        triggers = set(cursor.fetchall())
    for one in found:
        to = f"{one.target}(sector_id, id) DEFERRABLE INITIALLY DEFERRED"
        if one.shared:
            assert {(one.table, f"of_sector_{one.column}_{event}") for event in ("insert", "update")} <= triggers
        else:
            assert (one.table, f"FOREIGN KEY (sector_id, {one.column}) REFERENCES {to}") in keys, one


def test_who_asks_is_told_anew_whatever_happens_to_a_transaction(office: Office, other: Office) -> None:
    def seen() -> set[int]:
        return set(rows(Unit).values_list("sector", flat=True))

    one, two = {office.sector.pk}, {other.sector.pk}
    with acting(office.viewer("clerk")):
        assert seen() == one
        with transaction.atomic(), acting(other.viewer("clerk")):
            assert seen() == two
            transaction.set_rollback(True)
        assert seen() == one
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT nothing")
        assert seen() == one
        with transaction.atomic(), acting(other.viewer("clerk")):
            assert seen() == two
        with acting(System("look")):
            assert seen() == one | two
        assert seen() == one
    assert seen() == set()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_each_statement_is_told_and_leaves_nothing(office: Office, other: Office) -> None:
    with acting(office.viewer("clerk")):
        assert {unit.sector_id for unit in rows(Unit)} == {office.sector.pk}  # type: ignore[attr-defined]  # SectorModel
        assert len(list(rows(Unit).iterator(chunk_size=1))) == 3
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT nothing")
    assert not rows(Unit).exists()
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('vested.sector', true)")
        assert cursor.fetchone()[0] in {None, ""}
    with acting(other.viewer("clerk")):
        assert {unit.sector_id for unit in rows(Unit)} == {other.sector.pk}  # type: ignore[attr-defined]  # as above


@pytest.mark.django_db(transaction=True)
def test_two_threads_are_told_apart(office: Office, other: Office) -> None:
    found: dict[str, set[int]] = {}

    def look(name: str, one: Office) -> None:
        with acting(one.viewer("clerk")):
            found[name] = set(rows(Unit).values_list("sector", flat=True))
        connection.close()

    threads = [Thread(target=look, args=(name, one)) for name, one in (("ours", office), ("theirs", other))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {"ours": {office.sector.pk}, "theirs": {other.sector.pk}}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("office", "other")
def test_a_migration_changes_the_rows_of_every_sector(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though its models have no viewer: the command looks over all of them."""
    changed: list[int] = []
    monkeypatch.setattr(
        "django.core.management.commands.migrate.Command.handle",
        lambda *_given, **_options: changed.append(rows(Unit).update(name="changed")),
    )
    call_command("migrate", verbosity=0)
    assert changed == [6]


def test_the_declarations_are_what_is_generated() -> None:
    """A shared model has two policies, any other one, whatever its scope; without a sector there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT polrelid::regclass::text, array_agg(polname::text ORDER BY polname) FROM pg_policy GROUP BY 1"
        )
        found = dict(cursor.fetchall())
    assert found == {
        model._meta.db_table: ["sector", "shared"] if model.scope is Scope.SHARED else ["sector"] for model in ours()
    }
    assert all(issubclass(model, SectorModel) and isinstance(model._default_manager, ScopedManager) for model in ours())
