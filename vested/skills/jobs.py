"""The skills room's long work."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core import jobs
from vested.core.viewer import Viewer
from vested.skills.actions import keep_snapshot
from vested.skills.models import Post
from vested.skills.queries.gaps.taken import take


@jobs.job("skills.count", title=gettext_lazy("Count the gaps"))
def count(work: jobs.Work) -> dict[str, Any] | None:
    """Count the sector anew, and decide what of it everybody may know."""
    work.progress(0, 1, _("Counting everybody's levels beside what their roles ask"))
    taken = take()
    with work.effects() as result:
        keep_snapshot(by=work.viewer, taken=taken, at=timezone.now())
        result["url"] = reverse("skills:gaps")
    return None


def count_after(by: Viewer, at: datetime) -> None:
    """Have the gaps counted anew once files were brought in, unless nobody holds a post yet."""
    if Post.objects.filter(until=None).exists():
        jobs.start("skills.count", by=by, at=at)
