"""Jobs, for programs."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from vested.core import jobs as work
from vested.core.api.lists import Key, Listed, ListOf, Paging, one_of
from vested.core.filters import JobFilter
from vested.core.models import Job
from vested.core.viewer import viewer_of

router = Router()


class JobOut(Schema):
    """Work that goes on after the answer."""

    id: int
    kind: str
    title: str
    by: int | None = Field(alias="by_id", description="The person who started it; null: the office.")
    state: str = one_of(Job.State)
    stop_asked: bool
    done: int
    total: int = Field(description="0 while unknown.")
    doing: str
    seconds_left: float | None
    result: dict[str, Any] | None
    error: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


JOBS = ListOf(filters=JobFilter, sorts={"created_at": "created_at", "state": "state"}, usual="-created_at")


@router.get("/jobs", response=Listed[JobOut], openapi_extra=JOBS.described())
def jobs(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List jobs: the sector's where your role lets you see history, otherwise your own."""
    return JOBS.page(request, Job.objects.all().visible_to(viewer_of(request)), paging)


@router.get("/jobs/{pk}", response=JobOut)
def job(request: HttpRequest, pk: Key) -> Job:
    """Read how far a job is, and what came of it."""
    return _found(request, pk)


@router.post("/jobs/{pk}/cancel", response=JobOut)
def job_cancel(request: HttpRequest, pk: Key) -> Job:
    """Stop a job: at once while it waits, at its next sign of life while it runs."""
    return work.cancel(job=_found(request, pk), by=viewer_of(request), at=timezone.now())


@router.post("/jobs/{pk}/retry", response={201: JobOut})
def job_retry(request: HttpRequest, pk: Key) -> Job:
    """Start a failed or stopped job once more, as a new one of yours."""
    return work.retry(job=_found(request, pk), by=viewer_of(request), at=timezone.now())


def _found(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job.objects.all().visible_to(viewer_of(request)), pk=pk)
