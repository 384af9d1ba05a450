"""Giving out what is there."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from vested.core.imports.exports import ask_for_export
from vested.core.imports.tables import tables
from vested.core.looks import What, seen
from vested.core.models import Job, Person
from vested.core.permissions import Permission, require
from vested.core.viewer import viewer_of


def exports(request: HttpRequest) -> HttpResponse:
    """Say what will be in the zip, and start to pack it."""
    viewer = viewer_of(request)
    require(viewer, Permission.EXPORT_RUN)
    if request.method == "POST":
        return redirect("core:job", pk=ask_for_export(by=viewer, at=timezone.now()).pk)
    files: dict[str, list[str]] = {}
    for table in tables():
        files.setdefault(f"{table.table.name}.csv", []).append(str(table.label))
    return render(request, "core/exports.html", {"files": [(name, ", ".join(held)) for name, held in files.items()]})


def export(request: HttpRequest, pk: int) -> FileResponse:
    """Give what was packed to who asked for it; 404 for anybody else, and once a day has passed."""
    viewer = viewer_of(request)
    require(viewer, Permission.EXPORT_RUN)
    job = get_object_or_404(Job.objects.all().started_by(viewer), pk=pk, kind="core.export", state=Job.State.DONE)
    file = (job.result or {}).get("file", "")
    if not file or not default_storage.exists(file):
        raise Http404
    seen(Person.objects.values_list("pk", flat=True), What.FILE)
    name = f"{viewer.sector.slug}-{timezone.localdate(job.ended_at).isoformat()}.zip"
    return FileResponse(default_storage.open(file), as_attachment=True, filename=name, content_type="application/zip")
