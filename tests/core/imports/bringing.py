"""Bringing files in through the pages, with a worker that works at once."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from vested.core import jobs
from vested.core.imports.tables import Key, Row
from vested.core.models import Import, Job
from vested.core.scope import System, acting
from vested.core.viewer import Viewer

HARBOUR = Path(__file__).parents[3] / "examples" / "harbour"
UNITS = "unit_id,name,kind,parent_id\nministry,Ministry,ministry,\nnorth,North,agency,ministry\n"
BAD = UNITS.replace("agency", "agenzy")
STAFF = "person_id,name,email,unit_id,grade,manager_id\nB,Bo,bo@x.example,ministry,D,\nA,An,an@x.example,north,C,B\n"


def files(**texts: str) -> list[SimpleUploadedFile]:
    """Files by table and text."""
    return [SimpleUploadedFile(f"{name}.csv", text.encode()) for name, text in texts.items()]


def harbour() -> list[SimpleUploadedFile]:
    """The example's files."""
    paths = sorted(path for path in HARBOUR.iterdir() if path.suffix in {".csv", ".toml"})
    return [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]


def zipped(entries: dict[str, bytes], name: str = "sector.zip") -> SimpleUploadedFile:
    """A zip of files by path."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in entries.items():
            archive.writestr(path, content)
    return SimpleUploadedFile(name, packed.getvalue())


def work() -> None:
    """Do the jobs that wait."""
    with acting(System("a test")):
        waiting = list(Job.objects.filter(state=Job.State.WAITING).values_list("pk", flat=True))
    for pk in waiting:
        jobs.run(pk)


def latest() -> Import:
    with acting(System("a test")):
        return Import.objects.select_related("job", "sector").latest("pk")


def uploaded(client: Client, *brought: SimpleUploadedFile) -> Import:
    """Upload files and let them be checked."""
    answer = client.post("/imports/new/", {"chosen": list(brought)})
    assert answer.status_code == 302, answer.content.decode()
    work()
    return latest()


def brought_in(client: Client, *brought: SimpleUploadedFile) -> Import:
    """Upload files that are sound, and bring them in."""
    imported = uploaded(client, *brought)
    assert imported.state == Import.State.READY, (imported.state, imported.report, imported.job and imported.job.error)
    client.post(f"/imports/{imported.pk}/preview/")
    work()
    return latest()


def begun(client: Client) -> Import:
    """Begin with two units and two people."""
    return brought_in(client, *files(units=UNITS, staff=STAFF))


def undone(client: Client, imported: Import) -> Import:
    """Undo an import."""
    client.post(f"/imports/{imported.pk}/undo/")
    work()
    with acting(System("a test")):
        return Import.objects.select_related("job").get(pk=imported.pk)


def rows_of(read: Callable[[], dict[Key, Row]], imported: Import) -> dict[Key, Row]:
    """What a table says now, for the office of an import."""
    with acting(Viewer(sector=imported.sector, person=None)):
        return read()
