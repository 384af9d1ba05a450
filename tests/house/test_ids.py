"""A house rule about ids: they are not numbers to be read, and 1,806 finds nothing."""

import re

import pytest

from tests.house.tree import files, name

BARE = re.compile(r"\{\{ *[\w.]*\.pk *\}\}")


def grouped(text: str) -> list[str]:
    """Ids written as numbers people read, with a sign between thousands."""
    return [found[0] for found in BARE.finditer(text)]


@pytest.mark.parametrize("fault", ['<input value="{{ unit.pk }}">', "<a href='?unit={{ row.unit.pk }}'>"])
def test_the_rule_sees_an_id_with_a_sign_between_thousands(fault: str) -> None:
    assert grouped(fault)
    assert not grouped(fault.replace(" }}", "|unlocalize }}"))


def test_no_template_writes_an_id_as_a_number() -> None:
    pages = [path for path in files() if path.suffix == ".html" and "templates" in path.parts]
    assert len(pages) > 50
    assert {name(path): found for path in pages if (found := grouped(path.read_text(encoding="utf-8")))} == {}
