"""House rule about permissions: the page says which role brings which, and what each opens, as the code does."""

import re

from tests.house.tree import ROOT
from vested.core.permissions import ROLES, Permission, Role

PAGE = (ROOT / "docs" / "reference" / "permissions.md").read_text(encoding="utf-8")


def test_the_page_says_which_role_brings_which_permission() -> None:
    head, *rows = _rows("Which role brings which permission")
    assert head == ["permission", *(role.label for role in Role)]
    assert {cell for row in rows for cell in row[1:]} == {"yes", ""}
    said = {(row[0], role) for row in rows for role, cell in zip(Role, row[1:], strict=True) if cell}
    assert said == {(f"`{permission}`", role) for role in Role for permission in ROLES[role]}
    assert [row[0] for row in rows] == [f"`{permission}`" for permission in Permission]


def test_the_page_says_what_each_permission_opens() -> None:
    _head, *rows = _rows("What each one opens")
    assert [row[0] for row in rows] == [f"`{permission}`" for permission in Permission]
    assert [row for row in rows if len(row[1].split()) < 3] == []


def _rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, its head first."""
    section = re.split(r"^## ", PAGE.partition(f"## {heading}\n")[2], maxsplit=1, flags=re.M)[0]
    lines = [line for line in section.splitlines() if line.startswith("|") and not line.startswith("|-")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
