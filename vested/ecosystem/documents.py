"""Files of agreements: looked at before they are kept, and kept where imports keep theirs."""

from pathlib import PurePosixPath
from typing import IO
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.imports.upload import without_folders
from vested.ecosystem.models import Document

MOST_BYTES = 20 << 20
_ZIP = (b"PK\x03\x04",)
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".docx": _ZIP,
    ".xlsx": _ZIP,
    ".odt": _ZIP,
    ".ods": _ZIP,
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
}  # of files that are what their names say


def checked(upload: UploadedFile) -> str:
    """Give the name of an uploaded file; raise Invalid where it is too large, or not what it says it is."""
    name = without_folders(upload.name or "")
    begins = BEGINNINGS.get(PurePosixPath(name).suffix.casefold())
    if begins is None:
        kinds = ", ".join(kind.removeprefix(".") for kind in BEGINNINGS)
        raise Invalid(_("“%(file)s” cannot be kept. Bring one of: %(kinds)s.") % {"file": name, "kinds": kinds})
    if not upload.size or upload.size > MOST_BYTES:
        raise Invalid(_("The file is empty, or has more than %(most)s.") % {"most": filesizeformat(MOST_BYTES)})
    upload.seek(0)
    if not upload.read(16).startswith(begins):
        raise Invalid(_("“%(file)s” is not what its name says.") % {"file": name})
    upload.seek(0)
    return name


def keep(content: IO[bytes]) -> str:
    """Keep a file under a name nobody chose; give where it is."""
    return default_storage.save(f"agreements/{uuid4().hex}", File(content))


def opened(document: Document) -> IO[bytes] | None:
    """The file of a document; None where it is gone."""
    return default_storage.open(document.place) if default_storage.exists(document.place) else None


def drop(place: str) -> None:
    """Delete a kept file."""
    default_storage.delete(place)
