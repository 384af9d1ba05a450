"""What an escalation can be raised from: rooms say which of their things, and where each is."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from vested.core.scope import SectorModel
from vested.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Subject:
    """A model whose things an escalation can be about, and the name of their page."""

    model: type[SectorModel]
    page: str


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Let escalations be raised from a model's things; a room does when Django starts."""
    _subjects[subject.model._meta.label_lower] = subject


def find(viewer: Viewer, kind: str, pk: int | None) -> tuple[SectorModel, str] | None:
    """The thing and its address, where it exists for the viewer."""
    subject = _subjects.get(kind)
    if subject is None or pk is None:
        return None
    model: Any = subject.model
    found = model.objects.all().visible_to(viewer).filter(pk=pk).first()
    return (found, reverse(subject.page, args=[pk])) if found else None
