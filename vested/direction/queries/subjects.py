"""What an escalation can be raised from: rooms say which of their things, where each is, and its page shows them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from vested.core.panels import Panel
from vested.core.panels import register as show
from vested.core.scope import SectorModel
from vested.core.viewer import Viewer
from vested.direction.queries.escalations import Step, escalations_listed

MOST = 8
SHAPES: dict[str, str] = {
    Step.OWNER: "waits",
    Step.DIRECTOR: "next",
    Step.TOP: "risk",
    Step.OVERDUE: "late",
    Step.DECIDED: "good",
}  # of a status, by whose turn it is


@dataclass(frozen=True, slots=True)
class Subject:
    """A model whose things an escalation can be about, and the name of their page, which has panels.

    ``heavy`` are fields that are not read for it.
    """

    model: type[SectorModel]
    page: str
    heavy: tuple[str, ...] = ()


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Let escalations be raised from a model's things, and show them there; a room does when Django starts."""
    if subject.model._meta.label_lower not in _subjects:
        _subjects[subject.model._meta.label_lower] = subject
        show(Panel(subject.model, "direction/panels/escalations.html", raised_from))


def find(viewer: Viewer, kind: str, pk: int | None) -> tuple[SectorModel, str] | None:
    """The thing and its address, where it exists for the viewer."""
    subject = _subjects.get(kind)
    if subject is None or pk is None:
        return None
    model: Any = subject.model
    found = model.objects.all().visible_to(viewer).defer(*subject.heavy).filter(pk=pk).first()
    return (found, reverse(subject.page, args=[pk])) if found else None


def stands(row: Any) -> tuple[str, str]:  # noqa: ANN401 - an escalation with what its query adds
    """Where an escalation is: a shape and words."""
    return SHAPES[row.step], str(Step(row.step).label)


def raised_from(viewer: Viewer, thing: SectorModel) -> dict[str, Any]:
    """The decisions asked for from a thing, as far as they exist for the viewer, and where to ask for one."""
    kind = thing._meta.label_lower
    rows: QuerySet[Any] = escalations_listed(viewer, localdate()).filter(about_type=kind, about_id=thing.pk)
    return {
        "rows": [(one, *stands(one)) for one in rows.order_by("-raised_on", "-pk")[:MOST]],
        "url": f"{reverse('direction:escalation-new')}?about={kind}&id={thing.pk}",
    }
