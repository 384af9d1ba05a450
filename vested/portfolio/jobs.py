"""The portfolio's long work."""

from typing import Any

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core import jobs
from vested.core.notifications import notify
from vested.portfolio.actions import bring_register_in
from vested.portfolio.imports import read


@jobs.job("portfolio.register", title=gettext_lazy("Bring in a published register"))
def bring_register(work: jobs.Work, *, file: str, source: str) -> dict[str, Any] | None:
    """Bring in what is new in a register that was kept, and tell whoever brought it."""
    work.progress(0, 2, _("Reading the register"))
    with default_storage.open(file) as kept:
        reports, _problems = read(kept.read().decode("utf-8-sig"))
    work.progress(1, 2, _("Bringing it in"))
    at = timezone.now()
    with work.effects() as result:
        found = bring_register_in(by=work.viewer, reports=reports, source=source, at=at)
        counts = {name: getattr(found, name) for name in ("initiatives", "baselines", "claims", "differences")}
        result |= {**counts, "opened": found.opened, "url": reverse("portfolio:published", args=[work.pk])}
        notify(
            [work.viewer.person] if work.viewer.person else [], kind="register.brought_in", values={"source": source},
            title=gettext_lazy("“%(source)s” is brought in"), url=result["url"], at=at,
            body=_(
                "Opened: %(initiatives)s. Baselines frozen: %(baselines)s. Claims: %(claims)s. Differences between "
                "claimed and computed: %(differences)s."
            ) % counts,
        )  # fmt: skip
    default_storage.delete(file)
    return None
