"""How an initiative stands is computed beside what was frozen; claims stand beside it, and differences stay listed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.offices import DAY, Office
from tests.portfolio.undertaken import mode, through_stop, undertaken
from vested.core.errors import Invalid, NotAllowed
from vested.core.jobs import do_daily
from vested.core.scope import System, acting
from vested.portfolio.actions import (
    claim,
    close_difference,
    note_differences,
    note_spending,
    rebaseline,
    review_benefit,
)
from vested.portfolio.models import Baseline, Difference, Initiative
from vested.portfolio.models.following import Side, Standing
from vested.portfolio.queries.quarters import later, quarter_of, span
from vested.portfolio.queries.shares import shares
from vested.portfolio.queries.standing import Seen, claimed, frozen, is_stale, look, worst
from vested.portfolio.queries.thresholds import thresholds_of

MAY, LATE = date(2026, 5, 4), date(2027, 2, 1)


def sides(office: Office, of: Initiative, day: date = DAY, beside: int = 0) -> dict[Side, Seen]:
    viewer = office.viewer("cdo")
    with acting(viewer):
        one = Initiative.objects.all().looked_at().get(pk=of.pk)
        base = next((row for row in one.baselines.all() if row.number == beside), None)
        return look(one, thresholds_of(viewer), day, beside=base)


def standings(office: Office, of: Initiative, day: date = DAY, beside: int = 0) -> list[str]:
    return [f"{side.value} {seen.standing.value}" for side, seen in sides(office, of, day, beside).items()]


def spend(office: Office, of: Initiative, quarter: date, amount: int, *, who: str = "clerk") -> None:
    viewer = office.viewer(who)
    with acting(viewer):
        note_spending(by=viewer, initiative=of, quarter=quarter, amount=Decimal(amount), source="ours books", on=MAY)


def say(office: Office, of: Initiative, who: str = "clerk", on: date = DAY, **given: str) -> None:
    viewer, words = office.viewer(who), dict.fromkeys(Side.values, "on_course") | given
    with acting(viewer):
        claim(by=viewer, initiative=of, words="ours claim", on=on, **words)


def freeze(office: Office, of: Initiative, who: str = "cdo") -> Baseline:
    viewer = office.viewer(who)
    with acting(viewer):
        return rebaseline(by=viewer, initiative=of, why="ours change", on=MAY)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_quarters_follow_one_another_without_gaps(day: date, count: int) -> None:
    first = quarter_of(day)
    assert first <= day < later(first, 1)
    assert later(later(first, count), 1) == later(first, count + 1)
    assert span(day, count) == [later(first, number) for number in range(count)]
    assert all(quarter_of(one) == one for one in span(day, count))


def test_nothing_stands_beside_nothing(office: Office) -> None:
    assert sides(office, undertaken(office, stage="prepared")) == {}


def test_what_goes_as_frozen_is_on_course(office: Office) -> None:
    one = undertaken(office)
    assert standings(office, one) == [f"{side} on_course" for side in Side.values]
    assert sides(office, one)[Side.COST].words == "€400 expected, €400 frozen."


@pytest.mark.parametrize(
    ("amount", "standing"), [(100, "on_course"), (140, "on_course"), (141, "watch"), (220, "watch"), (221, "off")]
)
def test_cost_is_what_was_spent_and_what_is_still_planned(office: Office, amount: int, standing: str) -> None:
    one = undertaken(office)
    spend(office, one, DAY, 7)
    spend(office, one, date(2026, 3, 31), amount)  # of one quarter the newest counts
    assert f"cost {standing}" in standings(office, one, MAY)
    assert sides(office, one, MAY)[Side.COST].share == pytest.approx((amount - 100) / 400)


def test_cost_that_nobody_notes_is_not_known(office: Office) -> None:
    one = undertaken(office)
    assert "cost on_course" in standings(office, one, date(2026, 7, 2))
    assert "cost unknown" in standings(office, one, date(2026, 7, 3))  # 92 days after the quarter
    spend(office, one, DAY, 100)
    assert "cost on_course" in standings(office, one, date(2026, 7, 3))


@pytest.mark.parametrize(
    ("day", "standing"),
    [(date(2027, 2, 6), "on_course"), (date(2027, 2, 7), "watch"), (date(2027, 4, 20), "watch"), (LATE, "on_course")],
)
def test_what_is_not_live_is_late_by_every_day_that_passes(office: Office, day: date, standing: str) -> None:
    assert f"schedule {standing}" in standings(office, undertaken(office), day)  # 365 days were frozen


def test_the_day_it_went_live_is_its_schedule(office: Office) -> None:
    one = undertaken(office, stage="live")
    assert sides(office, one, date(2029, 1, 1))[Side.SCHEDULE].share == pytest.approx(-361 / 365)


def test_a_plan_that_grows_is_seen_beside_what_was_frozen(office: Office) -> None:
    one = undertaken(office)
    mode(office, one, cost=1000, quarters=8, costs=[Decimal(125)] * 8)
    assert standings(office, one)[:2] == ["cost off", "schedule off"]


@pytest.mark.parametrize(("found", "standing"), [(90, "on_course"), (89, "watch"), (69, "off")])
def test_a_benefit_is_what_was_found(office: Office, found: int, standing: str) -> None:
    one = undertaken(office)
    viewer = office.viewer("clerk")
    with acting(viewer):
        economic, other = one.benefits.all()
        review_benefit(by=viewer, benefit=economic, found=found, words="w", on=MAY, again_on=None)
        review_benefit(by=viewer, benefit=other, found=found / 2, words="w", on=MAY, again_on=LATE)
        with pytest.raises(Invalid):
            review_benefit(by=viewer, benefit=other, found=1, words="w", on=MAY, again_on=MAY)
    assert standings(office, one, MAY)[2:] == [f"economic {standing}", f"other {standing}"]


def test_a_benefit_nobody_reviews_is_not_known(office: Office) -> None:
    one = undertaken(office)
    assert standings(office, one, date(2027, 1, 5))[2:] == ["economic on_course", "other on_course"]
    assert standings(office, one, date(2027, 1, 6))[2:] == ["economic unknown", "other unknown"]


def test_who_answers_for_a_benefit_reviews_it_and_no_stranger(office: Office, other: Office) -> None:
    benefit = undertaken(office).benefits
    for viewer in (office.viewer("neighbour"), office.viewer("auditor"), other.viewer("cdo")):
        with acting(System("a test")):
            row = benefit.get(economic=True)
        with acting(viewer), pytest.raises(NotAllowed):
            review_benefit(by=viewer, benefit=row, found=1, words="w", on=MAY, again_on=None)


def test_a_new_baseline_leaves_the_old_one_in_the_picture(office: Office, other: Office) -> None:
    one = undertaken(office)
    with pytest.raises(Invalid, match="Nothing is planned otherwise"):
        freeze(office, one)
    mode(office, one, cost=800)
    assert "cost off" in standings(office, one)
    for who in ("manager", "clerk", "auditor"):
        with pytest.raises(NotAllowed):
            freeze(office, one, who)
    with acting(other.viewer("cdo")), pytest.raises(NotAllowed):
        rebaseline(by=other.viewer("cdo"), initiative=one, why="w", on=MAY)
    assert freeze(office, one).number == 2
    assert "cost on_course" in standings(office, one)
    assert "cost off" in standings(office, one, beside=1)
    with acting(office.viewer("cdo")):
        whole = Initiative.objects.all().looked_at().get(pk=one.pk)
        assert [(row.number, float(row.cost)) for row in whole.baselines.all()] == [(1, 400.0), (2, 800.0)]
        last = frozen(whole)
        assert last
        for change in (last.delete, Baseline.objects.all().delete):
            with pytest.raises(ValueError, match="never deleted"):
                change()
        last.cost = Decimal(1)
        with pytest.raises(ValueError, match="never changed"):
            last.save()


def test_there_is_no_new_baseline_before_the_first_nor_of_ones_own(office: Office) -> None:
    with pytest.raises(Invalid, match="when it is approved"):
        freeze(office, undertaken(office, stage="prepared"))
    with pytest.raises(NotAllowed, match="You own it"):
        freeze(office, undertaken(office, "A2", stage="idea", owner=office.people["cdo"]))
    bare = undertaken(office, "A3")
    with acting(System("a test")):
        Initiative.objects.filter(pk=bare.pk).update(starts_on=None)
    with pytest.raises(Invalid, match="Choose the way"):
        freeze(office, bare)


def test_what_is_to_come_is_not_spent_and_only_those_it_concerns_note_it(office: Office, other: Office) -> None:
    one = undertaken(office)
    with pytest.raises(Invalid, match="must have begun"):
        spend(office, one, date(2026, 7, 1), 1)
    for who in ("auditor", "neighbour"):
        with pytest.raises(NotAllowed):
            spend(office, one, DAY, 1, who=who)
    with pytest.raises(NotAllowed):
        spend(other, one, DAY, 1, who="cdo")


def open_differences(office: Office) -> list[tuple[str, str, str]]:
    with acting(office.viewer("cdo")):
        rows = Difference.objects.filter(closed_on=None).order_by("side")
        return [(row.side, row.claimed, row.computed) for row in rows]


def test_a_claim_that_differs_is_listed_until_somebody_else_closes_it(office: Office, other: Office) -> None:
    one = undertaken(office)
    say(office, one)
    assert open_differences(office) == []
    mode(office, one, cost=800)
    at = datetime(2026, 1, 6, 9, tzinfo=UTC)
    assert do_daily(at) > 0
    assert open_differences(office) == [("cost", "on_course", "off")]
    say(office, one, cost="off")  # claiming the truth takes nothing off the list
    assert open_differences(office) == [("cost", "on_course", "off")]
    cdo = office.viewer("cdo")
    with acting(cdo):
        row = Difference.objects.get()
        for viewer in (office.viewer("manager"), office.viewer("clerk"), other.viewer("cdo")):
            with acting(viewer), pytest.raises(NotAllowed):
                close_difference(by=viewer, difference=row, why="w", on=DAY)
        close_difference(by=cdo, difference=row, why="ours reason", on=DAY)
        with pytest.raises(Invalid, match="closed already"):
            close_difference(by=cdo, difference=row, why="w", on=DAY)
        for change in (row.delete, Difference.objects.all().delete):
            with pytest.raises(ValueError, match="never deleted"):
                change()
        assert note_differences(by=cdo, at=at) == 0
    say(office, one)
    assert open_differences(office) == [("cost", "on_course", "off")]  # a new claim that differs is listed anew
    with acting(cdo):
        assert note_differences(by=cdo, at=at) == 0
    clerk = office.viewer("clerk")
    with acting(clerk), pytest.raises(NotAllowed):
        note_differences(by=clerk, at=at)


def test_a_difference_of_ones_own_is_closed_by_somebody_else(office: Office) -> None:
    one = undertaken(office)
    say(office, one, cost="off")
    with acting(System("a test")):
        Initiative.objects.filter(pk=one.pk).update(owner=office.people["cdo"])
        row = Difference.objects.select_related("initiative").get()
    cdo = office.viewer("cdo")
    with acting(cdo), pytest.raises(NotAllowed, match="You own it"):
        close_difference(by=cdo, difference=row, why="w", on=DAY)


def test_only_those_it_concerns_claim_and_a_claim_grows_old(office: Office, other: Office) -> None:
    one = undertaken(office)
    for home, who in ((office, "auditor"), (office, "neighbour"), (other, "cdo")):
        with pytest.raises(NotAllowed):
            say(home, one, who)
    say(office, one)
    cdo = office.viewer("cdo")
    with acting(cdo):
        last, rules = claimed(Initiative.objects.get(pk=one.pk)), thresholds_of(cdo)
    assert last
    assert not is_stale(last, rules, date(2026, 4, 7))
    assert is_stale(last, rules, date(2026, 4, 8))
    assert is_stale(None, rules, DAY)


def test_the_worst_side_counts() -> None:
    assert worst(["on_course", "watch", "unknown"]) is Standing.WATCH
    assert worst(["unknown", "on_course"]) is Standing.UNKNOWN
    assert worst([]) is Standing.UNKNOWN


def test_what_is_stopped_costs_no_more_and_is_not_late(office: Office) -> None:
    one = undertaken(office)
    spend(office, one, DAY, 100)
    through_stop(office, one)
    found = sides(office, one, LATE)
    assert Side.SCHEDULE not in found
    assert found[Side.COST].words == "€100 expected, €400 frozen."


def test_how_much_explores_is_counted_frozen_expected_and_spent(office: Office, other: Office) -> None:
    new, old = undertaken(office, "A1", kind="explore"), undertaken(office, "A2")
    undertaken(office, "A3", kind="explore", stage="idea")
    mode(office, new, cost=1200)
    spend(office, new, DAY, 60)
    spend(office, old, DAY, 40)
    cdo = office.viewer("cdo")
    with acting(cdo):
        found = shares(cdo)
    assert [(float(one.explore), float(one.exploit)) for one in found] == [(400.0, 400.0), (960.0, 340.0), (60.0, 40.0)]
    assert [one.share for one in found] == [0.5, pytest.approx(960 / 1300), 0.6]
    with acting(other.viewer("cdo")):
        assert [one.share for one in shares(other.viewer("cdo"))] == [None] * 3
