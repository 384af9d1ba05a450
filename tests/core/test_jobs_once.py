"""Workers die, wake up and leave: the effects of a job happen exactly once, and no job is lost."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.core.jobs_done import NOW, later, now_of, put, scripted, started, stop, written
from tests.core.offices import Office, make_office
from vested.core.jobs import Stopped, Superseded, Work, restart_stale, run
from vested.core.jobs.running import ATTEMPTS, STALE, ring
from vested.core.jobs.work import leaving
from vested.core.models import Job
from vested.core.scope import System, acting

State = Job.State


class Killed(BaseException):
    """What a worker cannot catch."""


@pytest.mark.django_db
def test_its_effects_and_its_end_are_one(office: Office) -> None:
    job = started(office, "test.write")
    run(job.pk)
    run(job.pk)  # a bell rung twice
    assert written() == 1
    assert (now_of(job).state, now_of(job).result, now_of(job).done) == (State.DONE, {"url": "/components/"}, 1)


@pytest.mark.django_db
def test_a_killed_attempt_that_wakes_up_writes_nothing(office: Office) -> None:
    attempts = []

    def does(work: Work) -> dict[str, Any] | None:
        attempts.append(work)
        if len(attempts) == 1:
            assert restart_stale(later()) == 1
            with pytest.raises(Superseded), work.effects():
                raise AssertionError("an attempt that no longer counts was let in")
            run(job.pk)  # the second attempt, from its beginning to its end
        else:
            with pytest.raises(Superseded), attempts[0].effects():
                raise AssertionError("an attempt wrote beside the one that counts")
            with pytest.raises(Superseded):
                attempts[0].progress(1, 2, "Still here")
            assert now_of(job).doing == ""
        with work.effects() as result:
            put(work)
            result["attempt"] = len(attempts)
        return None

    job = scripted(office, does)
    run(job.pk)
    assert len(attempts) == 2
    assert written() == 1
    assert (now_of(job).state, now_of(job).attempt, now_of(job).result) == (State.DONE, 2, {"attempt": 2})


class Interrupted(TestCase):
    """However attempts are killed, thought dead, stopped, broken and woken up: no effect twice, and none unsaid."""

    @settings(deadline=None)
    @given(script=st.lists(st.sampled_from(["sweep", "run", "stop", "look", "write", "break", "wake", "die", "leave"])))
    def test_effects_happen_once_if_it_is_done_and_never_otherwise(self, script: list[str]) -> None:
        steps, self.works = iter(script), list[Work]()
        office = make_office("ours")
        job = scripted(office, lambda work: self.go_on(office, job, steps, work))
        self.attempt(job)
        for _ in steps:  # what is left when all attempts have ended
            restart_stale(later())
            self.attempt(job)
        assert (written(), now_of(job).state == State.DONE) in {(0, False), (1, True)}

    def go_on(self, office: Office, job: Job, steps: Iterator[str], work: Work) -> dict[str, Any] | None:
        """Follow the script, in which later attempts happen inside earlier ones."""
        self.works.append(work)
        for step in steps:
            if step == "sweep":
                restart_stale(later())
            elif step == "run":
                self.attempt(job)
            elif step == "stop" and not now_of(job).ended:
                stop(office, job)
            elif step == "look":
                work.progress(1, 2, "Looking")
            elif step in {"write", "break"}:
                with work.effects():
                    put(work)
                    if step == "break":
                        raise ValueError("broken")
            elif step == "wake":
                with suppress(Stopped, RuntimeError), self.works[0].effects():
                    put(self.works[0])
            elif step == "leave":
                leaving.set()
            elif step == "die":
                raise Killed
        raise Killed

    def attempt(self, job: Job) -> None:
        try:
            run(job.pk)
        except Killed:
            leaving.clear()


@pytest.mark.django_db
def test_what_happens_after_the_effects_cannot_undo_them(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    def does(work: Work) -> dict[str, Any] | None:
        with work.effects():
            put(work)
        with work.effects():
            put(work)
        return None

    job = scripted(office, does)
    run(job.pk)
    assert (now_of(job).state, written()) == (State.DONE, 1)
    assert "writes its effects once" in caplog.text


@pytest.mark.django_db
def test_what_the_function_returns_after_its_effects_is_the_result(office: Office) -> None:
    def does(work: Work) -> dict[str, Any] | None:
        with work.effects():
            put(work)
        return {"url": "/"}

    job = scripted(office, does)
    run(job.pk)
    assert now_of(job).result == {"url": "/"}


@pytest.mark.django_db
def test_a_sign_of_life_keeps_a_job_from_being_thought_dead(office: Office, at_once: None) -> None:  # noqa: ARG001 - a fixture
    def does(work: Work) -> dict[str, Any] | None:
        with acting(System("a test")):
            Job.objects.update(beat_at=NOW)
        work.progress(1, 2, "Alive")
        assert restart_stale(timezone.now()) == 0
        return {"alive": True}

    job = scripted(office, does)
    run(job.pk)
    assert now_of(job).result == {"alive": True}


@pytest.mark.django_db
def test_a_worker_that_leaves_gives_its_job_back(
    office: Office,
    at_once: None,  # noqa: ARG001 - a fixture
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def does(work: Work) -> dict[str, Any] | None:
        leaving.set()
        assert work.stop_asked()
        with work.effects():
            put(work)
        return None

    job = scripted(office, does)
    with django_capture_on_commit_callbacks(execute=True):
        run(job.pk)
    assert (now_of(job).state, written()) == (State.WAITING, 0)
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_a_worker_told_twice_gives_its_job_back_and_goes(office: Office) -> None:
    def does(_: Work) -> dict[str, Any] | None:
        raise SystemExit(1)

    job = scripted(office, does)
    with pytest.raises(SystemExit):
        run(job.pk)
    assert (now_of(job).state, DBTaskResult.objects.count()) == (State.WAITING, 1)


@pytest.mark.django_db
def test_a_worker_that_leaves_too_late_gives_nothing_back(office: Office) -> None:
    def does(_: Work) -> dict[str, Any] | None:
        restart_stale(later())
        raise SystemExit(1)

    job = scripted(office, does)
    with pytest.raises(SystemExit):
        run(job.pk)
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_a_job_whose_worker_dies_each_time_is_given_up(
    office: Office, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    def does(_: Work) -> dict[str, Any] | None:
        raise Killed

    job = scripted(office, does)
    for attempt in range(1, ATTEMPTS + 1):
        with pytest.raises(Killed):
            run(job.pk)
        assert (now_of(job).state, now_of(job).attempt) == (State.RUNNING, attempt)
        assert restart_stale(timezone.now()) == 0  # not silent for long enough
        with django_capture_on_commit_callbacks(execute=True) as rung:
            assert restart_stale(later()) == 1
        assert len(rung) == (attempt < ATTEMPTS)
    assert now_of(job).state == State.FAILED
    assert "three times" in now_of(job).error


@pytest.mark.django_db
def test_a_dead_job_that_was_to_stop_is_stopped(office: Office) -> None:
    def does(_: Work) -> dict[str, Any] | None:
        stop(office, job)
        raise Killed

    job = scripted(office, does)
    with pytest.raises(Killed):
        run(job.pk)
    assert restart_stale(later()) == 1
    assert now_of(job).state == State.CANCELLED


@pytest.mark.django_db
def test_a_lost_bell_is_rung_again_and_one_that_still_rings_is_not(
    office: Office, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    job = started(office, "test.write")  # its transaction is never committed here: the bell is lost
    for times in (1, 2):
        with django_capture_on_commit_callbacks(execute=True):
            restart_stale(timezone.now() + times * 2 * STALE)
        assert [row.args_kwargs["args"] for row in DBTaskResult.objects.all()] == [[job.pk]]


@pytest.mark.django_db
def test_bells_that_were_heard_are_cleared_away_after_a_day(office: Office) -> None:
    ring.enqueue(started(office, "test.write").pk)
    bell = DBTaskResult.objects.get()
    bell.set_successful(None)
    restart_stale(timezone.now() + timedelta(hours=23))
    assert DBTaskResult.objects.exists()
    restart_stale(timezone.now() + timedelta(hours=25))
    assert not DBTaskResult.objects.exists()
