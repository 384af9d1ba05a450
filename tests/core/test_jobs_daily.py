"""What is done once a day: once, for each sector, all or nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.core.offices import Office
from vested.core.jobs import daily, do_daily
from vested.core.models import Daily, Unit
from vested.core.scope import acting
from vested.core.viewer import Viewer

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Only one piece of work there is, and for which sectors it was done."""
    done: list[str] = []
    monkeypatch.setattr("vested.core.jobs.days._works", {})
    daily("test.say", lambda by, at: done.append(f"{by.sector.slug} {at:%d}"))
    return done


def test_it_is_done_once_a_day_for_each_sector(office: Office, other: Office, done: list[str]) -> None:
    assert [do_daily(NOON), do_daily(NOON + timedelta(hours=8)), do_daily(NOON + timedelta(days=1))] == [2, 0, 2]
    assert done == ["ours 06", "theirs 06", "ours 07", "theirs 07"]
    assert office.sector != other.sector


def test_two_workers_do_it_once(office: Office, done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The second looked before the first was done, and finds the row taken."""
    do_daily(NOON)
    monkeypatch.setattr("vested.core.jobs.days.set", lambda _rows: frozenset(), raising=False)
    assert do_daily(NOON) == 0
    assert done == ["ours 06"]
    assert office.sector.pk


def test_what_fails_leaves_nothing_and_is_tried_again(
    office: Office, other: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = [True]

    def work(by: Viewer, at: datetime) -> None:
        Unit.objects.filter(code="north").update(name=f"at {at:%H}")
        if by.sector == office.sector and broken:
            raise RuntimeError(broken.pop())

    monkeypatch.setattr("vested.core.jobs.days._works", {})
    daily("test.write", work)
    assert do_daily(NOON) == 1
    assert "test.write was not done for ours" in caplog.text
    assert [name(office), name(other)] == ["ours north", "at 12"]
    assert do_daily(NOON + timedelta(hours=1)) == 1
    assert [name(office), name(other)] == ["at 13", "at 12"]
    with acting(office.viewer("cdo")):
        assert [str(one) for one in Daily.objects.all()] == ["test.write done on 2026-01-06"]


def name(office: Office) -> str:
    with acting(office.viewer("cdo")):
        return Unit.objects.get(pk=office.north.pk).name
