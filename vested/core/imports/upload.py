"""What is uploaded: files or a zip of them, looked at before anything is kept, since anybody can make a hostile one."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from vested.core.errors import Invalid

MOST_BYTES = 128 << 20  # of all files together as they are sent
MOST_UNPACKED = 512 << 20
MOST_FILES = 60
MOST_RATIO, RATIO_FROM = 200, 16 << 20  # how many times larger a zip may unpack, looked at from so many bytes on
LONGEST_NAME = 150
TABLES = (".csv", ".tsv", ".txt", ".toml")
WORKBOOK = ".xlsx"
_BLOCK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def keep(files: Sequence[UploadedFile]) -> tuple[str, list[str]]:
    """Keep uploaded files, those of a zip one by one, in a folder of their own; give the folder and their names.

    Raises Invalid, and keeps nothing, where they cannot be files of a sector.
    """
    if sum(file.size or 0 for file in files) > MOST_BYTES:
        raise Invalid(_("The files have more than %(most)s together.") % {"most": filesizeformat(MOST_BYTES)})
    folder = f"imports/{uuid4().hex}"
    names: list[str] = []
    try:
        for upload in files:
            for name, content in _unpacked(upload):
                _require_room(name, names)
                names.append(name)
                keep_one(folder, name, content)
        _require_one_sector(names)
    except _BROKEN as error:
        discard(folder, names)
        raise Invalid(_("A zip cannot be unpacked. Make it anew, without a password.")) from error
    except Exception:
        discard(folder, names)
        raise
    return folder, names


def keep_one(folder: str, name: str, content: IO[bytes]) -> None:
    """Keep a file under its name; it must not be there yet."""
    default_storage.save(f"{folder}/{name}", File(content))


def discard(folder: str, names: Sequence[str]) -> None:
    """Delete kept files and their folder."""
    for name in names:
        default_storage.delete(f"{folder}/{name}")
    if default_storage.exists(folder):
        default_storage.delete(folder)


def lay_out(folder: str, names: Sequence[str], into: Path) -> Path:
    """Copy kept files into a folder of this machine; give what is to be read, the folder or a workbook."""
    for name in names:
        with default_storage.open(f"{folder}/{name}") as kept, (into / name).open("wb") as file:
            while block := kept.read(_BLOCK):
                file.write(block)
    books = [name for name in names if name.casefold().endswith(WORKBOOK)]
    return into / books[0] if books else into


def suits(name: str) -> str:
    """Give the name of a file without folders; raise Invalid where it cannot be a sector's."""
    plain = without_folders(name)
    if PurePosixPath(plain).suffix.casefold() not in {*TABLES, WORKBOOK}:
        raise Invalid(
            _("“%(file)s” is no table. Bring CSV files, a zip of them, or an .xlsx workbook.") % {"file": plain}
        )
    return plain


def without_folders(name: str) -> str:
    """Give the name of a file without folders; raise Invalid where it is not one that can be kept."""
    plain = PurePosixPath(name.replace("\\", "/")).name
    if not plain or not plain.isprintable() or len(plain) > LONGEST_NAME or plain.startswith("."):
        raise Invalid(_("The name of a file is too long, or not one that can be kept: %(file)s") % {"file": plain[:60]})
    return plain


def _unpacked(upload: UploadedFile) -> Iterator[tuple[str, IO[bytes]]]:
    name = upload.name or ""
    if not name.casefold().endswith(".zip"):
        yield suits(name), upload
        return
    with zipfile.ZipFile(upload) as archive:
        for entry in _entries(archive):
            with archive.open(entry) as content:
                yield suits(entry.filename), content


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of a zip; raises Invalid where it is made to harm. What an operating system adds is passed over."""
    if len(archive.infolist()) > 2 * MOST_FILES + 10:
        raise Invalid(_("There are more than %(most)s files.") % {"most": MOST_FILES})
    entries, folders, unpacked = [], set(), 0
    for entry in archive.infolist():
        path = PurePosixPath(entry.filename)
        if not path.parts or path.is_absolute() or ".." in path.parts or set("\\:") & set(entry.filename):
            raise Invalid(_("The zip holds a file that points out of it: %(file)s") % {"file": entry.filename[:60]})
        if entry.is_dir() or path.parts[0] == "__MACOSX" or path.name.startswith("."):
            continue
        if len(path.parts) > 2:
            raise Invalid(_("The zip holds folders in folders: %(file)s") % {"file": entry.filename[:60]})
        if entry.external_attr >> 28 == 0xA:  # a symbolic link
            raise Invalid(_("The zip holds a file that points out of it: %(file)s") % {"file": entry.filename[:60]})
        folders.add(path.parent)
        unpacked += entry.file_size
        entries.append(entry)
    packed = sum(entry.compress_size for entry in entries)
    if len(folders) > 1:
        raise Invalid(_("The zip holds several folders; put the files of one sector into one."))
    if unpacked > MOST_UNPACKED or (unpacked > RATIO_FROM and unpacked > MOST_RATIO * max(packed, 1)):
        raise Invalid(_("The zip would unpack to %(size)s, more than it may.") % {"size": filesizeformat(unpacked)})
    return entries


def _require_room(name: str, names: Sequence[str]) -> None:
    if name.casefold() in {known.casefold() for known in names}:
        raise Invalid(_("“%(file)s” is there twice.") % {"file": name})
    if len(names) == MOST_FILES:
        raise Invalid(_("There are more than %(most)s files.") % {"most": MOST_FILES})


def _require_one_sector(names: Sequence[str]) -> None:
    books = [name for name in names if name.casefold().endswith(WORKBOOK)]
    if not names:
        raise Invalid(_("There is no file in it."))
    if len(books) > 1 or (books and len(names) > 1):
        raise Invalid(_("Bring either one workbook or CSV files, not both."))


def gather(kept: Sequence[tuple[str, str, str]]) -> str:
    """Copy kept files into a new folder: of each its name there, its name where it is kept, and that folder."""
    folder = f"imports/{uuid4().hex}"
    for name, own, where in kept:
        with default_storage.open(f"{where}/{own}") as content:
            keep_one(folder, name, content)
    return folder
