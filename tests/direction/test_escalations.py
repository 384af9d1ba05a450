"""Escalations: the clock lets them climb, each step is told, and whose turn it is decides."""

from datetime import date, timedelta

import pytest

from tests.core.offices import DAY, Office, signed_in
from tests.direction.aims import objective
from tests.direction.promises import at, escalation, promise, top_leader
from tests.skills.pages import page
from vested.core.errors import Invalid, NotAllowed
from vested.core.jobs import do_daily
from vested.core.models import Event, Notification
from vested.core.scope import System, acting
from vested.direction.actions import climb_escalations, decide_escalation, note_follow_up
from vested.direction.models import Decision, Escalation
from vested.direction.queries.escalations import step_of

Step = Escalation.Step


def decide(office: Office, of: Escalation, who: str, on: date = DAY) -> Decision:
    viewer = office.viewer(who)
    with acting(viewer):
        return decide_escalation(by=viewer, escalation=of, chosen="ours yes", why="ours because", at=at(on))


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def test_it_climbs_by_its_dates_whether_or_not_a_worker_runs(office: Office) -> None:
    of = escalation(office)
    for number, step in (
        (0, Step.OWNER), (7, Step.OWNER), (8, Step.DIRECTOR), (14, Step.DIRECTOR), (15, Step.TOP), (21, Step.TOP),
        (22, Step.OVERDUE),
    ):  # fmt: skip
        assert step_of(of, day(number)) is step
        with acting(System("a test")):
            rows = Escalation.objects.with_step(day(number)).values_list("step", flat=True)  # type: ignore[misc]  # annotated
            assert list(rows) == [step]


def test_each_step_tells_whose_turn_it_is_once(office: Office) -> None:
    top_leader(office)
    of = escalation(office, "manager")
    cdo, seen = office.viewer("cdo"), []
    with acting(cdo):
        first = Notification.objects.get()
        assert (first.person.code, first.title) == ("clerk", "Decide by 12 January 2026: ours conflict")
        assert first.body == "ours question?\n– ours yes\n– ours no"
        Notification.objects.all().delete()
        for number in (7, 8, 9, 14, 15, 16, 21, 22, 23, 60):
            climbed = climb_escalations(by=cdo, at=at(day(number)))
            seen.append((number, climbed, sorted(one.person.code for one in Notification.objects.all())))
            Notification.objects.all().delete()
        assert [one for one in seen if one[1]] == [
            (8, 1, ["manager"]), (15, 1, ["neighbour"]), (22, 1, ["manager", "neighbour"]),
        ]  # fmt: skip
        kinds = [one.kind for one in Event.objects.all().about(of)]
    assert kinds == ["escalation.climbed"] * 3 + ["escalation.raised"]


def test_a_clock_that_was_not_looked_at_jumps_to_where_it_is(office: Office) -> None:
    escalation(office)
    assert do_daily(at(day(16))) > 0
    with acting(System("a test")):
        told = [one.person.code for one in Notification.objects.filter(kind="escalation.step").order_by("pk")]
    assert told == ["clerk", "cdo"]  # without a top leader, the CDO is the top


def test_where_the_director_owns_it_the_top_is_next(office: Office) -> None:
    top_leader(office)
    escalation(office, owner=office.people["manager"])
    cdo = office.viewer("cdo")
    with acting(cdo):
        Notification.objects.all().delete()
        climb_escalations(by=cdo, at=at(day(8)))
        assert [one.person.code for one in Notification.objects.all()] == ["neighbour"]


def test_without_an_owner_the_director_is_first_and_for_the_sector_the_top(office: Office) -> None:
    top_leader(office)
    for unit, expected in ((office.north, "manager"), (None, "neighbour")):
        with acting(System("a test")):
            Notification.objects.all().delete()
        escalation(office, owner=None, unit=unit)
        with acting(System("a test")):
            assert [one.person.code for one in Notification.objects.all()] == [expected]


@pytest.mark.parametrize(
    ("number", "who", "may"),
    [
        (0, "clerk", True),
        (0, "manager", True),
        (0, "cdo", True),
        (0, "auditor", False),
        (8, "clerk", False),
        (8, "manager", True),
        (15, "manager", False),
        (15, "neighbour", True),
        (22, "neighbour", True),
        (22, "manager", False),
    ],
)
def test_whose_turn_it_is_decides(office: Office, number: int, who: str, may: bool) -> None:  # noqa: FBT001 - a case
    top_leader(office)
    of = escalation(office)
    if not may:
        with pytest.raises(NotAllowed):
            decide(office, of, who, day(number))
        return
    made = decide(office, of, who, day(number))
    assert (made.decided_by, made.what, made.unit) == (office.people[who], "ours question?", office.north)
    with pytest.raises(Invalid, match="decided already"):
        decide(office, of, who, day(number))
    with acting(System("a test")):
        told = sorted(one.person.code for one in Notification.objects.filter(kind="escalation.decided"))
        assert told == ([] if who == "clerk" else ["clerk"])
        assert climb_escalations(by=office.viewer("cdo"), at=at(day(30))) == 0


