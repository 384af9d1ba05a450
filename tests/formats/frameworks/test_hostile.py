"""Whatever a file holds, an importer gives tables or a FrameworkError that names the file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.frameworks import test_digcomp, test_direct, test_uk_gdd
from vested.formats.frameworks import FrameworkError, Imported, digcomp, direct, uk_gdd

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("@type", "@id", "name", "name_nl", "competence_area_id", "eight_levels_mapping", "four_levels_name")


def spoiled(draw: st.DrawFn, good: bytes) -> bytes:
    """Random bytes, or a good file with a piece replaced by random bytes."""
    junk = draw(st.binary(max_size=40) | st.sampled_from([b'"', b",", b"\n", b"|", b"\x00", b"NOT IN USE", b"\xff"]))
    if draw(st.integers(0, 4)) == 0:
        return junk
    start = draw(st.integers(0, len(good)))
    return good[:start] + junk + good[start + draw(st.integers(0, 60)) :]


@pytest.mark.parametrize("name", sorted(test_direct.FILES))
@QUICK
@given(data=st.data())
def test_direct_survives(tmp_path: Path, name: str, data: st.DataObject) -> None:
    folder = test_direct.folder(tmp_path)
    (folder / name).write_bytes(data.draw(st.composite(spoiled)(test_direct.FILES[name].encode())))
    survives(lambda: direct(folder), tmp_path)


@pytest.mark.parametrize("which", [0, 1])
@QUICK
@given(data=st.data())
def test_uk_gdd_survives(tmp_path: Path, which: int, data: st.DataObject) -> None:
    files = test_uk_gdd.files(tmp_path)
    files[which].write_bytes(data.draw(st.composite(spoiled)(files[which].read_bytes())))
    survives(lambda: uk_gdd(*files), tmp_path)


@QUICK
@given(data=st.data())
def test_digcomp_survives(tmp_path: Path, data: st.DataObject) -> None:
    nodes = [dict(node) for node in (test_digcomp.AREA, test_digcomp.FIRST, test_digcomp.SECOND, test_digcomp.LEVEL)]
    file = test_digcomp.written(tmp_path, *nodes)
    if data.draw(st.booleans()):
        file.write_bytes(data.draw(st.composite(spoiled)(file.read_bytes())))
    else:
        data.draw(st.sampled_from(nodes))[data.draw(st.sampled_from(FIELDS))] = data.draw(JSON)
        file.write_text(json.dumps({"@graph": nodes}), encoding="utf-8")
    survives(lambda: digcomp(file), tmp_path)


def survives(read: Callable[[], Imported], folder: Path) -> None:
    """Tables whose ids are filled in, unique and there where used; or an error that names a file of the folder."""
    found: Imported | None
    refused = ""
    try:
        found = read()
    except FrameworkError as error:
        found, refused = None, str(error)
    if found is None:
        assert refused.startswith(str(folder))
        return
    ids = {}
    for table, key in (("skills", "skill_id"), ("roles", "role_id"), ("courses", "course_id")):
        listed = [row[key] for row in found.tables.get(table, [])]
        assert all(listed)
        assert len(listed) == len(set(listed))
        ids[key] = set(listed)
    for table in ("role_requirements", "course_outcomes"):
        for row in found.tables.get(table, []):
            assert all(row[key] in known for key, known in ids.items() if key in row)
