"""The pages of jobs: one's own list, one job with its progress, stopping, starting once more."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.core.jobs_done import NOW, now_of, started
from tests.core.offices import Office, signed_in
from vested.core.jobs import run
from vested.core.models import Job
from vested.core.scope import System, acting

State = Job.State


def html(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def become(job: Job, state: Job.State, **fields: Any) -> None:
    """Put the job into a state, as if a worker had."""
    with acting(System("a test")):
        ended = None if state in {State.WAITING, State.RUNNING} else NOW
        Job.objects.filter(pk=job.pk).update(state=state, ended_at=ended, **fields)


def test_the_list_is_ones_own_newest_first_and_is_led_to_from_the_account(office: Office) -> None:
    first, second = started(office, "test.say", times=1), started(office, "test.write")
    started(office, "test.endless", who="neighbour")
    client = signed_in(office, "clerk")
    assert '<a href="/jobs/">My jobs</a>' in html(client, "/")
    assert re.findall(r'<a href="/jobs/(\d+)/">', html(client, "/jobs/")) == [str(second.pk), str(first.pk)]
    assert "whose=all" not in html(client, "/jobs/")
    assert "Jobs of the sector" not in html(client, "/jobs/?whose=all")
    assert "No jobs yet" in html(signed_in(office, "manager"), "/jobs/")
    assert Client().get("/jobs/").status_code == 302


@pytest.mark.parametrize(("who", "buttons"), [("cdo", 1), ("auditor", 0)])
def test_who_may_see_history_sees_all_of_the_sectors(office: Office, other: Office, who: str, buttons: int) -> None:
    started(other, "test.write")
    job = started(office, "test.write")
    client = signed_in(office, who)
    assert "No jobs yet" in html(client, "/jobs/")
    every = html(client, "/jobs/?whose=all")
    assert "Jobs of the sector" in every
    assert re.findall(r'<a href="/jobs/(\d+)/">', every) == [str(job.pk)]
    assert "clerk of ours" in every
    assert every.count(f"/jobs/{job.pk}/cancel/") == buttons


@pytest.mark.parametrize("state", list(State))
def test_each_state_says_what_it_is_and_what_to_do(office: Office, state: Job.State) -> None:
    job = started(office, "test.write")
    become(job, state, done=1200, total=4800, doing="Reading the staff file", seconds_left=200.0, attempt=2,
           error="The file has no table of staff.", result={"url": "/components/"})  # fmt: skip
    client = signed_in(office, "clerk")
    rows, page, part = (
        html(client, "/jobs/"),
        html(client, f"/jobs/{job.pk}/"),
        html(client, f"/jobs/{job.pk}/progress/"),
    )
    assert str(state.label) in rows
    live, repeatable = state in {State.WAITING, State.RUNNING}, state in {State.FAILED, State.CANCELLED}
    assert part.strip() in page or repeatable  # its form carries a token of its own each time
    for text in (page, part):
        assert (f'hx-get="/jobs/{job.pk}/progress/" hx-trigger="every 2s"' in text) == live
        assert (f'href="/jobs/{job.pk}/"' in text) == live  # refresh, without JavaScript
        assert (f"/jobs/{job.pk}/cancel/" in text) == live
        assert (f'action="/jobs/{job.pk}/retry/"' in text) == repeatable
        assert ("The file has no table of staff." in text) == (state == State.FAILED)
        assert ('href="/components/"' in text) == (state == State.DONE)
        assert ("1,200 of 4,800, about 3 minutes left" in text) == (state == State.RUNNING)
        assert ('max="4800" value="1200"' in text) == live
    assert ("1,200 of 4,800, about 3 minutes left" in rows) == (state == State.RUNNING)
    assert "<html" not in part
    assert "http-equiv" not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "not known how long"),
        ({"total": 9, "seconds_left": 59.0}, "0 of 9, less than a minute left"),
        ({"seconds_left": 60.0}, "about 1 minute left"),
    ],
)
def test_how_far_a_running_job_is(office: Office, fields: dict[str, float], words: str) -> None:
    job = started(office, "test.write")
    become(job, State.RUNNING, **fields)
    page = html(signed_in(office, "clerk"), f"/jobs/{job.pk}/")
    assert words in page
    assert (" max=" in page) == ("total" in fields)


def test_a_job_is_stopped_after_a_question(office: Office) -> None:
    job = started(office, "test.write")
    become(job, State.RUNNING)
    client = signed_in(office, "clerk")
    assert "Stop “Write a line”?" in html(client, f"/jobs/{job.pk}/cancel/")
    assert not now_of(job).stop_asked
    assert client.post(f"/jobs/{job.pk}/cancel/")["location"] == f"/jobs/{job.pk}/"
    assert now_of(job).stop_asked
    page = html(client, f"/jobs/{job.pk}/")
    assert "It is told to stop" in page
    assert f"/jobs/{job.pk}/cancel/" not in page
    assert "Stopping" in html(client, "/jobs/")


def test_what_has_ended_is_not_asked_about(office: Office) -> None:
    job = started(office, "test.write")
    run(job.pk)
    client = signed_in(office, "clerk")
    assert client.get(f"/jobs/{job.pk}/cancel/")["location"] == f"/jobs/{job.pk}/"
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 409
    assert client.post(f"/jobs/{job.pk}/retry/").status_code == 409


def test_a_failed_job_is_started_once_more(office: Office) -> None:
    job = started(office, "test.refuse")
    run(job.pk)
    client = signed_in(office, "clerk")
    assert client.get(f"/jobs/{job.pk}/retry/").status_code == 405
    led = client.post(f"/jobs/{job.pk}/retry/")["location"]
    assert led not in {f"/jobs/{job.pk}/", "/"}
    assert "It waits for its turn" in html(client, led)


@pytest.mark.parametrize(("who", "seen"), [("neighbour", 404), ("stranger", 404), ("auditor", 200)])
def test_others_jobs(office: Office, other: Office, who: str, seen: int) -> None:
    job = started(office, "test.refuse")
    client = signed_in(other, "cdo") if who == "stranger" else signed_in(office, who)
    for part in ("", "progress/", "cancel/"):
        assert client.get(f"/jobs/{job.pk}/{part}").status_code == seen
    for part in ("cancel/", "retry/"):
        assert client.post(f"/jobs/{job.pk}/{part}").status_code == (403 if seen == 200 else 404)
    assert now_of(job).state == State.WAITING
    if seen == 200:
        assert "/cancel/" not in html(client, f"/jobs/{job.pk}/")


def test_a_long_list_has_pages_and_asks_no_more_than_a_short_one(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    for _ in range(27):
        started(office, "test.write")
    client = signed_in(office, "cdo")
    with django_assert_max_num_queries(8):
        assert html(client, "/jobs/?whose=all").count("<tr>") == 26
    assert html(client, "/jobs/?whose=all&page=2").count("<tr>") == 3
    assert 'href="?whose=all&amp;page=2"' in html(client, "/jobs/?whose=all")
    pk = now_of_any(office)
    with django_assert_max_num_queries(8):
        assert "It waits" in html(client, f"/jobs/{pk}/progress/")


def now_of_any(office: Office) -> int:
    with acting(office.viewer("cdo")):
        return Job.objects.all()[0].pk


def test_a_search_shows_how_near_it_is_and_ends_with_its_best_when_asked(office: Office) -> None:
    job = started(office, "test.search")
    client = signed_in(office, "clerk")
    assert "keep the best" not in html(client, f"/jobs/{job.pk}/")
    assert client.post(f"/jobs/{job.pk}/best/").status_code == 409
    become(job, State.RUNNING, trace=[[0.5, 0.4], [2.0, 0.1]])
    page = html(client, f"/jobs/{job.pk}/")
    assert "keep the best" in page
    assert "After 2 seconds at most 10.0\N{NO-BREAK SPACE}% is missing" in page
    assert signed_in(office, "neighbour").post(f"/jobs/{job.pk}/best/").status_code == 404
    assert client.post(f"/jobs/{job.pk}/best/")["location"] == f"/jobs/{job.pk}/"
    become(job, State.WAITING)
    run(job.pk)
    ended = now_of(job)
    assert (ended.state, ended.result) == (State.DONE, {"figure": pytest.approx(0.9)})
    assert ended.trace == [[0.1, pytest.approx(0.9)]]


def test_a_job_that_does_not_search_has_no_best_so_far(office: Office) -> None:
    job = started(office, "test.write")
    become(job, State.RUNNING)
    client = signed_in(office, "clerk")
    assert "keep the best" not in html(client, f"/jobs/{job.pk}/")
    assert client.post(f"/jobs/{job.pk}/best/").status_code == 409
