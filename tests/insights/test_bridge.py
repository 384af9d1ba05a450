"""The bridge: what needs who sees plans, what is late, and the loop, each figure with how sure it is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from tests.academy.catalogue import Catalogue
from tests.academy.enrolling import propose
from tests.core.offices import DAY, Office, signed_in
from tests.direction.aims import measure, objective
from tests.direction.promises import promise
from tests.insights.looking import changed, made, page
from tests.plans.rooms import NOW, ask, fill, started
from tests.plans.sectors import random_sector
from tests.plans.solved import ready, settled
from tests.plans.test_deciding import SEED, adopted, proposed
from tests.portfolio.test_supply import FIRST, offered, pool
from vested.academy.actions import ask_for
from vested.academy.models import Course, Enrolment
from vested.core.errors import NotAllowed
from vested.core.models import Event
from vested.core.scope import System, acting
from vested.direction.models import Objective
from vested.insights.queries.bridge import Bridge, bridge_of
from vested.insights.views.planned import CHANGED
from vested.plans.queries.solved import solved
from vested.plans.queries.staleness import CHANGES, Change
from vested.plans.views.told import changes_said
from vested.portfolio.actions import offer_money
from vested.skills.actions import keep_snapshot
from vested.skills.models import Level, Skill, Snapshot
from vested.skills.queries.gaps.taken import take

Status = Enrolment.Status


def bridge(office: Office, who: str = "cdo", *, on: date = DAY) -> Bridge:
    viewer = office.viewer(who)
    with acting(viewer):
        return bridge_of(viewer, on=on)


def count_gaps(office: Office) -> None:
    viewer = office.viewer("cdo")
    with acting(viewer):
        keep_snapshot(by=viewer, taken=take(), at=NOW)


def text(html: str) -> str:
    """What somebody reads, in one line: a space no line breaks at is a space."""
    return " ".join(html.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize("who", ["cdo", "auditor", "neighbour"])
def test_who_sees_plans_begins_on_the_bridge(led: Office, who: str) -> None:
    html = page(led, who)
    assert "<h1>Nothing needs you now.</h1>" in html
    assert "Needs you</h2>" in html
    assert "All pages" in html


@pytest.mark.parametrize("who", ["manager", "clerk"])
def test_others_begin_with_what_is_theirs(office: Office, who: str) -> None:
    html = page(office, who)
    assert "Needs you</h2>" not in html
    assert "My plan</h2>" in html
    with acting(office.viewer(who)), pytest.raises(NotAllowed):
        bridge_of(office.viewer(who), on=DAY)
    assert signed_in(office, who).get("/api/v1/bridge").status_code == 403


def test_where_nothing_is_known_files_come_first(office: Office) -> None:
    assert "Nothing is known of the sector yet" in page(office, "cdo")
    assert 'href="/imports/"' in page(office, "cdo")
    html = page(office, "auditor")
    assert "Ask your digital office to bring them" in html
    assert "The loop" not in html


@pytest.mark.usefixtures("catalogue")
def test_with_data_and_no_plan_one_step_leads_to_one(office: Office, other: Office) -> None:
    html = page(office, "cdo")
    assert "Nothing is known of the sector yet" not in html
    assert "Solve a plan with the data as it is" in html
    assert "Solve a plan with the data as it is" not in page(office, "auditor")
    assert "There is no plan yet" in page(office, "auditor")
    plan = started(office, ask(office))
    html = page(office, "cdo")
    assert "is being solved" in html
    assert f'href="/plans/{plan.pk}/"' in html
    assert "is being solved" not in page(other, "cdo")
    assert plan.job
    changed(plan.job, ended_at=NOW)
    assert "There is no plan yet" in page(office, "cdo")


@pytest.mark.usefixtures("catalogue")
def test_how_much_is_known_is_there_with_its_age(office: Office, other: Office) -> None:
    assert "How old the levels are is not known" not in page(office, "cdo")
    count_gaps(office)
    html = text(page(office, "cdo"))
    assert '<dt>People</dt><dd><a href="/people/">11</a></dd>' in html
    assert '<dt>Levels</dt><dd><a href="/skills/gaps/">12</a></dd>' in html
    assert '<dt>People</dt><dd><a href="/units/">11</a></dd>' in page(office, "auditor")
    assert "How old the levels are is not known" in html
    with acting(System("a test")):
        pks = list(Level.objects.order_by("pk").values_list("pk", flat=True))
        today = localdate()
        for pk, days in zip(pks, (900, 800, 700, 20), strict=False):
            Level.objects.filter(pk=pk).update(assessed_on=today - timedelta(days=days))
    html = text(page(office, "cdo"))
    assert "Half of the levels are older than 23 months." in html
    assert "The data are old" in html
    with acting(System("a test")):
        Level.objects.filter(pk__in=pks[:3]).update(assessed_on=today)
    assert "The data are old" not in page(office, "cdo")
    assert "What is known of the sector" not in page(other, "cdo")


@pytest.mark.usefixtures("catalogue")
def test_gaps_are_named_the_widest_first_and_small_groups_stay_hidden(office: Office) -> None:
    assert "No gap has been counted yet" in page(office, "cdo")
    count_gaps(office)
    html = text(page(office, "cdo"))
    assert "are below what their role asks for in “Working with data”" in html
    assert "of 6 people" in html
    assert "/skills/gaps/people/?skill=" in html
    assert "/skills/gaps/people/?skill=" not in page(office, "auditor")
    assert bridge(office, "auditor").widest != bridge(office).widest
    assert "When gaps were counted" not in html
    with acting(System("a test")):
        Snapshot.objects.update(taken_at=NOW - timedelta(days=4000))
    assert "When gaps were counted" in page(office, "cdo")


def test_objectives_stand_worst_first_and_what_nobody_looked_at_is_late(office: Office, other: Office) -> None:
    made(Level, office, person=office.people["clerk"], skill=_skill(office), level=1)
    assert "No objective is set yet" in page(office, "cdo")
    today = localdate()
    good = objective(office, title="Good aim", ends_on=today + timedelta(days=90))
    counted = measure(office, good, baseline_on=today - timedelta(days=9), target_on=today + timedelta(days=90))
    with acting(System("a test")):
        counted.observations.create(sector=office.sector, on=today, value=40.0, error=0.1, source="x")
    bad = objective(office, title="Late aim", ends_on=today - timedelta(days=31))
    silent = objective(office, title="Silent aim", ends_on=today + timedelta(days=90))
    unseen = measure(office, silent, name="Unseen share", baseline_on=today - timedelta(days=100), every_days=92)
    html = text(page(office, "cdo"))
    assert "1<small> of 3</small>" in html
    assert "2 are not known well enough to say." in html
    assert html.index("Silent aim") < html.index("Good aim")
    assert "31 days" in html
    assert "Unseen share" in html
    assert "It is to be looked at every 92 days" in html
    assert [one.what for one in bridge(office, on=today).late] == [bad, unseen]
    assert bridge(other, on=today).late == []
    with acting(System("a test")):
        unseen.observations.create(sector=office.sector, on=today, value=0.0, error=0.1, source="x")
        Objective.objects.filter(pk=bad.pk).update(closed_on=today)
    html = text(page(office, "cdo"))
    assert "Nothing is late." in html
    assert "1 is behind" in html
    assert "Silent aim" not in page(other, "cdo")


def _skill(office: Office) -> object:
    return made(Skill, office, code="S", name="S")


def test_a_promise_that_is_late_is_named_with_who_made_it(office: Office, other: Office) -> None:
    word = promise(office)
    found = bridge(office, on=word.due_on + timedelta(days=4)).late
    assert [(one.what, one.days) for one in found] == [(word, 4)]
    assert bridge(office, on=word.due_on).late == bridge(other, on=word.due_on + timedelta(days=4)).late == []
    changed(word, due_on=localdate() - timedelta(days=4))
    html = page(office, "cdo")
    assert "ours promise" in html
    assert "Promised by manager of ours" in html
    changed(word, person=None)
    assert "Promised by nobody named" in page(office, "cdo")


@pytest.mark.usefixtures("catalogue")
def test_more_than_fits_is_counted(office: Office) -> None:
    for number in range(7):
        objective(office, title=f"Aim {number}", ends_on=DAY + timedelta(days=number))
    assert "2 more" in page(office, "cdo")


def test_late_answers_are_named_once(office: Office, catalogue: Catalogue) -> None:
    [found] = propose(office, catalogue.spring, "clerk")
    changed(found, answer_by=localdate() - timedelta(days=3))
    html = page(office, "cdo")
    assert "<h1>1 thing needs you. 1 is late.</h1>" in html
    assert "1 answer of your people is late" in html
    assert "Answers to the plan" not in html
    assert "Nothing else is late." in html


def test_the_plan_is_followed_from_the_bridge(
    led: Office,
    other: Office,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    fill(led, random_sector(SEED))
    plan = proposed(led)
    html = text(page(led, "auditor"))
    assert "of the gap would close" in html
    assert "Not adopted yet" in html
    assert f'href="/plans/{plan.pk}/"' in html
    assert "misses the best possible plan by the same rules by at most" in html
    assert "Decide on “As it is, plan 1”" in page(led, "neighbour")
    assert "Decide on" not in page(led, "cdo")
    short = bridge(led).planned
    assert short
    assert short.following is None
    plan = adopted(led, plan)

    html = text(page(led, "cdo"))
    assert "of the plan is answered" in html
    assert "0 accepted, 0 declined" in html
    assert "By the end of the plan" in html
    assert "No level the plan raises was assessed since" in html
    assert "The data have changed since" not in html
    client = signed_in(led, "cdo")
    with django_assert_max_num_queries(33):
        assert client.get("/").status_code == 200

    with acting(led.viewer("cdo")):
        Enrolment.objects.filter(source=str(plan)).update(
            status=Status.DECLINED, answered_at=NOW, answer_by=localdate() - timedelta(days=2)
        )
        row = Enrolment.objects.select_related("session").order_by("pk")[0]
        Enrolment.objects.filter(pk=row.pk).update(status=Status.PROPOSED)
        row.session.starts_on = localdate() + timedelta(days=3)
        row.session.save()
        assert solved(plan).outcome.explanation.serves.size
        Level.objects.update(level=10.0, assessed_on=NOW.date() + timedelta(days=4000))
    found = bridge(led, on=localdate())
    assert found.planned
    assert found.planned.short
    threat = found.planned.short[0]
    html = text(page(led, "cdo"))
    assert f"needs {threat.people} by the end of period {threat.period}" in html
    hidden = text(page(led, "auditor"))
    assert f"needs {threat.people} by the end" not in hidden
    assert "needs more people by the end of period" in hidden
    assert "Answers to the plan" in hidden
    assert "of the levels assessed since are where the plan said" in html
    assert "1 session is thin" in html
    assert "/sessions/?since=" in html

    programs = signed_in(led, "cdo").get("/api/v1/bridge").json()
    assert programs["planned"]["adopted"]
    assert programs["planned"]["at_risk"][0]["then"] == threat.then
    assert signed_in(led, "auditor").get("/api/v1/bridge").json()["planned"]["at_risk"][0]["then"] is None
    assert signed_in(other, "cdo").get("/api/v1/bridge").json()["planned"] is None
    assert "of the plan is answered" not in page(other, "cdo")


def test_what_has_changed_since_is_told(led: Office) -> None:
    plan = adopted(led, proposed(led, ready(settled(led))))
    viewer = led.viewer("clerk")
    changed(plan, seen=_last(led))
    assert "The data have changed since" not in page(led, "cdo")
    with acting(viewer):
        course = Course.objects.order_by("pk").first()
        assert course
        ask_for(by=viewer, course=course)
    offered(led, pool(led), {FIRST: 1.0})
    with acting(led.viewer("cdo")):
        offer_money(by=led.viewer("cdo"), amounts={FIRST: Decimal(5)})
    html = text(page(led, "cdo"))
    assert "The data have changed since" in html
    assert "wishes: 1" in html
    assert "changes of the portfolio: 2" in html
    programs = signed_in(led, "cdo").get("/api/v1/bridge").json()
    assert programs["planned"]["changed"] == 3


def _last(office: Office) -> int:
    """The number of the last line of history."""
    with acting(System("a test")):
        return Event.objects.filter(sector=office.sector).order_by("-number").values_list("number", flat=True)[0]


def test_programs_read_what_is_late(office: Office) -> None:
    of = objective(office, ends_on=DAY)
    said = signed_in(office, "cdo").get("/api/v1/bridge").json()
    assert [(one["kind"], one["id"], one["name"]) for one in said["late"]] == [("objective", of.pk, "ours aim")]
    assert (said["objectives"], said["on_course"], said["planned"]) == (1, 0, None)


def test_each_kind_of_change_that_makes_a_plan_stale_has_words() -> None:
    every = [Change(kind=kind, times=2, last=NOW) for kind in CHANGES]
    assert {one.about for one in every} == set(CHANGED)
    assert "of the portfolio" in changes_said(every)
