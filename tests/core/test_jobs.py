"""Jobs: who may start and stop them, for whom they run, and what is told of them."""

import json
import logging
from typing import Any

import pytest
from django.utils import translation
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.core.jobs_done import NOW, again, now_of, put, scripted, scripts, started, started_by, stop, written
from tests.core.offices import Office
from vested.core.errors import Conflict, NotAllowed
from vested.core.jobs import Stopped, Work, run
from vested.core.jobs.work import EVERY, MOST_TRACED
from vested.core.models import Event, Job, Person
from vested.core.permissions import Role
from vested.core.scope import System, acting, current
from vested.core.viewer import Held, Viewer

State = Job.State


def kinds(office: Office) -> list[str]:
    with acting(office.viewer("cdo")):
        return [event.kind for event in Event.objects.order_by("number")]


@pytest.mark.django_db
def test_a_job_waits_is_recorded_and_rings_once_it_is_committed(
    office: Office, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = started(office, "test.say", times=2)
        assert not DBTaskResult.objects.exists()
    assert DBTaskResult.objects.get().args_kwargs == {"args": [job.pk], "kwargs": {}}
    assert (job.state, job.title, job.by, job.attempt) == (State.WAITING, "Say a word", office.people["clerk"], 0)
    assert kinds(office) == ["job.started"]


@pytest.mark.django_db
def test_what_it_computes_is_kept_in_the_words_of_who_started_it(office: Office) -> None:
    with translation.override("da"):
        job = started(office, "test.say", times=1, title="Sig det")
        expected = {"words": [Role.CDO.label], "by": "clerk of ours"}
    run(job.pk)
    job = now_of(job)
    assert (job.state, job.title, job.result, job.attempt) == (State.DONE, "Sig det", expected, 1)
    assert expected["words"] != [Role.CDO.label]
    assert job.ended_at
    assert translation.get_language() == "en"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "said"), [("test.refuse", "The file has no table of staff."), ("test.break", "nothing was half done")]
)
def test_a_failure_says_what_a_person_can_use_and_leaves_nothing(
    office: Office, caplog: pytest.LogCaptureFixture, kind: str, said: str
) -> None:
    job = started(office, kind)
    with caplog.at_level(logging.CRITICAL, "vested.jobs"):
        run(job.pk)
    job = now_of(job)
    assert (job.state, written()) == (State.FAILED, 0)
    assert said in job.error
    assert "secret" not in json.dumps([job.error, job.result, job.doing])


