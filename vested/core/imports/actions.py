"""Bring files in, step by step: each step is an action, and the long ones start a job that ends with another."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core import jobs
from vested.core.errors import Conflict, Invalid
from vested.core.history import record
from vested.core.imports import checking, upload
from vested.core.imports.layout import Sheet
from vested.core.imports.planning import look_at_rows_anew
from vested.core.imports.tables import Diff, apply_all, digest_of, followed, packed, tables, unpacked
from vested.core.imports.within import within
from vested.core.models import Import, Sector
from vested.core.permissions import Permission, require
from vested.core.traces.in_imports import sweep
from vested.core.viewer import Viewer
from vested.formats.sector_folder import Report

NAMED = 5  # rows a refusal names one by one
LISTED = 2  # files an import is called by
State = Import.State


def upload_files(*, by: Viewer, files: Sequence[UploadedFile], at: datetime) -> Import:
    """Keep files somebody brings, and start to look at them."""
    require(by, Permission.IMPORT_RUN)
    folder, names = upload.keep(files)
    try:
        with transaction.atomic():
            sweep(at)
            imported = Import.objects.create(
                sector=by.sector, person=by.person, at=at, name=_named(files), folder=folder, files=names
            )
            _start(imported, "core.import_check", by=by, at=at)
            record("import.uploaded", by=by, on=imported, new={"files": names})
    except Exception:
        upload.discard(folder, names)
        raise
    return imported


@transaction.atomic
def choose_columns(*, imported: Import, by: Viewer, sheets: Sequence[Sheet], at: datetime) -> None:
    """Say which table each file is and which column each heading, and start to check."""
    require(by, Permission.IMPORT_RUN)
    imported = _free(imported)
    imported.mapping, imported.state = [sheet.to_keep() for sheet in sheets], State.MAPPED
    _start(imported, "core.import_check", by=by, at=at)
    record("import.columns_chosen", by=by, on=imported, new={sheet.name: sheet.table for sheet in sheets})


@transaction.atomic
def check_again(*, imported: Import, by: Viewer, at: datetime) -> None:
    """Check the files once more, beside what there is now."""
    require(by, Permission.IMPORT_RUN)
    imported = _free(imported)
    _start(imported, "core.import_check", by=by, at=at)
    record("import.checked_again", by=by, on=imported)


def mend(*, imported: Import, by: Viewer, file: UploadedFile, instead_of: str, at: datetime) -> None:
    """Put a mended file in place of one that is kept, under that one's name, and check again."""
    require(by, Permission.IMPORT_RUN)
    if instead_of not in imported.files:
        raise Invalid(_("There is no such file to put it in place of."), field="instead_of")
    folder, names = upload.keep([file])
    try:
        with transaction.atomic():
            imported = _free(imported)
            if len(names) != 1 or _kind(names[0]) != _kind(instead_of):
                raise Invalid(_("Bring one file of the same kind as “%(file)s”.") % {"file": instead_of}, field="file")
            new, old = {instead_of: names[0]}, imported.folder
            kept = [(name, new.get(name, name), folder if name in new else old) for name in imported.files]
            imported.folder = upload.gather(kept)
            transaction.on_commit(partial(upload.discard, old, imported.files))
            _start(imported, "core.import_check", by=by, at=at)
            record("import.mended", by=by, on=imported, new={"file": instead_of})
    finally:
        upload.discard(folder, names)


@transaction.atomic
def drop(*, imported: Import, by: Viewer, at: datetime) -> None:
    """Forget files that were not brought in."""
    require(by, Permission.IMPORT_RUN)
    imported = _free(imported)
    record("import.dropped", by=by, on=imported, old={"files": imported.files}, new={"at": at})
    transaction.on_commit(partial(upload.discard, imported.folder, imported.files))
    imported.delete()


@transaction.atomic
def bring_in(*, imported: Import, by: Viewer, at: datetime) -> None:
    """Start to make it so."""
    require(by, Permission.IMPORT_RUN)
    imported = _free(imported)
    if imported.state != State.READY:
        raise Conflict(_("These files are not ready to be brought in. Check them again."), theirs={}, yours={})
    _start(imported, "core.import_apply", by=by, at=at)
    record("import.asked_for", by=by, on=imported)


@transaction.atomic
def undo(*, imported: Import, by: Viewer, at: datetime) -> None:
    """Start to put back what the import found."""
    require(by, Permission.IMPORT_RUN)
    imported = _undoable(imported, at)
    if imported.busy:
        raise Conflict(_("It is being undone already."), theirs={}, yours={})
    _start(imported, "core.import_undo", by=by, at=at)
    record("import.undo_asked_for", by=by, on=imported)


@transaction.atomic
def ask_for_columns(*, imported: Import, by: Viewer, sheets: Sequence[Sheet]) -> None:
    """Keep what was guessed of the files, for a person to look at."""
    require(by, Permission.IMPORT_RUN)
    imported = _open(imported)
    imported.mapping, imported.state = [sheet.to_keep() for sheet in sheets], State.UPLOADED
    imported.save()
    record("import.columns_asked_for", by=by, on=imported)


