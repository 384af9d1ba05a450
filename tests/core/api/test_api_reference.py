"""The reference page of the API says what there is, all of it and nothing else."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import get_args

from ninja import Schema

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


def test_no_two_enums_of_one_name_are_described_as_one() -> None:
    """A description holds one shape a name: the later room's would be told of the earlier one's fields."""
    named: dict[str, set[type[Enum]]] = {}
    for schema in _below(Schema):
        for field in schema.model_fields.values():
            for kind in (field.annotation, *get_args(field.annotation)):
                if isinstance(kind, type) and issubclass(kind, Enum):
                    named.setdefault(kind.__name__, set()).add(kind)
    assert len(named) > 5
    assert {name: kinds for name, kinds in named.items() if len(kinds) > 1} == {}


def _below(schema: type[Schema]) -> Iterator[type[Schema]]:
    for one in schema.__subclasses__():
        yield one
        yield from _below(one)


def test_every_kind_of_problem_is_listed_with_its_status() -> None:
    listed = re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", PAGE, re.M)
    assert listed == [(name, str(int(status))) for status, (name, _title, _advice) in KINDS.items()]
