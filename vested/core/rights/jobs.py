"""The long steps of people's rights, done by a worker; and what is past its time, looked for once a day."""

from contextlib import nullcontext
from datetime import datetime

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.actions.personal import erase_people, give_data, keep_to_retention
from vested.core.errors import Invalid
from vested.core.jobs import Work, daily, job, start
from vested.core.models import Person
from vested.core.rights import due
from vested.core.rights.told import packed
from vested.core.scope import beyond_walls
from vested.core.viewer import Viewer


@job("core.personal", title=gettext_lazy("Pack all that is kept about a person"))
def personal(work: Work, *, person: int) -> None:
    """Pack somebody's data, to be taken for a day."""
    found, at = _found(person), timezone.now()
    own = work.viewer.person is not None and work.viewer.person.pk == found.pk
    with beyond_walls("what is kept about somebody is theirs to have") if own else nullcontext():
        name = packed(found, at=at, said=lambda done, total: work.progress(done, total, _("Looking in every table")))
    try:
        with work.effects() as result:
            give_data(by=work.viewer, person=found, at=at)
            result["file"], result["url"] = name, reverse("core:personal-file", args=(work.pk,))
    except BaseException:
        default_storage.delete(name)
        raise


@job("core.erase", title=gettext_lazy("Erase a person's data"))
def erase(work: Work, *, person: int, because: str) -> None:
    """Take somebody out of everything that is kept."""
    work.progress(0, 1, _("Looking in every table"))
    with work.effects() as result:
        result["rows"] = erase_people(by=work.viewer, people=[_found(person)], because=because, at=timezone.now())
        result["url"] = reverse("core:people")


@job("core.retention", title=gettext_lazy("Let go of what is past its time"))
def retention(work: Work) -> None:
    """Remove what may no longer be kept, or make it nameless."""
    work.progress(0, 1, _("Looking in every table"))
    with work.effects() as result:
        result["rows"] = keep_to_retention(by=work.viewer, at=timezone.now())
        result["url"] = reverse("core:retention")


def look_for_old(by: Viewer, at: datetime) -> None:
    """Start to let go of what is past its time, where there is any."""
    today = timezone.localdate(at)
    if due.leavers(today).exists() or due.due(today):
        start("core.retention", by=by, at=at)


daily("core.retention", look_for_old)


def _found(pk: int) -> Person:
    found = Person.objects.select_related("sector", "user").filter(pk=pk).first()
    if found is None:
        raise Invalid(_("This person is not there any more."))
    return found
