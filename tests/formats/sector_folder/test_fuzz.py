"""Whatever the files hold, checking gives a report: no exception, a place and a mend in every problem."""

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.sector_folder.folders import FILES, book, lay
from vested.formats.sector_folder import Kind, Report, check

calm = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
NAMES = [*FILES, "columns.toml"]
BYTES = st.one_of(
    st.binary(max_size=200),
    st.text("abc,;\t\n\r\"'=|*.0123 \u00e6\ufeff\u2028", max_size=200).map(str.encode),
    st.text("[]{}=\"'.#\n0-_:Tabcstaff ", max_size=80).map(str.encode),
)


def sound(report: Report) -> None:
    """Assert what holds for every report."""
    assert (report.sector is None) == bool(report.problems)
    assert sum(report.counts().values()) >= len(report.problems)
    for problem in report.problems + report.warnings:
        assert isinstance(problem.kind, Kind)
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.what
        assert problem.mend
        assert str(problem).isprintable()
        assert len(str(problem)) < 1_000


@given(st.dictionaries(st.sampled_from(NAMES), BYTES, min_size=1, max_size=4))
@calm
def test_files_of_any_bytes_give_a_report(changes: dict[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        sound(check(lay(Path(folder), {**changes})))


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, str | bytes | None]:
    """Draw the valid folder with a few cells, lines or characters changed."""
    files: dict[str, str] = dict(FILES)
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(files)))
        lines = files[name].split("\n")
        at = draw(st.integers(0, len(lines) - 1))
        cells = lines[at].split(",")
        cell = draw(st.integers(0, len(cells) - 1))
        match draw(st.integers(0, 4)):
            case 0:
                odd = [
                    "",
                    "P1",
                    "R1",
                    "C2",
                    "X2",
                    "-1",
                    "1e400",
                    "nan",
                    "1,5",
                    "3.4.2026",
                    "accepted",
                    "all",
                    "|",
                    '"',
                    "9" * 400,
                ]
                cells[cell] = draw(st.sampled_from(odd))
                lines[at] = ",".join(cells)
            case 1:
                lines[at : at + 1] = [lines[at], lines[at]]
            case 2:
                del lines[at]
            case 3:
                lines[at] = draw(st.sampled_from([";", "\t", ",,", "\r"])).join(cells)
            case _:
                cells[cell] = draw(st.text(max_size=8))
                lines[at] = ",".join(cells)
        files[name] = "\n".join(lines)
    return {name: text.encode("utf-8", "replace") for name, text in files.items()}


@given(mutated())
@settings(calm, max_examples=300)
def test_a_spoilt_folder_gives_a_report(files: dict[str, str | bytes | None]) -> None:
    with TemporaryDirectory() as folder:
        sound(check(lay(Path(folder), files)))


def _book() -> bytes:
    with TemporaryDirectory() as folder:
        return book(Path(folder) / "book.xlsx").read_bytes()


BOOK = _book()
with zipfile.ZipFile(BytesIO(BOOK)) as _archive:
    PARTS = {name: _archive.read(name) for name in _archive.namelist()}


def check_bytes(raw: bytes) -> Report:
    """Check a workbook given as bytes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(raw)
        return check(path)


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail)))
@calm
def test_a_workbook_of_any_bytes_gives_a_report(raw: bytes) -> None:
    sound(check_bytes(raw))


@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), min_size=1, max_size=8))
@calm
def test_a_damaged_workbook_gives_a_report(changes: list[tuple[int, int]]) -> None:
    raw = bytearray(BOOK)
    for at, value in changes:
        raw[at] = value
    sound(check_bytes(bytes(raw)))


PIECES = [
    b"",
    b"<",
    b"</c>",
    b'"',
    b"9999999999",
    b"-1",
    b'r="A1048577"',
    b't="s"',
    b't="d"',
    b"<f>1</f>",
    b"\xff",
    b"&x;",
    b"nan",
]


@given(st.data())
@settings(calm, max_examples=150)
def test_a_workbook_with_damaged_parts_gives_a_report(data: st.DataObject) -> None:
    parts = dict(PARTS)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(parts)))
        start = data.draw(st.integers(0, len(parts[name])))
        end = min(start + data.draw(st.integers(0, 12)), len(parts[name]))
        parts[name] = parts[name][:start] + data.draw(st.sampled_from(PIECES)) + parts[name][end:]
        if data.draw(st.integers(0, 9)) == 0:
            del parts[name]
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    sound(check_bytes(buffer.getvalue()))
