"""Pictures: each says what its figures say, and none forgets the first baseline."""

from datetime import date, timedelta
from decimal import Decimal

from tests.core.offices import DAY, Office
from tests.portfolio.undertaken import START, benefit, find, idea, mode, through, through_stop, undertaken
from tests.skills.pages import page
from vested.core.scope import acting
from vested.portfolio.actions import note_spending, rebaseline, waive
from vested.portfolio.models import Initiative
from vested.portfolio.models.following import Side
from vested.portfolio.queries.standing import expected_cost, look
from vested.portfolio.queries.thresholds import thresholds_of
from vested.portfolio.views.pictures import course, pipeline


def whole(one: Initiative) -> Initiative:
    return Initiative.objects.all().looked_at().get(pk=one.pk)


def test_the_pipeline_counts_each_stage_with_its_money(office: Office, other: Office) -> None:
    undertaken(office, "A1")
    undertaken(office, "A2")
    idea(office, "A3")
    idea(other, "A1")
    viewer = office.viewer("clerk")
    with acting(viewer):
        drawn = pipeline(viewer)
    counts = {row[0]: row[1] for row in drawn.rows[1:]}
    assert counts == {"idea": 1, "prepared": 0, "approved": 2, "in delivery": 0, "live": 0, "closed": 0}
    assert 'href="/portfolio/?stage=approved"' in drawn.html
    assert "€800 planned" in drawn.html


def test_what_was_spent_stands_beside_every_baseline(office: Office) -> None:
    one = undertaken(office)
    viewer = office.viewer("cdo")
    with acting(viewer):
        note_spending(by=viewer, initiative=one, quarter=START, amount=Decimal(150), source="ours", on=DAY)
        drawn = course(whole(one), DAY)
        assert drawn is not None
        assert drawn.rows[0] == ("By the end of", "Spent, then planned", "Baseline 1")
        assert [row[1:] for row in drawn.rows[1:]] == [(150, 100), (250, 200), (350, 300), (450, 400)]


def test_of_many_baselines_the_first_and_the_newest_are_drawn(office: Office) -> None:
    one, viewer = undertaken(office), office.viewer("cdo")
    for cost in (800, 1200, 1600, 2000):
        mode(office, one, cost=cost)
        with acting(viewer):
            rebaseline(by=viewer, initiative=one, why="ours", on=DAY)
    with acting(viewer):
        drawn = course(whole(one), DAY)
    assert drawn is not None
    assert drawn.rows[0][2:] == ("Baseline 1", "Baseline 4", "Baseline 5")
    assert drawn.rows[-1][1:] == (2000, 400, 1600, 2000)


def test_before_approval_there_is_nothing_to_draw(office: Office) -> None:
    one = idea(office)
    mode(office, one)
    with acting(office.viewer("cdo")):
        assert course(whole(one), DAY) is None
    assert "Money, beside what was frozen" not in page(office, "clerk", f"/portfolio/{one.pk}/")


def test_a_baseline_without_costs_is_told_and_not_drawn(office: Office) -> None:
    one, viewer = idea(office), office.viewer("cdo")
    mode(office, one, cost=0, costs=[])
    benefit(office, one)
    with acting(viewer):
        waive(by=viewer, initiative=one, code="costed", reason="ours", until=DAY + timedelta(days=9), on=DAY)
    through(office, one, "prepared")
    find(office, one, "funded")
    through(office, one, "approved")
    with acting(viewer):
        assert course(whole(one), DAY) is None
    assert "1 baseline, which nobody changes" in page(office, "clerk", f"/portfolio/{one.pk}/")


def test_what_was_stopped_costs_and_brings_nothing_more(office: Office) -> None:
    one, viewer = undertaken(office, stage="delivery"), office.viewer("cdo")
    through_stop(office, one)
    with acting(viewer):
        held = whole(one)
        assert expected_cost(held) == 100  # of the quarter it was stopped in
        sides = look(held, thresholds_of(viewer), date(2027, 6, 1))
        assert set(sides) == {Side.COST}
        drawn = course(held, DAY + timedelta(days=400))
    assert drawn is not None
    assert [row[1] for row in drawn.rows[1:]] == [100, None, None, None]
