"""Bringing files in: what was brought, new files, their columns, what is wrong, what would change, and the way back."""

import csv
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vested.core.errors import Invalid
from vested.core.imports import actions, words
from vested.core.imports.forms import ColumnsForm, MendForm, UploadForm
from vested.core.imports.jobs import step
from vested.core.imports.layout import Sheet
from vested.core.imports.tables import tables
from vested.core.models import Import
from vested.core.models.imports import KEEP_FOR
from vested.core.permissions import Permission, require
from vested.core.viewer import viewer_of
from vested.formats.sector_folder import escape

A_PAGE = 25
SHOWN = 20  # problems of a kind on the page; the rest is in the file


def history(request: HttpRequest) -> HttpResponse:
    """What was brought in, newest first."""
    viewer = viewer_of(request)
    require(viewer, Permission.IMPORT_RUN)
    rows = Import.objects.all().visible_to(viewer).light().select_related("person", "job")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    columns = (_("Files"), _("Who"), _("When"), _("What changed"), _("State"))
    return render(
        request,
        "core/imports/history.html",
        {
            "page": page,
            "rows": [
                (found, words.happened(found.counts) if not found.open else [], _undo_open(found)) for found in page
            ],
            "columns": [(name, "", "", False) for name in columns],
        },
    )


def new(request: HttpRequest) -> HttpResponse:
    """Choose files to bring."""
    viewer = viewer_of(request)
    require(viewer, Permission.IMPORT_RUN)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            imported = actions.upload_files(by=viewer, files=form.cleaned_data["chosen"], at=timezone.now())
        except Invalid as error:
            form.add_error("chosen", str(error))
        else:
            return _at_work(imported)
    return render(request, "core/imports/new.html", {"form": form, "trail": _trail(), "days": KEEP_FOR.days})


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What an import did; one that is not done leads to its step."""
    imported = _found(request, pk)
    if imported.busy:
        return _at_work(imported)
    at = step(imported)
    if at != "one" and not _broke(imported):
        return redirect(f"core:import-{at}", pk=pk)
    if imported.state == Import.State.UPLOADED and imported.mapping:
        return redirect("core:import-columns", pk=pk)
    happened = words.happened(imported.counts) if not imported.open else []
    context = {"imported": imported, "happened": happened, "undo": _undo_open(imported), "trail": _trail()}
    return render(request, "core/imports/one.html", {**context, "broke": _broke(imported), "step": at})


def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which table each file is, and which column is which."""
    imported = _open(request, pk)
    if imported.busy:
        return _at_work(imported)
    sheets = [Sheet.kept(kept) for kept in imported.mapping]
    form = ColumnsForm(request.POST if request.method == "POST" else None, sheets=sheets)
    if request.method == "POST" and form.turned:
        form = ColumnsForm(sheets=form.sheets)
    elif request.method == "POST" and form.is_valid():
        actions.choose_columns(imported=imported, by=viewer_of(request), sheets=form.chosen(), at=timezone.now())
        return redirect("core:import-one", pk=pk)
    return render(request, "core/imports/columns.html", {"imported": imported, "form": form, "trail": _trail()})


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """What is wrong with the files, cell by cell; and a mended one in place of one of them."""
    imported = _open(request, pk)
    if imported.busy:
        return _at_work(imported)
    form = MendForm(files=imported.files)
    if request.method == "POST":
        form = MendForm(request.POST, request.FILES, files=imported.files)
        if form.is_valid():
            try:
                actions.mend(imported=imported, by=viewer_of(request), at=timezone.now(), **form.cleaned_data)
                return redirect("core:import-one", pk=pk)
            except Invalid as error:
                form.add_error(error.field or "file", str(error))
    context = {"imported": imported, "form": form, "trail": _trail(), **_problems(imported)}
    return render(request, "core/imports/report.html", context)