def test_the_clock_only_goes_on(office: Office) -> None:
    for given, field in (
        ({"owner_by": DAY}, "owner_by"), ({"director_by": day(7)}, "director_by"), ({"top_by": day(14)}, "top_by"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            escalation(office, "clerk", **dict[str, object](given))
        assert refused.value.field == field
    clerk = office.viewer("clerk")
    with acting(clerk), pytest.raises(NotAllowed):
        climb_escalations(by=clerk, at=at(DAY))


def test_who_sees_it_and_that_the_decision_is_no_secret(office: Office, other: Office) -> None:
    of = escalation(office, "manager")
    here = f"/escalations/{of.pk}/"
    for who, seen in (("clerk", True), ("manager", True), ("cdo", True), ("auditor", True), ("neighbour", False)):
        page(office, who, here, 200 if seen else 404)
        assert ("ours conflict" in page(office, who, "/escalations/")) == seen
    page(other, "cdo", here, 404)
    made = decide(office, of, "clerk")
    html = page(office, "neighbour", f"/decisions/{made.pk}/")
    assert "ours because" in html
    assert "How it came to this" not in html
    assert "How it came to this" in page(office, "clerk", f"/decisions/{made.pk}/")
    assert "ours yes" in page(office, "neighbour", "/decisions/")
    assert "ours yes" in page(office, "clerk", here)
    page(other, "cdo", f"/decisions/{made.pk}/", 404)


def test_what_followed_is_noted_by_who_had_a_part_in_it(office: Office, other: Office) -> None:
    made = decide(office, escalation(office), "clerk")
    for who in ("clerk", "manager", "cdo"):
        viewer = office.viewer(who)
        with acting(viewer):
            note_follow_up(by=viewer, decision=made, words=f"ours by {who}", on=DAY)
    for viewer in (office.viewer("neighbour"), office.viewer("auditor"), other.viewer("cdo")):
        with acting(viewer), pytest.raises(NotAllowed):
            note_follow_up(by=viewer, decision=made, words="x", on=DAY)
    html = page(office, "neighbour", f"/decisions/{made.pk}/")
    assert html.index("ours by clerk") < html.index("ours by cdo")
    page(office, "neighbour", f"/decisions/{made.pk}/follow/", 404)
    answer = signed_in(office, "clerk").post(f"/decisions/{made.pk}/follow/", {"words": "ours next"})
    assert answer["location"] == f"/decisions/{made.pk}/"


def test_it_is_raised_from_a_thing_and_decided_on_pages(office: Office, other: Office) -> None:
    of, theirs = promise(office), objective(other, unit=None)
    client = signed_in(office, "clerk")
    form = client.get(f"/escalations/new/?about=direction.commitment&id={of.pk}").content.decode()
    assert 'value="ours promise"' in form
    assert 'value="manager"' in form
    for odd in (
        "?about=core.person&id=1",
        "?about=direction.commitment&id=x",
        f"?about=direction.objective&id={theirs.pk}",
    ):
        assert "about_id" in client.get(f"/escalations/new/{odd}").content.decode()
    answers = {
        "title": "ours by page", "words": "w", "asked": "ours what?", "options": "ours one\n\nours two",
        "owner": "manager", "where": str(office.north.pk), "owner_by": "2098-01-01", "director_by": "2098-01-08",
        "top_by": "2098-01-15",
        "about_type": "direction.commitment", "about_id": str(of.pk),
    }  # fmt: skip
    assert client.post("/escalations/new/", answers | {"options": "only one"}).status_code == 422
    assert client.post("/escalations/new/", answers)["location"] == "/escalations/"
    with acting(System("a test")):
        raised = Escalation.objects.get()
    here = f"/escalations/{raised.pk}/"
    html = page(office, "manager", here)
    assert f'<a href="/commitments/{of.pk}/">ours promise</a>' in html
    assert "ours what?" in page(office, "manager", "/")
    assert "An escalation waits for your decision." in page(office, "manager", "/")
    assert "An escalation waits for your decision." not in page(office, "clerk", "/")
    page(office, "clerk", f"{here}decide/", 404)
    boss = signed_in(office, "manager")
    assert boss.post(f"{here}decide/", {"choice": "other", "other": "", "why": "w"}).status_code == 422
    assert boss.post(f"{here}decide/", {"choice": "", "why": "w"}).status_code == 422
    assert boss.post(f"{here}decide/", {"choice": "1", "other": "", "why": "w"})["location"] == here
    assert "ours two" in page(office, "clerk", here)
    assert "1 decision" in page(office, "clerk", "/decisions/")
    second = escalation(office, "manager")
    chosen = {"choice": "other", "other": "ours third way", "why": "w"}
    assert boss.post(f"/escalations/{second.pk}/decide/", chosen).status_code == 404  # overdue: the top's alone
    answer = signed_in(office, "cdo").post(f"/escalations/{second.pk}/decide/", chosen)
    assert answer["location"] == f"/escalations/{second.pk}/"
    assert "ours third way" in page(office, "clerk", "/decisions/?name=question")