@pytest.mark.django_db
def test_what_broke_is_written_down_for_those_who_mend_it(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    run(started(office, "test.break").pk)
    assert "secret detail" in caplog.text


@pytest.mark.django_db
def test_a_kind_nobody_declares_any_more_fails_and_cannot_be_started(office: Office) -> None:
    job = started(office, "test.say", times=1)
    with acting(office.viewer("clerk")):
        Job.objects.update(kind="test.gone")
    run(job.pk)
    assert now_of(job).state == State.FAILED
    with pytest.raises(KeyError):
        started(office, "test.gone")


@pytest.mark.django_db
def test_what_json_cannot_hold_is_a_failure(office: Office) -> None:
    job = scripted(office, lambda _: {"office": office})
    run(job.pk)
    assert (now_of(job).state, now_of(job).result) == (State.FAILED, None)


@pytest.mark.django_db
def test_a_running_job_stops_at_its_next_sign_of_life(office: Office, at_once: None) -> None:  # noqa: ARG001 - a fixture
    def does(work: Work) -> dict[str, Any] | None:
        work.progress(1, 10, "One")
        stop(office, job)
        assert now_of(job).state == State.RUNNING
        work.progress(2, 10, "Two")
        raise AssertionError("it went on")

    job = scripted(office, does)
    run(job.pk)
    assert (now_of(job).state, now_of(job).doing) == (State.CANCELLED, "One")
    assert kinds(office) == ["job.started", "job.stopped"]


@pytest.mark.django_db
@pytest.mark.parametrize("writes", [True, False])
def test_an_engine_that_stops_early_has_nothing_written(office: Office, at_once: None, writes: bool) -> None:  # noqa: ARG001, FBT001 - a fixture, a case
    def does(work: Work) -> dict[str, Any] | None:
        assert not work.stop_asked()
        stop(office, job)
        assert work.stop_asked()
        if writes:
            with work.effects():
                put(work)
        return {"best so far": 1}

    job = scripted(office, does)
    run(job.pk)
    assert (now_of(job).state, now_of(job).result, written()) == (State.CANCELLED, None, 0)


@pytest.mark.django_db
def test_effects_see_a_stop_that_nobody_looked_for(office: Office) -> None:
    def does(work: Work) -> dict[str, Any] | None:
        stop(office, job)
        with pytest.raises(Stopped) as caught, work.effects():
            raise AssertionError("it wrote")
        raise caught.value

    job = scripted(office, does)
    run(job.pk)
    assert now_of(job).state == State.CANCELLED


@pytest.mark.django_db
def test_signs_of_life_are_written_twice_a_second_and_the_latest_is_not_lost(
    office: Office, django_assert_num_queries: Any
) -> None:
    clock = iter((0.0, EVERY / 2, EVERY / 2, EVERY, EVERY))

    def does(_: Work) -> dict[str, Any] | None:
        work = Work(now_of(job), office.viewer("clerk"), clock=lambda: next(clock))
        with django_assert_num_queries(1):
            work.progress(1, 9, "Reading", 120.0)
            work.progress(2, 9, "Solving" * 100)
            assert not work.stop_asked()
        assert (now_of(job).doing, now_of(job).seconds_left) == ("Reading", 120.0)
        with django_assert_num_queries(1):
            assert not work.stop_asked()
            assert not work.stop_asked()
        assert (now_of(job).done, now_of(job).total, now_of(job).seconds_left) == (2, 9, None)
        assert now_of(job).doing == ("Solving" * 100)[:200]
        return None

    job = scripted(office, does)
    run(job.pk)
    assert now_of(job).state == State.DONE


@pytest.mark.django_db
def test_a_job_runs_with_the_roles_its_person_holds_when_it_runs(office: Office) -> None:
    def does(work: Work) -> dict[str, Any] | None:
        return {"roles": [held.role.value for held in work.viewer.held]}

    scripts["it"] = does
    job = started(office, "test.script", who="manager", name="it")
    with acting(System("a test")):
        office.people["manager"].grants.update(role=Role.AUDITOR)
    run(job.pk)
    assert now_of(job).result == {"roles": ["auditor"]}


@pytest.mark.django_db
def test_the_job_of_somebody_who_has_gone_does_not_run(office: Office) -> None:
    job = started(office, "test.write")
    with acting(System("a test")):
        Person.objects.filter(pk=office.people["clerk"].pk).delete()
    run(job.pk)
    assert (now_of(job).state, written()) == (State.FAILED, 0)
    assert "no longer in the sector" in now_of(job).error


@pytest.mark.django_db
def test_a_job_of_the_offices_own_keeps_the_roles_it_was_started_with(office: Office) -> None:
    seen: list[object] = []

    def does(work: Work) -> dict[str, Any] | None:
        seen.extend((work.viewer, current()))
        return None

    scripts["it"] = does
    viewer = Viewer(office.sector, None, held=(Held(Role.HR_OFFICER, office.north.path),))
    job = started_by(viewer, "test.script", name="it")
    run(job.pk)
    assert seen == [viewer, viewer]
    with acting(viewer):
        assert not Job.objects.all().visible_to(viewer)  # it holds a role for one unit, not for the sector
    assert not job.is_of(viewer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "seen"), [("clerk", 1), ("neighbour", 0), ("manager", 0), ("auditor", 1), ("cdo", 1), ("stranger", 0)]
)
def test_who_sees_a_job(office: Office, other: Office, who: str, seen: int) -> None:
    started(office, "test.write")
    viewer = other.viewer("cdo") if who == "stranger" else office.viewer(who)
    with acting(viewer):
        assert Job.objects.all().visible_to(viewer).count() == seen


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "may"), [("clerk", True), ("cdo", True), ("neighbour", False), ("auditor", False)])
def test_who_may_stop_a_job_and_start_it_once_more(office: Office, who: str, may: bool) -> None:  # noqa: FBT001 - a case
    job = started(office, "test.say", times=1)
    if not may:
        with pytest.raises(NotAllowed):
            stop(office, job, who)
        with pytest.raises(NotAllowed):
            again(office, job, who)
        assert not now_of(job).stop_asked
        return
    assert stop(office, job, who).ended_at == NOW
    assert now_of(job).state == State.CANCELLED
    run(job.pk)
    assert now_of(job).attempt == 0
    new = again(office, job, who)
    assert (new.by, new.args, new.title, new.state) == (office.people[who], {"times": 1}, job.title, State.WAITING)
    assert now_of(job).state == State.CANCELLED
    run(new.pk)
    assert now_of(new).state == State.DONE


@pytest.mark.django_db
def test_a_job_of_another_sector_cannot_be_stopped(office: Office, other: Office) -> None:
    job = started(office, "test.write")
    with pytest.raises(Job.DoesNotExist):
        stop(other, job, "cdo")
    assert not now_of(job).stop_asked


@pytest.mark.django_db
def test_what_has_ended_cannot_be_stopped_and_what_is_done_not_repeated(office: Office) -> None:
    job = started(office, "test.write")
    with pytest.raises(Conflict):
        again(office, job)
    run(job.pk)
    with pytest.raises(Conflict):
        stop(office, job)
    with pytest.raises(Conflict):
        again(office, job)
    assert now_of(job).state == State.DONE


@pytest.mark.django_db
def test_a_long_trace_is_thinned_and_keeps_its_end(office: Office) -> None:
    work = Work(started(office, "test.write"), office.viewer("clerk"))
    for second in range(1000):
        work.trace(second, 1 / (second + 1))
        work.trace(second + 0.5, 1 / (second + 1))  # nothing new
    kept = work._latest["trace"]
    assert len(kept) <= MOST_TRACED
    assert kept[0] == (0, 1)
    assert kept[-1] == (999, 1 / 1000)
    assert [at for at, _figure in kept] == sorted({at for at, _figure in kept})


@pytest.mark.django_db
def test_of_two_figures_at_one_moment_the_later_counts(office: Office) -> None:
    work = Work(started(office, "test.write"), office.viewer("clerk"))
    for second, figure in ((0.01, 0.5), (0.04, 0.4), (1.0, 0.3), (1.04, 0.2), (0.9, 0.1)):
        work.trace(second, figure)
    assert work._latest["trace"] == [(0.0, 0.4), (1.0, 0.1)]
