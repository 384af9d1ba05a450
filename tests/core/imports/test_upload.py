"""What may be uploaded, and what is refused: names, folders, sizes, numbers, and zips made to harm."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.core.imports.bringing import zipped
from vested.core.errors import Invalid
from vested.core.imports import upload

A = b"unit_id\nA\n"


def sent(name: str, content: bytes = A) -> SimpleUploadedFile:
    file = SimpleUploadedFile("x", content)
    file._name = name  # type: ignore[attr-defined]  # Django cleans a name as it is set; nothing else need
    return file


def nothing_kept(kept: Path) -> bool:
    return not list(kept.rglob("*.*")) and not list((kept / "imports").glob("*"))


def test_files_are_kept_in_a_folder_of_their_own_and_deleted(kept: Path, tmp_path: Path) -> None:
    folder, names = upload.keep([sent("units.csv"), sent("plan.toml", b"periods = 4")])
    assert names == ["units.csv", "plan.toml"]
    into = tmp_path / "out"
    into.mkdir()
    assert upload.lay_out(folder, names, into) == into
    assert (into / "units.csv").read_bytes() == A
    upload.discard(folder, names)
    assert nothing_kept(kept)
    upload.discard(folder, names)


def test_a_zip_is_unpacked_with_what_a_system_adds_passed_over(kept: Path) -> None:
    zip_file = zipped({"sector/": b"", "sector/units.csv": A, "__MACOSX/._units.csv": b"x", "sector/.DS_Store": b"x"})
    folder, names = upload.keep([zip_file, sent("staff.csv")])
    assert names == ["units.csv", "staff.csv"]
    with default_storage.open(f"{folder}/units.csv") as file:
        assert file.read() == A
    assert kept.exists()


def test_a_workbook_is_itself_what_is_read(tmp_path: Path) -> None:
    folder, names = upload.keep([sent("book.XLSX")])
    assert upload.lay_out(folder, names, tmp_path) == tmp_path / "book.XLSX"


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"../units.csv": A}, "points out of it"),
        ({"a/../../units.csv": A}, "points out of it"),
        ({"/etc/units.csv": A}, "points out of it"),
        ({"C:units.csv": A}, "points out of it"),
        ({"a\\units.csv": A}, "points out of it"),
        ({"a/b/units.csv": A}, "folders in folders"),
        ({"a/units.csv": A, "b/staff.csv": A}, "several folders"),
        ({"units.csv": A, "Units.csv": A}, "there twice"),
        ({"units.exe": A}, "no table"),
        ({"inner.zip": A}, "no table"),
        ({"units\n.csv": A}, "can be kept"),
        ({f"{'u' * 200}.csv": A}, "too long"),
        ({f"{n}.csv": A for n in range(upload.MOST_FILES + 1)}, "more than 60 files"),
        ({f"{n}.csv": A for n in range(200)}, "more than 60 files"),
        ({"book.xlsx": A, "units.csv": A}, "not both"),
        ({"a.xlsx": A, "b.xlsx": A}, "not both"),
        ({"__MACOSX/x": A}, "no file in it"),
        ({"units.csv": b"0" * (upload.RATIO_FROM + 1)}, "would unpack"),
    ],
)
def test_a_hostile_zip_is_refused_and_nothing_of_it_kept(entries: dict[str, bytes], said: str, kept: Path) -> None:
    with pytest.raises(Invalid, match=said):
        upload.keep([zipped(entries)])
    assert nothing_kept(kept)


def test_a_link_in_a_zip_is_refused(kept: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("units.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(Invalid, match="points out"):
        upload.keep([SimpleUploadedFile("x.zip", packed.getvalue())])
    assert nothing_kept(kept)


def test_a_zip_that_says_it_is_large_or_lies_about_it_is_refused(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = zipped({"units.csv": b"0" * 5000})
    data = bytearray(honest.read())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)  # the directory says 100 bytes; the file unpacks to 5000
    with pytest.raises(Invalid, match="cannot be unpacked"):
        upload.keep([SimpleUploadedFile("x.zip", bytes(data))])
    monkeypatch.setattr(upload, "MOST_UNPACKED", 4000)
    honest.seek(0)
    with pytest.raises(Invalid, match="would unpack"):
        upload.keep([honest])
    with pytest.raises(Invalid, match="cannot be unpacked"):
        upload.keep([SimpleUploadedFile("x.zip", b"PK no zip")])
    assert nothing_kept(kept)


@pytest.mark.parametrize("name", ["x.pdf", "units", ".csv", ".hidden.csv", "a\0b.csv"])
def test_a_name_that_is_no_table_is_refused(name: str, kept: Path) -> None:
    with pytest.raises(Invalid):
        upload.keep([sent(name)])
    assert nothing_kept(kept)


def test_folders_in_a_name_do_not_count() -> None:
    assert upload.suits("C:\\Users\\me\\units.csv") == upload.suits("../../units.csv") == "units.csv"


def test_more_than_fits_is_refused(monkeypatch: pytest.MonkeyPatch, kept: Path) -> None:
    monkeypatch.setattr(upload, "MOST_BYTES", 15)
    with pytest.raises(Invalid, match="together"):
        upload.keep([sent("units.csv"), sent("staff.csv")])
    assert nothing_kept(kept)
