"""Take a plan's files out of the house."""

from datetime import datetime

from django.db import transaction

from vested.core import jobs
from vested.core.history import record
from vested.core.imports.exports import drop_old
from vested.core.models import Job
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.plans.models import Plan


@transaction.atomic
def ask_for_files(*, by: Viewer, plan: Plan, at: datetime) -> Job:
    """Start to pack all files of a plan; they name everybody in it."""
    require(by, Permission.PLAN_SEE)
    require(by, Permission.PEOPLE_SEE)
    job = jobs.start("plans.files", by=by, at=at, title=str(plan), pk=plan.pk)
    record("plan.files_asked_for", by=by, on=plan)
    return job


@transaction.atomic
def give_files(*, by: Viewer, plan: Plan, at: datetime) -> None:
    """Say that a plan's files leave the house; those packed more than a day ago are deleted."""
    require(by, Permission.PLAN_SEE)
    require(by, Permission.PEOPLE_SEE)
    drop_old(at)
    record("plan.files_packed", by=by, on=plan)
