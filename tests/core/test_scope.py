"""A question without somebody who asks is refused, and nobody sees or writes another sector."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.test.utils import isolate_apps

from tests.core.offices import DAY, Office
from vested.core.apps import CoreConfig
from vested.core.checks import scopes
from vested.core.errors import NotAllowed, NoViewer
from vested.core.models import Grant, Membership, Person, Unit
from vested.core.permissions import Permission, Role, require
from vested.core.scope import Scope, ScopedManager, ScopedQuerySet, SectorModel, System, acting
from vested.skills.models import Framework

SCOPED = [model for model in apps.get_models() if issubclass(model, SectorModel)]


@pytest.mark.parametrize("model", SCOPED)
def test_nobody_asking_gets_nothing(model: type[SectorModel]) -> None:
    with pytest.raises(NoViewer):
        model._default_manager.all()


def test_a_shell_is_nobody_either() -> None:
    with pytest.raises(NoViewer):
        call_command("shell", "--no-imports", command="from vested.core.models import Person; Person.objects.all()")


@pytest.mark.django_db
def test_only_the_own_sector_exists(office: Office, other: Office) -> None:
    with acting(office.viewer("cdo")):
        assert {person.sector_id for person in Person.objects.all()} == {office.sector.pk}
        assert not Unit.objects.filter(pk=other.north.pk).exists()
        assert set(office.ministry.children.all()) == {office.north, office.south}
        with pytest.raises(Unit.DoesNotExist):
            Membership.objects.get(person=office.people["clerk"]).unit.__class__.objects.get(pk=other.north.pk)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor == "postgresql", reason="which refuses such a row: test_policies")
def test_a_related_object_of_another_sector_does_not_exist(office: Office, other: Office) -> None:
    with acting(System("a test")):
        Membership.objects.filter(person=office.people["clerk"]).update(unit=other.north)
    with acting(office.viewer("cdo")), pytest.raises(Unit.DoesNotExist):
        _ = Membership.objects.get(person=office.people["clerk"]).unit


@pytest.mark.django_db
def test_nothing_is_written_into_another_sector(office: Office, other: Office) -> None:
    with acting(office.viewer("cdo")):
        with pytest.raises(NotAllowed):
            Person.objects.create(sector=other.sector, code="spy")
        with pytest.raises(NotAllowed):
            Person.objects.bulk_create([Person(sector=other.sector, code="spy")])
        with pytest.raises(NotAllowed):
            other.north.delete()
        assert Unit.objects.filter(pk__in=[other.north.pk, office.north.pk]).update(name="x") == 1


@pytest.mark.django_db
def test_what_another_sector_shares_is_read_and_not_changed(office: Office, other: Office) -> None:
    with acting(System("a test")):
        Framework.objects.create(sector=other.sector, name="theirs", shared=True)
    with acting(office.viewer("cdo")):
        assert Framework.objects.get().name == "theirs"
        assert Framework.objects.update(name="changed") == 0
        assert Framework.objects.all().delete() == (0, {})
        with pytest.raises(NotAllowed):
            Framework.objects.get().save()
    with acting(other.viewer("cdo")):
        assert Framework.objects.update(name="changed") == 1
        assert Framework.objects.all().delete()[0] == 1
    assert not hasattr(Framework.objects, "delete")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("cdo", {"cdo", "auditor", "manager", "clerk", "neighbour"}),
        ("manager", {"manager", "clerk"}),
        ("auditor", {"auditor"}),
        ("clerk", {"clerk"}),
    ],
)
def test_people_are_seen_by_role_and_unit(office: Office, who: str, seen: set[str]) -> None:
    viewer = office.viewer(who)
    with acting(viewer):
        assert {person.code for person in Person.objects.all().visible_to(viewer)} == seen


@pytest.mark.django_db
def test_a_permission_reaches_down_the_tree_and_nowhere_else(office: Office, other: Office) -> None:
    manager = office.viewer("manager")
    require(manager, Permission.PEOPLE_SEE, on=office.north)
    for unit in (office.south, office.ministry, other.north, None):
        with pytest.raises(NotAllowed):
            require(manager, Permission.PEOPLE_SEE, on=unit)
    assert not office.viewer("cdo").may(Permission.PEOPLE_SEE, on=other.north)


@pytest.mark.django_db
def test_a_role_counts_only_while_it_is_held(office: Office) -> None:
    with acting(System("a test")):
        Grant.objects.filter(role=Role.MANAGER).update(until=DAY.replace(day=4))
    assert not office.viewer("manager").may(Permission.PEOPLE_SEE, on=office.north)


def test_every_model_there_is_passes_the_check() -> None:
    assert scopes(None) == []


@isolate_apps("vested.core")
def test_a_model_without_a_scope_fails_the_check() -> None:
    class Silent(models.Model):
        class Meta:
            app_label = "core"

    class Wrong(models.Model):
        scope = Scope.SECTOR

        class Meta:
            app_label = "core"

    class Escaping(SectorModel):
        class Meta:
            app_label = "core"

    class Leaking(SectorModel):
        class Meta(SectorModel.Meta):
            app_label = "core"

        objects = models.Manager["Leaking"]()

    class Aside(SectorModel):
        objects = ScopedManager.from_queryset(ScopedQuerySet)()
        everybody = models.Manager["Aside"]()

        class Meta(SectorModel.Meta):
            app_label = "core"

    class Between(SectorModel):
        silent = models.ManyToManyField(Silent)
        objects = ScopedManager.from_queryset(ScopedQuerySet)()

        class Meta(SectorModel.Meta):
            app_label = "core"

    class Hidden(SectorModel):
        scope = Scope.SHARED

        class Meta(SectorModel.Meta):
            app_label = "core"

    between: type[models.Model] = Between.silent.through
    planted: list[type[models.Model]] = [Silent, Wrong, Escaping, Leaking, Aside, Between, between, Hidden]
    for model in planted:
        model.__module__ = "vested.core.models.planted"

    class Config(CoreConfig):
        def __init__(self) -> None:
            pass

        def get_models(self, include_auto_created: bool = False, *_: bool) -> Iterator[type[models.Model]]:  # noqa: FBT001, FBT002 - Django's shape
            return iter([one for one in planted if include_auto_created or one is not between])

    assert [error.id for error in scopes([Config()])] == [f"vested.E00{number}" for number in (1, 2, 4, 5, 5, 1, 3)]


def test_personal_rows_are_seen_only_with_their_person(office: Office) -> None:
    """Whatever the model: nothing unless it says whose rows a viewer may see."""
    for who, seen in (("cdo", 5), ("manager", 2), ("clerk", 1)):
        with acting(office.viewer(who)):
            assert Membership.objects.visible_to(office.viewer(who)).count() == seen
            assert ScopedQuerySet(Membership).visible_to(office.viewer(who)).count() == 0
