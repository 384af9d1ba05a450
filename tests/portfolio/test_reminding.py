"""Who is told before a day passes, and whom a gate asks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.core.offices import DAY, Office
from tests.portfolio.undertaken import REVIEW, benefit, idea, mode, through, through_stop, undertaken
from vested.core.errors import NotAllowed
from vested.core.models import Notification
from vested.core.scope import System, acting
from vested.portfolio.actions import remind, review_benefit, waive
from vested.portfolio.models import Initiative

UNTIL = DAY + timedelta(days=40)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def reminded(office: Office, day: date, who: str = "cdo") -> int:
    viewer = office.viewer(who)
    with acting(viewer):
        return remind(by=viewer, at=noon(day))


def told(office: Office, kind: str) -> list[tuple[str, str]]:
    """Who was told of what, and where that is."""
    with acting(System("a test")):
        rows = Notification.objects.filter(sector=office.sector, kind=kind).select_related("person").order_by("pk")
        return [(row.person.code, row.url) for row in rows]


def waived(office: Office) -> Initiative:
    one, cdo = undertaken(office), office.viewer("cdo")
    with acting(cdo):
        waive(by=cdo, initiative=one, code="team", reason="ours reason", until=UNTIL, on=DAY)
    return one


def test_a_waivers_owner_is_told_two_weeks_before_and_once(office: Office) -> None:
    one = waived(office)
    assert reminded(office, UNTIL - timedelta(days=15)) == 0
    assert reminded(office, UNTIL - timedelta(days=14)) == 1
    assert reminded(office, UNTIL - timedelta(days=13)) == 0
    assert told(office, "waiver.ends") == [(office.people["clerk"].code, f"/portfolio/{one.pk}/gate/")]


def test_of_what_is_closed_or_has_run_out_nobody_is_told(office: Office) -> None:
    one = waived(office)
    assert reminded(office, UNTIL + timedelta(days=1)) == 0
    through_stop(office, one)
    assert reminded(office, UNTIL) == 0


def test_who_answers_for_a_benefit_is_told_on_its_day_and_again_on_the_next(office: Office) -> None:
    gain = benefit(office, idea(office))
    assert reminded(office, REVIEW - timedelta(days=1)) == 0
    assert reminded(office, REVIEW) == 1
    assert reminded(office, REVIEW + timedelta(days=1)) == 0
    assert told(office, "benefit.due") == [(office.people["clerk"].code, f"/portfolio/benefits/{gain.pk}/review/")]
    again, clerk = REVIEW + timedelta(days=90), office.viewer("clerk")
    with acting(clerk):
        gain.refresh_from_db()
        review_benefit(by=clerk, benefit=gain, found=3, words="ours", on=REVIEW, again_on=again)
    assert [reminded(office, again - timedelta(days=1)), reminded(office, again)] == [0, 1]


def test_only_who_decides_reminds_and_only_in_the_own_sector(office: Office, other: Office) -> None:
    waived(office)
    with pytest.raises(NotAllowed):
        reminded(office, UNTIL, "clerk")
    assert reminded(other, UNTIL) == 0
    assert told(office, "waiver.ends") == []


def test_a_gate_asks_those_who_judge_and_never_its_owner(office: Office) -> None:
    one = idea(office, owner=office.people["manager"])
    mode(office, one)
    through(office, one, "prepared")
    assert told(office, "gate.asked") == [(office.people["cdo"].code, f"/portfolio/{one.pk}/gate/")]
    two = undertaken(office, "A2")
    asked = [who for who, url in told(office, "gate.asked") if url == f"/portfolio/{two.pk}/gate/"]
    cdo, manager = office.people["cdo"].code, office.people["manager"].code
    assert asked[0] == cdo  # whether the money is there
    assert set(asked[1:]) == {cdo, manager}  # whether the people are free
