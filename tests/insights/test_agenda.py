"""What waits for somebody: each thing appears for who has to do it, for nobody else, and goes when it is done."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.academy.catalogue import Catalogue
from tests.academy.enrolling import DUE, NOON, enrolled, propose
from tests.academy.test_objections import answering, objecting
from tests.core.offices import DAY, Office
from tests.direction.aims import measure, objective, see
from tests.direction.promises import escalation, obstacle, promise
from tests.insights.looking import TODAY, changed, made, matters, the, waiting
from tests.plans.rooms import ask
from vested.academy.models import Enrolment
from vested.core.models import Import, Job, Notification
from vested.core.scope import acting
from vested.insights.queries.agenda import Matter
from vested.plans.models import Plan

Status = Enrolment.Status
LATE = DUE + timedelta(days=3)
EVERYBODY = ("cdo", "neighbour", "auditor", "manager", "clerk")


def test_a_plan_proposed_waits_for_who_may_decide_and_has_not_proposed_it(led: Office, other: Office) -> None:
    plan = made(
        Plan, led, scenario=ask(led), number=1, state=Plan.State.PROPOSED, asked_at=NOON, proposed_at=NOON,
        proposed_by=led.people["cdo"],
    )  # fmt: skip
    found = the(led, "neighbour", Matter.DECIDE)
    assert (found.pk, found.name, found.since) == (plan.pk, "As it is, plan 1", NOON.date())
    for who in set(EVERYBODY) - {"neighbour"}:
        assert Matter.DECIDE not in matters(led, who)
    assert matters(other, "cdo") == set()
    changed(plan, proposed_by=None, proposed_at=None)
    assert the(led, "cdo", Matter.DECIDE).since is None
    changed(plan, state=Plan.State.ADOPTED)
    assert Matter.DECIDE not in matters(led, "neighbour")


def test_objections_wait_for_who_answers_and_answers_for_who_objected(
    office: Office, other: Office, catalogue: Catalogue
) -> None:
    objection = objecting(office, course=catalogue.first)
    found = the(office, "cdo", Matter.OBJECTIONS)
    assert (found.count, found.late, found.due) == (1, 0, objection.answer_by)
    assert the(office, "cdo", Matter.OBJECTIONS, on=objection.answer_by + timedelta(days=1)).late == 1
    for who in ("manager", "clerk", "auditor"):
        assert Matter.OBJECTIONS not in matters(office, who)
    assert matters(other, "cdo") == set()
    answering(office, objection)
    assert Matter.OBJECTIONS not in matters(office, "cdo")
    assert the(office, "clerk", Matter.ANSWERED).since == date(2026, 3, 9)
    with acting(office.viewer("clerk")):
        Notification.objects.update(read_at=NOON)
    assert matters(office, "clerk") == set()


def test_one_s_own_objection_waits_for_others(office: Office, catalogue: Catalogue) -> None:
    objecting(office, by="cdo", person=office.people["cdo"], course=catalogue.first)
    assert matters(office, "cdo") == set()


def test_proposals_wait_for_who_is_asked_and_late_ones_for_who_leads_them(
    office: Office, other: Office, catalogue: Catalogue
) -> None:
    [found] = propose(office, catalogue.spring, "clerk")
    own = the(office, "clerk", Matter.OWN)
    assert (own.count, own.late, own.due) == (1, 0, DUE)
    assert {who for who in EVERYBODY if matters(office, who)} == {"clerk"}
    assert the(office, "clerk", Matter.OWN, on=LATE).late == 1
    assert Matter.ANSWERS not in matters(office, "clerk", on=LATE)
    for who in ("cdo", "manager"):
        late = the(office, who, Matter.ANSWERS, on=LATE)
        assert (late.count, late.late, late.due) == (1, 1, DUE)
    assert matters(office, "auditor", on=LATE) == matters(other, "cdo", on=LATE) == set()
    changed(found, status=Status.ACCEPTED)
    assert {who for who in EVERYBODY if matters(office, who, on=LATE)} == set()


def test_a_manager_is_told_of_their_own_unit_alone(office: Office, catalogue: Catalogue) -> None:
    propose(office, catalogue.spring, "neighbour", "manager")
    assert matters(office, "manager", on=LATE) == {Matter.OWN}
    assert the(office, "cdo", Matter.ANSWERS, on=LATE).count == 2


def test_a_measure_waits_for_the_owner_of_its_objective(office: Office, other: Office) -> None:
    of = objective(office, owner=office.people["clerk"])
    counted = measure(office, of, every_days=60)
    assert the(office, "clerk", Matter.MEASURES).due == date(2026, 3, 6)
    see(office, counted, date(2026, 2, 4), 13.0)
    soon = the(office, "clerk", Matter.MEASURES, on=date(2026, 3, 25))
    assert (soon.due, soon.late, soon.name, soon.pk) == (date(2026, 4, 5), 0, "ours share", counted.pk)
    assert matters(office, "clerk") == matters(office, "cdo") == matters(other, "cdo") == set()
    measure(office, of, name="Second", every_days=10)
    many = the(office, "clerk", Matter.MEASURES, on=date(2026, 4, 6))
    assert (many.count, many.late, many.name, many.pk) == (2, 2, "", None)


def test_what_direction_asks_of_one_waits_until_it_is_done(office: Office, other: Office) -> None:
    clerk, on = office.people["clerk"], DAY + timedelta(days=5)
    asked, stone, word = escalation(office), obstacle(office), promise(office)
    changed(stone, owner=clerk, answer_by=DAY + timedelta(days=2))
    changed(word, person=clerk, due_on=DAY + timedelta(days=9))
    found = [(one.matter, one.pk, one.late) for one in waiting(office, "clerk", on=on) if one.name]
    assert found == [
        (Matter.OBSTACLE, stone.pk, 1),
        (Matter.ESCALATION, asked.pk, 0),
        (Matter.PROMISE, word.pk, 0),
    ]
    assert matters(office, "manager", on=on) == matters(other, "clerk", on=on) == set()
    assert matters(office, "manager", on=asked.owner_by + timedelta(days=1)) == {Matter.ESCALATION}
    changed(asked, decided_on=on)
    changed(stone, answered_on=on)
    changed(word, kept_on=on)
    assert matters(office, "clerk", on=on) == set()


def job(office: Office, who: str = "cdo", *, ended: datetime = NOON) -> Job:
    found: Job = made(
        Job, office, kind="a.kind", title="Solve it", by=office.people[who], language="en", created_at=NOON,
        beat_at=NOON, ended_at=ended, state=Job.State.FAILED,
    )  # fmt: skip
    return found


def test_work_that_failed_waits_until_it_is_started_once_more(office: Office, other: Office) -> None:
    failed = job(office)
    found = the(office, "cdo", Matter.FAILED)
    assert (found.name, found.pk, found.since) == ("Solve it", failed.pk, NOON.date())
    assert matters(office, "auditor") == matters(office, "clerk") == matters(other, "cdo") == set()
    assert matters(office, "cdo", on=TODAY + timedelta(days=60)) == set()
    changed(job(office), state=Job.State.DONE)
    assert matters(office, "cdo") == set()


def test_files_wait_for_who_brought_them(office: Office, other: Office) -> None:
    found = made(
        Import, office, person=office.people["cdo"], at=NOON, name="staff.csv", folder="x", state=Import.State.READY
    )
    assert the(office, "cdo", Matter.IMPORT).name == "staff.csv"
    assert matters(other, "cdo") == matters(office, "clerk") == set()
    running = job(office)
    changed(running, state=Job.State.RUNNING)
    changed(found, job=running)
    assert matters(office, "cdo") == set()
    changed(running, state=Job.State.DONE)
    assert matters(office, "cdo") == {Matter.IMPORT}
    changed(found, person=office.people["auditor"])
    assert matters(office, "cdo") == set()
    changed(found, person=office.people["cdo"], state=Import.State.DONE)
    assert matters(office, "cdo") == set()


def test_what_one_was_told_waits_to_be_read(office: Office) -> None:
    told = made(Notification, office, person=office.people["clerk"], kind="a.kind", title="So", at=NOON)
    found = the(office, "clerk", Matter.UNREAD)
    assert (found.count, found.since) == (1, NOON.date())
    assert waiting(office, "cdo") == []
    changed(told, read_at=NOON)
    assert waiting(office, "clerk") == []


def test_what_is_due_first_comes_first(office: Office, catalogue: Catalogue) -> None:
    made(Notification, office, person=office.people["cdo"], kind="a.kind", title="So", at=NOON)
    job(office, ended=datetime(2026, 3, 1, 12, tzinfo=UTC))
    propose(office, catalogue.spring, "clerk")
    objecting(office, course=catalogue.first)
    found = [one.matter for one in waiting(office, "cdo", on=LATE)]
    assert found == [Matter.OBJECTIONS, Matter.ANSWERS, Matter.FAILED, Matter.UNREAD]


@pytest.mark.parametrize("who", EVERYBODY)
def test_where_nothing_happened_nothing_waits(office: Office, catalogue: Catalogue, who: str) -> None:
    enrolled(office, catalogue.spring, "clerk", Status.DECLINED)
    assert waiting(office, who) == []
