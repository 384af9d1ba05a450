"""The reference page of the API says what there is, all of it and nothing else."""

import re

from tests.core.api.calls import CALLS, SCHEMA
from tests.house.tree import ROOT
from vested.core.problems import KINDS

PAGE = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")


def test_every_operation_is_listed_in_its_order_with_its_words() -> None:
    listed = re.findall(r"^\| `((?:GET|POST) /[^`]*)` \| (.*) \|$", PAGE, re.M)
    described = [
        (f"{method.upper()} {path.removeprefix('/api/v1')}", one["summary"])
        for path, methods in SCHEMA["paths"].items()
        for method, one in methods.items()
    ]
    assert listed == described
    assert len(listed) == len(CALLS)


def test_every_kind_of_problem_is_listed_with_its_status() -> None:
    listed = re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", PAGE, re.M)
    assert listed == [(name, str(int(status))) for status, (name, _title, _advice) in KINDS.items()]
