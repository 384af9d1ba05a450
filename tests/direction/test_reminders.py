"""Those who lead a unit are reminded when its words on the vision have grown old, gently."""

from datetime import UTC, datetime, timedelta

from tests.core.offices import DAY, Office
from tests.direction.aims import aim
from vested.core.jobs import do_daily
from vested.core.models import Notification
from vested.core.scope import System, acting
from vested.direction.actions import remind_of_meanings, say_meaning

OLD = datetime(2027, 1, 5, 9, tzinfo=UTC)


def told(office: Office) -> list[str]:
    with acting(System("a test")):
        rows = Notification.objects.filter(sector=office.sector, kind="meaning.old").order_by("pk")
        return [one.person.code for one in rows]


def test_who_leads_the_unit_is_reminded_and_not_each_day(office: Office, other: Office) -> None:
    aim(office)
    manager = office.viewer("manager")
    cdo = office.viewer("cdo")
    with acting(manager):
        say_meaning(by=manager, unit=office.north, words="ours", on=DAY)
    with acting(cdo):
        say_meaning(by=cdo, unit=office.south, words="ours", on=DAY + timedelta(days=1))
        assert remind_of_meanings(by=cdo, at=OLD - timedelta(days=1)) == 0
        assert remind_of_meanings(by=cdo, at=OLD) == 1
        assert told(office) == ["manager"]
        assert remind_of_meanings(by=cdo, at=OLD + timedelta(days=1)) == 1  # the south's, which the CDO leads
        assert told(office) == ["manager", "cdo"]
        assert remind_of_meanings(by=cdo, at=OLD + timedelta(days=59)) == 0
        assert remind_of_meanings(by=cdo, at=OLD + timedelta(days=60)) == 1
    assert told(other) == []


def test_a_worker_does_it_once_a_day(office: Office) -> None:
    manager = office.viewer("manager")
    with acting(manager):
        say_meaning(by=manager, unit=office.north, words="ours", on=DAY)
    assert do_daily(OLD) > 0
    assert do_daily(OLD + timedelta(hours=3)) == 0
    assert told(office) == ["manager"]
