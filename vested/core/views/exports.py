"""Giving out what is there."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vested.core.imports.exports import export
from vested.core.imports.tables import tables
from vested.core.permissions import Permission, require
from vested.core.viewer import viewer_of


def exports(request: HttpRequest) -> HttpResponse | FileResponse:
    """Say what is in the zip, and give it."""
    viewer = viewer_of(request)
    require(viewer, Permission.EXPORT_RUN)
    if request.method == "POST":
        at = timezone.now()
        name = f"{viewer.sector.slug}-{timezone.localdate(at).isoformat()}.zip"
        return FileResponse(export(by=viewer, at=at), as_attachment=True, filename=name)
    files: dict[str, list[str]] = {}
    for table in tables():
        files.setdefault(f"{table.table.name}.csv", []).append(str(table.label))
    return render(request, "core/exports.html", {"files": [(name, ", ".join(held)) for name, held in files.items()]})
