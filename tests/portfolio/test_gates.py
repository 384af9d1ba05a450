"""Gates block: what is missing says what would satisfy it, and a waiver that has run out opens the gate again."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.core.offices import DAY, Office, signed_in
from tests.portfolio.undertaken import benefit, find, idea, mode, ready, show, through, through_stop, undertaken
from vested.core.errors import Invalid, NotAllowed
from vested.core.jobs import do_daily
from vested.core.models import Event, Notification
from vested.core.scope import System, acting
from vested.portfolio.actions import (
    GateClosed,
    close_initiative,
    draw_lines,
    name_block,
    pass_gate,
    reopen_gates,
    review_benefit,
    set_mode,
    wait_for,
    waive,
)
from vested.portfolio.models import Baseline, Initiative, Thresholds, Waiver
from vested.portfolio.queries.checks import CHECKS
from vested.portfolio.queries.gates import blocking, reopened
from vested.portfolio.queries.thresholds import thresholds_of

UNTIL = DAY + timedelta(days=30)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def missing(office: Office, of: Initiative, day: date = DAY) -> list[str]:
    """The codes of what keeps it from its next gate."""
    viewer = office.viewer("cdo")
    with acting(viewer):
        whole = Initiative.objects.all().gated().get(pk=of.pk)
        found = blocking(whole, thresholds_of(viewer), day)
        assert all(one.missing for one in found)
        return [one.check.code for one in found]


def grant(office: Office, of: Initiative, code: str, who: str = "cdo", until: date = UNTIL) -> Waiver:
    viewer = office.viewer(who)
    with acting(viewer):
        return waive(by=viewer, initiative=of, code=code, reason="ours reason", until=until, on=DAY)


def test_each_check_has_one_code_and_is_computed_or_judged() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    assert all((check.computed is None) == bool(check.judges) for check in CHECKS)


def test_an_idea_says_what_it_lacks_until_it_is_prepared(office: Office) -> None:
    one = idea(office, changes="")
    assert missing(office, one) == ["changes", "costed"]
    with pytest.raises(GateClosed, match=r"Say which process .* Say at least one way"):
        through(office, one, "prepared")
    mode(office, one, costs=[])
    assert missing(office, one) == ["changes", "costed"]
    mode(office, one)
    assert missing(office, one) == ["changes"]
    other = idea(office, "A2")
    mode(office, other)
    assert missing(office, other) == []
    assert through(office, other, "prepared").stage == "prepared"


def test_what_serves_nothing_and_is_nobodys_is_not_prepared(office: Office) -> None:
    from vested.core.models import Link  # noqa: PLC0415 - only here is one taken away

    one = idea(office)
    mode(office, one)
    with acting(System("a test")):
        Link.objects.all().delete()
        Initiative.objects.filter(pk=one.pk).update(owner=None)
    assert missing(office, one) == ["objective", "owner"]


def test_a_pilot_without_a_way_to_scale_never_passes(office: Office) -> None:
    one = idea(office)
    mode(office, one, "pilot")
    benefit(office, one)
    through(office, one, "prepared")
    find(office, one, "funded")
    assert missing(office, one) == ["pilot"]
    with pytest.raises(Invalid, match="never waived"):
        grant(office, one, "pilot")
    for given in (
        {"scaling_owner": office.people["manager"]},
        {"scaling_owner": office.people["manager"], "scaling_path": "ours budget"},
        {"scaling_path": "ours budget", "pilot_ends_on": UNTIL},
    ):
        mode(office, one, "pilot", **dict[str, Any](given))
        assert missing(office, one) == ["pilot"]
    mode(office, one, "pilot", **dict[str, Any](given, scaling_owner=office.people["manager"]))
    assert missing(office, one) == []


def test_what_starts_outside_its_window_or_before_what_it_needs_waits(office: Office) -> None:
    first, one = undertaken(office, "A1", stage="idea"), undertaken(office, "A2", stage="prepared")
    find(office, one, "funded")
    viewer = office.viewer("clerk")
    with acting(viewer):
        wait_for(by=viewer, initiative=one, needs=first)
        with pytest.raises(Invalid, match="said already"):
            wait_for(by=viewer, initiative=one, needs=first)
        with pytest.raises(Invalid, match="wait forever"):
            wait_for(by=viewer, initiative=first, needs=one)
        with pytest.raises(Invalid, match="wait forever"):
            wait_for(by=viewer, initiative=one, needs=one)
    assert missing(office, one) == ["waits"]
    with acting(System("a test")):
        Initiative.objects.filter(pk=one.pk).update(starts_on=date(2027, 1, 1))
    assert missing(office, one) == []
    with acting(System("a test")):
        Initiative.objects.filter(pk=one.pk).update(latest=date(2026, 6, 1))
    assert missing(office, one) == ["chosen"]
    with acting(System("a test")):
        Initiative.objects.filter(pk=one.pk).update(latest=None, earliest=date(2027, 6, 1))
    assert missing(office, one) == ["chosen"]
    with acting(System("a test")):
        Initiative.objects.filter(pk=one.pk).update(earliest=None, mode=None)
    assert missing(office, one) == ["chosen"]
    through_stop(office, first)
    with acting(System("a test")):
        Initiative.objects.filter(pk=one.pk).update(mode=one.modes.get())
    assert missing(office, one) == ["waits"]


def test_a_block_is_there_or_comes_in_time(office: Office) -> None:
    supplier, one = undertaken(office, "A1", stage="idea"), undertaken(office, "A2", stage="prepared")
    find(office, one, "funded")
    cdo = office.viewer("cdo")
    with acting(cdo):
        there = name_block(by=cdo, code="B1", name="ours block", exists=True)
        comes = name_block(by=cdo, code="B2", name="ours next", exists=False, supplied_by=supplier)
        never = name_block(by=cdo, code="B3", name="ours dream", exists=False)
    for blocks, found in (([there], []), ([there, comes], ["waits"]), ([never], ["waits"])):
        mode(office, one, blocks=blocks)
        assert missing(office, one) == found
    mode(office, one, blocks=[comes])
    with acting(System("a test")):
        Initiative.objects.filter(pk=supplier.pk).update(stage="live")
    assert missing(office, one) == []


def test_who_turns_into_a_pilot_without_a_way_to_scale_passes_no_later_gate(office: Office) -> None:
    one = undertaken(office)
    find(office, one, "team", "manager")
    mode(office, one, "pilot")
    assert missing(office, one) == ["pilot"]
    with pytest.raises(GateClosed, match="Say of the pilot"):
        through(office, one, "delivery")
    assert (
        "The plan has changed since: the gate is open again"
        in signed_in(office, "cdo").get(f"/portfolio/{one.pk}/gate/").content.decode()
    )
    with acting(office.viewer("cdo")):
        assert reopen_gates(by=office.viewer("cdo"), at=at(DAY)) == 1
    assert seen(office, one) == (DAY, ["clerk", "manager"])
    given = {"scaling_owner": office.people["manager"], "scaling_path": "ours budget", "pilot_ends_on": UNTIL}
    mode(office, one, "pilot", **dict[str, Any](given))
    assert through(office, one, "delivery").stage == "delivery"
    with acting(office.viewer("cdo")):
        assert reopen_gates(by=office.viewer("cdo"), at=at(DAY)) == 0
    assert seen(office, one)[0] is None


def test_what_grows_large_is_decided_on_before_its_next_gate(office: Office) -> None:
    one = undertaken(office)
    find(office, one, "team", "manager")
    mode(office, one, cost=2_000_000)
    assert missing(office, one) == ["architecture", "reuse"]
    find(office, one, "architecture")
    grant(office, one, "reuse")
    assert missing(office, one) == []
    assert missing(office, one, UNTIL + timedelta(days=1)) == ["reuse"]
    assert through(office, one, "delivery").stage == "delivery"


def test_benefits_need_an_owner_and_a_day(office: Office) -> None:
    one = idea(office)
    mode(office, one)
    through(office, one, "prepared")
    find(office, one, "funded")
    assert missing(office, one) == ["benefits"]
    added = benefit(office, one)
    assert missing(office, one) == []
    with acting(System("a test")):
        type(added).objects.filter(pk=added.pk).update(owner=None)
    assert missing(office, one) == ["benefits"]


def test_the_larger_need_a_decision_on_architecture_and_reuse(office: Office) -> None:
    one = undertaken(office, stage="prepared")
    find(office, one, "funded")
    assert missing(office, one) == []
    cdo = office.viewer("cdo")
    with acting(cdo):
        lines = {
            "watch": 0.1, "off": 0.3, "stale_days": 92, "increment_days": 42, "explore_least": 0.1,
            "explore_most": 0.4,
        }  # fmt: skip
        drawn = draw_lines(by=cdo, thresholds=Thresholds(sector=office.sector), version=1, large_from=400, **lines)  # type: ignore[arg-type]  # as given
    assert missing(office, one) == ["architecture", "reuse"]
    find(office, one, "architecture")
    find(office, one, "reuse", met=False)
    assert missing(office, one) == ["reuse"]
    find(office, one, "reuse")
    assert missing(office, one) == []
    with acting(cdo):
        for wrong in ({"off": 0.05}, {"explore_most": 0.05}):
            with pytest.raises(Invalid):
                draw_lines(by=cdo, thresholds=drawn, version=1, large_from=401, **{**lines, **wrong})  # type: ignore[arg-type]  # as given
        again = draw_lines(by=cdo, thresholds=drawn, version=1, large_from=401, **lines)  # type: ignore[arg-type]  # as given
    assert again.version == 2
    manager = office.viewer("manager")
    with acting(manager), pytest.raises(NotAllowed):
        draw_lines(by=manager, thresholds=again, version=2, large_from=1, **lines)  # type: ignore[arg-type]  # as given


@pytest.mark.parametrize("who", ["manager", "auditor", "clerk", "neighbour"])
def test_only_a_named_role_judges_and_never_who_owns_it(office: Office, who: str) -> None:
    one = undertaken(office, stage="prepared")
    with pytest.raises(NotAllowed):
        find(office, one, "funded", who)
    own = undertaken(office, "A2", stage="prepared", owner=office.people["cdo"])
    with pytest.raises(NotAllowed):
        find(office, own, "funded", "cdo")
    with pytest.raises(NotAllowed):
        find(office, one, "waits", "cdo")
    with pytest.raises(Invalid):
        find(office, one, "nothing", "cdo")


@pytest.mark.parametrize("who", ["manager", "auditor", "clerk", "neighbour"])
def test_only_who_decides_and_does_not_own_it_waives_and_lets_pass(office: Office, other: Office, who: str) -> None:
    one = undertaken(office, stage="prepared")
    own = undertaken(office, "A2", stage="prepared", owner=office.people["cdo"])
    for viewer, of in ((office.viewer(who), one), (office.viewer("cdo"), own), (other.viewer("cdo"), one)):
        with acting(viewer):
            with pytest.raises(NotAllowed):
                waive(by=viewer, initiative=of, code="funded", reason="r", until=UNTIL, on=DAY)
            with pytest.raises(NotAllowed):
                pass_gate(by=viewer, initiative=of, gate="approved", words="w", on=DAY)


def test_its_owner_lets_it_be_prepared_and_a_stranger_does_not(office: Office, other: Office) -> None:
    one = undertaken(office, stage="idea")
    for viewer in (office.viewer("neighbour"), office.viewer("auditor"), other.viewer("cdo")):
        with acting(viewer), pytest.raises(NotAllowed):
            pass_gate(by=viewer, initiative=one, gate="prepared", words="w", on=DAY)
    clerk = office.viewer("clerk")
    with acting(clerk):
        with pytest.raises(Invalid, match="does not stand"):
            pass_gate(by=office.viewer("cdo"), initiative=one, gate="approved", words="w", on=DAY)
        assert pass_gate(by=clerk, initiative=one, gate="prepared", words="w", on=DAY).stage == "prepared"


def test_approval_freezes_the_first_baseline(office: Office) -> None:
    one = undertaken(office)
    with acting(office.viewer("cdo")):
        base = Baseline.objects.get()
    assert (base.number, base.kind, float(base.cost), base.economic) == (1, "rollout", 400.0, 100.0)
    assert (base.starts_on, base.ends_on) == (date(2026, 1, 1), date(2027, 1, 1))
    assert [(row["economic"], row["amount"]) for row in base.benefits] == [(True, 100.0), (False, 50.0)]
    assert base.costs == [[1, "100.00"], [2, "100.00"], [3, "100.00"], [4, "100.00"]]
    assert one.stage == "approved"


def test_delivery_waits_for_what_is_first_and_live_for_the_handover(office: Office) -> None:
    first, one = undertaken(office, "A1"), undertaken(office, "A2")
    viewer = office.viewer("clerk")
    with acting(viewer):
        wait_for(by=viewer, initiative=one, needs=first)
    assert missing(office, one) == ["first", "team"]
    with acting(System("a test")):
        Initiative.objects.filter(pk=first.pk).update(stage="live")
    find(office, one, "team", "manager")
    through(office, one, "delivery")
    assert missing(office, one) == ["shown", "operator", "support", "running", "continuity", "skills"]
    show(office, one)
    ready(office, one, running_cost=None, support=" ")
    assert missing(office, one) == ["support", "running"]
    ready(office, one)
    assert through(office, one, "live").live_on == DAY


def test_a_waiver_that_runs_out_opens_the_gate_again_by_itself(office: Office) -> None:
    one = undertaken(office, stage="prepared")
    grant(office, one, "funded")
    assert missing(office, one) == []
    through(office, one, "approved")
    find(office, one, "team", "manager")
    assert missing(office, one, UNTIL) == []
    late = UNTIL + timedelta(days=1)
    assert missing(office, one, late) == ["funded"]  # whether or not a worker has looked
    with pytest.raises(GateClosed, match="who does not own it"):
        through(office, one, "delivery", late)
    with acting(System("a test")):
        Notification.objects.all().delete()
    assert do_daily(at(UNTIL)) > 0
    assert seen(office, one) == (None, [])
    do_daily(at(late))
    assert seen(office, one) == (late, ["clerk", "manager"])
    with acting(office.viewer("cdo")):
        assert reopen_gates(by=office.viewer("cdo"), at=at(late + timedelta(days=1))) == 0
        assert Event.objects.filter(kind="gate.reopened").count() == 1
    find(office, one, "funded", on=late)
    assert seen(office, one)[0] is None
    assert through(office, one, "delivery", late).stage == "delivery"


def seen(office: Office, one: Initiative) -> tuple[date | None, list[str]]:
    with acting(System("a test")):
        since = Initiative.objects.get(pk=one.pk).reopened_on
        told = Notification.objects.filter(kind="gate.reopened", sector=office.sector).order_by("pk")
        return since, [row.person.code for row in told]


def test_another_waiver_closes_the_gate_again_until_it_runs_out_as_well(office: Office) -> None:
    one = undertaken(office, stage="prepared")
    grant(office, one, "funded")
    through(office, one, "approved")
    cdo, late = office.viewer("cdo"), UNTIL + timedelta(days=1)
    with acting(cdo):
        assert reopen_gates(by=cdo, at=at(late)) == 1
        waive(by=cdo, initiative=one, code="funded", reason="r", until=late + timedelta(days=9), on=late)
    assert seen(office, one)[0] is None
    with acting(cdo):
        assert reopen_gates(by=cdo, at=at(late + timedelta(days=10))) == 1
    clerk = office.viewer("clerk")
    with acting(clerk), pytest.raises(NotAllowed):
        reopen_gates(by=clerk, at=at(late))


def test_a_waiver_that_was_not_needed_opens_nothing(office: Office) -> None:
    one = undertaken(office, stage="prepared")
    find(office, one, "funded")
    grant(office, one, "funded")
    through(office, one, "approved")
    cdo = office.viewer("cdo")
    with acting(cdo):
        whole = Initiative.objects.all().gated().get(pk=one.pk)
        assert reopened(whole, thresholds_of(cdo), UNTIL + timedelta(days=9)) == []
        assert reopen_gates(by=cdo, at=at(UNTIL + timedelta(days=9))) == 0


@pytest.mark.parametrize("until", [DAY, DAY + timedelta(days=367)])
def test_a_waiver_is_for_a_time(office: Office, until: date) -> None:
    with pytest.raises(Invalid) as refused:
        grant(office, undertaken(office, stage="prepared"), "funded", until=until)
    assert refused.value.field == "until"


def test_it_is_done_only_when_reviewed_and_somebody_else_says_so(office: Office) -> None:
    one = undertaken(office, stage="live")
    cdo, clerk = office.viewer("cdo"), office.viewer("clerk")
    ending = {"outcome": "done", "why": "ours end", "lesson": "ours lesson", "on": DAY}
    with acting(clerk), pytest.raises(NotAllowed):
        close_initiative(by=clerk, initiative=one, **ending)  # type: ignore[arg-type]  # as given
    with acting(cdo), pytest.raises(Invalid, match="Review what"):
        close_initiative(by=cdo, initiative=one, **ending)  # type: ignore[arg-type]  # as given
    with acting(clerk):
        for row in one.benefits.all():
            review_benefit(by=clerk, benefit=row, found=90, words="w", on=DAY, again_on=None)
    with acting(cdo):
        with pytest.raises(Invalid, match="others can learn"):
            close_initiative(by=cdo, initiative=one, **{**ending, "lesson": " "})  # type: ignore[arg-type]  # as given
        closed = close_initiative(by=cdo, initiative=one, **ending)  # type: ignore[arg-type]  # as given
        assert (closed.stage, closed.outcome, closed.closed_on) == ("closed", "done", DAY)
        with pytest.raises(Invalid, match="closed already"):
            close_initiative(by=cdo, initiative=one, **ending)  # type: ignore[arg-type]  # as given
        assert [row.gate for row in closed.passages.all()] == [*("prepared", "approved", "delivery", "live"), "closed"]
    assert missing(office, one) == []
    own = undertaken(office, "A2", stage="live")
    with acting(cdo):
        Initiative.objects.filter(pk=own.pk).update(owner=office.people["cdo"])
        with pytest.raises(NotAllowed):
            close_initiative(by=cdo, initiative=Initiative.objects.get(pk=own.pk), **ending)  # type: ignore[arg-type]  # as given


def test_it_is_stopped_at_any_stage_and_what_is_not_live_is_never_done(office: Office) -> None:
    one = undertaken(office, stage="prepared")
    cdo = office.viewer("cdo")
    with acting(cdo), pytest.raises(Invalid, match="Only what is live"):
        close_initiative(by=cdo, initiative=one, outcome="done", why="w", lesson="l", on=DAY)
    show(office, one, "stop")
    with acting(cdo):
        stopped = Initiative.objects.get(pk=one.pk)
        assert (stopped.outcome, stopped.lesson, stopped.stage) == ("stopped", "ours lesson", "closed")
        with pytest.raises(ValueError, match="never deleted"):
            stopped.delete()
        with pytest.raises(ValueError, match="never deleted"):
            Initiative.objects.all().delete()
        with pytest.raises(Invalid, match="closed already"):
            set_mode(by=cdo, initiative=one, kind="reuse", quarters=1, benefit=0, costs=[], people={}, blocks=[])