def report_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """What is wrong with the files, to work through in a spreadsheet."""
    imported = _open(request, pk)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="problems.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(("file", "row", "column", "kind", "what", "mend", "count"))
    for file, line, column, kind, what, mend, count in imported.report.get("problems", []):
        texts = (
            escape(file),
            line,
            column,
            escape(str(words.KINDS.get(kind, kind))),
            escape(what),
            escape(mend),
            count,
        )
        writer.writerow(texts)
    return answer


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would change; bringing it in starts from here."""
    imported = _open(request, pk)
    if imported.busy:
        return _at_work(imported)
    if request.method == "POST":
        actions.bring_in(imported=imported, by=viewer_of(request), at=timezone.now())
        return redirect("core:import-one", pk=pk)
    if imported.state != Import.State.READY:
        return redirect("core:import-one", pk=pk)
    context = {"imported": imported, "trail": _trail(), "again": imported.preview.get("again"), **_changes(imported)}
    return render(request, "core/imports/preview.html", context)


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check once more."""
    actions.check_again(imported=_open(request, pk), by=viewer_of(request), at=timezone.now())
    return redirect("core:import-one", pk=pk)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget the files."""
    imported = _open(request, pk)
    actions.drop(imported=imported, by=viewer_of(request), at=timezone.now())
    messages.success(request, _("“%(files)s” is dropped; nothing was changed.") % {"files": imported.name})
    return redirect("core:imports")


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to undo an import, and undo it."""
    imported = _found(request, pk)
    if request.method == "POST":
        actions.undo(imported=imported, by=viewer_of(request), at=timezone.now())
        return redirect("core:import-one", pk=pk)
    if not _undo_open(imported):
        return redirect("core:import-one", pk=pk)
    here = reverse("core:import-one", args=(pk,))
    trail = [*_trail(), (imported.name, here)]
    context = {"imported": imported, "trail": trail, "happened": words.happened(imported.counts), "back": here}
    return render(request, "core/imports/undo.html", context)


def _found(request: HttpRequest, pk: int) -> Import:
    viewer = viewer_of(request)
    require(viewer, Permission.IMPORT_RUN)
    rows = Import.objects.all().visible_to(viewer).defer("before").select_related("person", "job")
    return get_object_or_404(rows, pk=pk)


def _open(request: HttpRequest, pk: int) -> Import:
    """One that is not done yet; 404 for others, whose files are gone."""
    viewer = viewer_of(request)
    require(viewer, Permission.IMPORT_RUN)
    rows = Import.objects.all().visible_to(viewer).defer("before").select_related("person", "job")
    return get_object_or_404(rows.exclude(state__in=(Import.State.DONE, Import.State.UNDONE)), pk=pk)


def _at_work(imported: Import) -> HttpResponseRedirect:
    return redirect("core:job", pk=imported.job_id)


def _broke(imported: Import) -> bool:
    """Whether its latest job did not come to its end."""
    return imported.job is not None and imported.job.again


def _undo_open(imported: Import) -> bool:
    return imported.undo_until is not None and timezone.now() <= imported.undo_until


def _trail() -> list[tuple[str, str]]:
    return [(_("Your files"), reverse("core:imports"))]


def _problems(imported: Import) -> dict[str, Any]:
    """Problems by file and kind, the first of each kind; and how many there are."""
    kept = imported.report
    files: dict[str, list[dict[str, Any]]] = {}
    for file, kind, count in kept.get("counts", []):
        rows = [row for row in kept["problems"] if row[0] == file and row[3] == kind][:SHOWN]
        more = count - len(rows)
        files.setdefault(file, []).append(
            {"kind": words.KINDS.get(kind, kind), "count": count, "rows": rows, "more": more}
        )
    return {
        "files": list(files.items()),
        "total": sum(count for _file, _kind, count in kept.get("counts", [])),
        "warnings": kept.get("warnings", [])[:SHOWN],
        "warned": len(kept.get("warnings", [])),
        "columns": [(name, "", "", False) for name in (_("Row and column"), _("What is wrong"), _("How to mend it"))],
    }


def _changes(imported: Import) -> dict[str, Any]:
    """What would change, table by table, with the first rows of each kind."""
    known = {table.name: table for table in tables()}
    samples = imported.preview.get("samples", {})
    found = []
    for name, label, sentences in words.will(imported.counts):
        table, rows = known[name], samples.get(name, {})
        heads = [*table.keys, *table.columns]
        kinds = [
            (_("Added"), [[*key, *row] for key, row in rows.get("added", [])]),
            (_("Removed"), [[*key, *row] for key, row in rows.get("removed", [])]),
        ]
        changed = [
            (" ".join(key), [part for part in zip(table.columns, old, new, strict=True) if part[1] != part[2]])
            for key, old, new in rows.get("changed", [])
        ]
        whole = [(words_of, [(name, "", "", False) for name in heads], cells) for words_of, cells in kinds if cells]
        found.append({"label": label, "sentences": sentences, "whole": whole, "changed": changed})
    left = [str(known[name].label) for name in imported.preview.get("left", []) if name in known]
    total = sum(added + changed + removed for _name, added, changed, removed in imported.counts)
    return {"tables": found, "left": left, "total": total, "warned": len(imported.report.get("warnings", []))}