@transaction.atomic
def keep_findings(
    *, imported: Import, by: Viewer, sheets: Sequence[Sheet], report: Report, again: bool = False
) -> Import:
    """Keep what checking found: the problems, or what would change (``again``: it was something else before)."""
    require(by, Permission.IMPORT_RUN)
    imported = _open(imported)
    diffs = checking.differences(report)
    imported.mapping = [sheet.to_keep() for sheet in sheets]
    imported.report = checking.report_of(report)
    imported.preview = checking.preview_of(diffs, left=checking.left_alone(report), again=again)
    imported.counts, imported.digest = checking.counts_of(diffs), digest_of(diffs)
    imported.state = State.READY if report.sector else State.CHECKED
    imported.save()
    record("import.checked", by=by, on=imported, new={"problems": sum(problem.count for problem in report.problems)})
    return imported


@transaction.atomic
def make_so(*, imported: Import, by: Viewer, sheets: Sequence[Sheet], report: Report, at: datetime) -> Import:
    """Do what was shown, all of it; where it would be something else by now, keep that to be shown instead."""
    require(by, Permission.IMPORT_RUN)
    Sector.objects.select_for_update().get(pk=by.sector.pk)  # one import after the other
    imported = _open(imported)
    diffs = checking.differences(report)
    if report.sector is None or digest_of(diffs) != imported.digest:
        return keep_findings(imported=imported, by=by, sheets=sheets, report=report, again=True)
    apply_all(diffs, by=by, at=at)
    followed(by=by, at=at)
    look_at_rows_anew()
    imported.keep_before(packed(diffs))
    imported.state, imported.done_at, imported.preview, imported.report = State.DONE, at, {}, {}
    imported.save()
    transaction.on_commit(partial(upload.discard, imported.folder, imported.files))
    record("import.done", by=by, on=imported, new={**_counted(imported), "within": within(diffs)})
    return imported


@transaction.atomic
def take_back(*, imported: Import, by: Viewer, at: datetime) -> None:
    """Put back what the import found, unless somebody has changed some of it since."""
    require(by, Permission.IMPORT_RUN)
    Sector.objects.select_for_update().get(pk=by.sector.pk)
    imported = _undoable(imported, at)
    diffs = unpacked(imported.rows_before())
    _require_untouched(diffs)
    apply_all({name: diff.back() for name, diff in diffs.items()}, by=by, at=at)
    followed(by=by, at=at)
    look_at_rows_anew()
    imported.state, imported.undone_at, imported.before = State.UNDONE, at, None
    imported.save()
    record("import.undone", by=by, on=imported, old=_counted(imported), new={"within": within(diffs)})


@transaction.atomic
def break_off(*, imported: Import, by: Viewer) -> None:
    """Say that a job broke, and that nothing was changed."""
    Import.objects.filter(pk=imported.pk).update(state=State.FAILED)
    record("import.failed", by=by, on=imported)


def _named(files: Sequence[UploadedFile]) -> str:
    """What an import is called: its files, the first of many."""
    names = [str(file.name) for file in files]
    more = len(names) - LISTED
    if more <= 0:
        return ", ".join(names)[:200]
    words = ngettext("%(files)s and %(count)s more", "%(files)s and %(count)s more", more)
    return (words % {"files": ", ".join(names[:LISTED]), "count": more})[:200]


def _counted(imported: Import) -> dict[str, Any]:
    return {
        name: {"added": added, "changed": changed, "removed": gone} for name, added, changed, gone in imported.counts
    }


def _require_untouched(diffs: Mapping[str, Diff]) -> None:
    """Raise Conflict where a row has another value now than the import left."""
    touched = []
    for table in tables():
        if diff := diffs.get(table.name):
            now = table.current()
            left = {**diff.added, **{key: new for key, (_old, new) in diff.changed.items()}}
            touched += [(table, key) for key, row in left.items() if now.get(key) != row]
            touched += [(table, key) for key in diff.removed if key in now]
    if not touched:
        return
    named = ", ".join(f"{table.label} {' '.join(key)}" for table, key in touched[:NAMED])
    words = ngettext(
        "It cannot be undone: %(count)s row has been changed since (%(rows)s). Undo that first, or bring in files with "
        "what should be.",
        "It cannot be undone: %(count)s rows have been changed since (%(rows)s). Undo that first, or bring in files "
        "with what should be.",
        len(touched),
    )
    rows = f"{named} …" if len(touched) > NAMED else named
    raise Conflict(words % {"count": len(touched), "rows": rows}, theirs={}, yours={})


def _start(imported: Import, kind: str, *, by: Viewer, at: datetime) -> None:
    """Save the import, and start a job on it."""
    imported.job = jobs.start(kind, by=by, at=at, pk=imported.pk)
    imported.save()


def _locked(imported: Import) -> Import:
    found = Import.objects.select_for_update().filter(pk=imported.pk).first()
    if found is None:
        raise Conflict(_("Somebody has dropped these files."), theirs={}, yours={})
    return found


def _open(imported: Import) -> Import:
    """The import as it is now, locked; raises Conflict where it is done or dropped."""
    found = _locked(imported)
    if not found.open:
        raise Conflict(_("These files have been brought in already."), theirs={}, yours={})
    return found


def _free(imported: Import) -> Import:
    """The import as it is now, locked; raises Conflict where it is done or dropped, or a job is at it."""
    found = _open(imported)
    if found.busy:
        raise Conflict(_("These files are being worked on. Wait until that is done."), theirs={}, yours={})
    return found


def _undoable(imported: Import, at: datetime) -> Import:
    """The import as it is now, locked; raises Conflict where it cannot be undone."""
    found = _locked(imported)
    if found.undo_until is None or at > found.undo_until:
        raise Conflict(_("It can be undone for one day after it was brought in, and once."), theirs={}, yours={})
    return found


def _kind(name: str) -> bool:
    return name.casefold().endswith(upload.WORKBOOK)
