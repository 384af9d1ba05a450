"""What stays as it was written: others answer it, note what followed or write anew, and nobody changes it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from vested.core.scope import M, ScopedQuerySet, SectorModel

REFUSED = "what was written is never changed: %s"


class StaysWritten:
    """What a QuerySet of such rows is made of: their words stay, however they are saved."""

    model: Any

    def update(self, **values: Any) -> int:
        """Change rows, save what was written in them."""
        self._refuse(values)
        return int(super().update(**values))  # type: ignore[misc]  # it stands before a QuerySet

    def bulk_update(self, objs: Any, fields: Iterable[str], *args: Any, **kwargs: Any) -> int:  # noqa: ANN401 - rows
        """Change many rows, save what was written in them."""
        names = list(fields)
        self._refuse(names)
        return int(super().bulk_update(objs, names, *args, **kwargs))  # type: ignore[misc]  # as above

    def _refuse(self, names: Iterable[str]) -> None:
        if changed := sorted({*self.model.written} & {*names}):
            raise ValueError(REFUSED % ", ".join(changed))


class WrittenQuerySet(StaysWritten, ScopedQuerySet[M]):
    """Rows whose words stay."""


class Written(SectorModel):
    """A row of which what was ``written`` stays as it was when it was made."""

    written: ClassVar[tuple[str, ...]] = ("words",)

    class Meta(SectorModel.Meta):
        """As all of a sector."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, but never with other words than it was made with."""
        named = kwargs.get("update_fields")
        names = self.written if named is None else sorted({*self.written} & {*named})
        model: Any = type(self)
        before = model.objects.filter(pk=self.pk).values(*names).first() if names else None
        if changed := [name for name, value in (before or {}).items() if value != getattr(self, name)]:
            raise ValueError(REFUSED % ", ".join(changed))
        super().save(*args, **kwargs)
