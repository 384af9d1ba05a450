"""The long steps of an import, done by a worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.errors import Invalid, VestedError
from vested.core.imports import actions
from vested.core.imports.checking import checked, laid_out
from vested.core.imports.exports import give_out, pack
from vested.core.imports.layout import GUESS, Sheet, look
from vested.core.jobs import Stopped, Work, job
from vested.core.models import Import
from vested.formats.sector_folder import Report


@job("core.import_check", title=gettext_lazy("Check the files"))
def check(work: Work, *, pk: int) -> None:
    """Look at the files, and check them where it is known what they are."""
    with _files(work, pk) as (imported, path):
        sheets = look(path, imported.mapping)
        if any(sheet.by == GUESS for sheet in sheets):
            with work.effects() as result:
                actions.ask_for_columns(imported=imported, by=work.viewer, sheets=sheets)
                result["url"] = page("columns", imported)
            return
        report = _report(work, path, sheets)
        with work.effects() as result:
            kept = actions.keep_findings(imported=imported, by=work.viewer, sheets=sheets, report=report)
            result["url"] = page(step(kept), kept)


@job("core.import_apply", title=gettext_lazy("Bring the files in"))
def apply(work: Work, *, pk: int) -> None:
    """Do what the preview showed, or show what it would be now."""
    with _files(work, pk) as (imported, path):
        sheets = look(path, imported.mapping)
        report = _report(work, path, sheets)
        work.progress(1, 1, _("Bringing it in"))
        with work.effects() as result:
            kept = actions.make_so(imported=imported, by=work.viewer, sheets=sheets, report=report, at=timezone.now())
            result["url"] = page(step(kept), kept)


@job("core.import_undo", title=gettext_lazy("Undo an import"))
def undo(work: Work, *, pk: int) -> None:
    """Put back what an import found."""
    imported = _found(pk)
    work.progress(0, 0, _("Putting back what was there"))
    with work.effects() as result:
        actions.take_back(imported=imported, by=work.viewer, at=timezone.now())
        result["url"] = page("one", imported)


@job("core.export", title=gettext_lazy("Pack your files"))
def export(work: Work) -> None:
    """Pack all tables there are, to be taken for a day."""
    name, counts = pack(work.viewer, lambda done, total: work.progress(done, total, _("Writing the tables")))
    try:
        with work.effects() as result:
            give_out(by=work.viewer, at=timezone.now(), counts=counts)
            result["file"], result["url"] = name, reverse("core:export", args=(work.pk,))
    except BaseException:
        default_storage.delete(name)
        raise


def step(imported: Import) -> str:
    """The step an import is at."""
    steps = {Import.State.CHECKED: "report", Import.State.READY: "preview"}
    return steps.get(Import.State(imported.state), "one")


def page(step: str, imported: Import) -> str:
    """The address of a step of an import."""
    return reverse(f"core:import-{step}", args=(imported.pk,))


def _report(work: Work, path: Path, sheets: list[Sheet]) -> Report:
    def said(done: int, total: int) -> None:
        work.progress(done, total, _("Reading and checking the files"))

    return checked(path, sheets, progress=said)


def _found(pk: int) -> Import:
    found = Import.objects.filter(pk=pk).first()
    if found is None:
        raise Invalid(_("Somebody has dropped these files."))
    return found


@contextmanager
def _files(work: Work, pk: int) -> Iterator[tuple[Import, Path]]:
    """The import and its files; where anything breaks that nobody thought of, the import says so too."""
    imported = _found(pk)
    try:
        with laid_out(imported) as path:
            yield imported, path
    except (Stopped, VestedError):
        raise
    except Exception:
        actions.break_off(imported=imported, by=work.viewer)
        raise
