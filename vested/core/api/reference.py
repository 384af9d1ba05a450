"""The API's own page, drawn from its description: no script, so nothing the security policy has to allow."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from vested.core.problems import KINDS


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter, or a field of a body or an answer."""

    name: str
    kind: str
    needed: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One operation."""

    method: str
    path: str
    name: str
    words: str
    parameters: list[Line]
    body: list[Line]
    answer: list[Line]


class Reference(DocsBase):
    """Draws the page."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **_given: Any) -> HttpResponse:
        """Every operation by subject, and every kind of problem."""
        schema = api.get_openapi_schema()
        kinds = [(name, int(status), title, advice) for status, (name, title, advice) in KINDS.items()]
        return render(request, "core/api.html", {"api": api, "subjects": subjects(schema), "kinds": kinds})


def subjects(schema: dict[str, Any]) -> dict[str, list[Asked]]:
    """The operations of a description, by subject."""
    found: dict[str, list[Asked]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            answer = next(iter(operation["responses"].values()))  # the one that succeeds comes first
            asked = Asked(
                method=method.upper(),
                path=path,
                name=operation["operationId"],
                words=operation["summary"],
                parameters=[
                    Line(one["name"], _kind(one["schema"], schema), one["required"], one.get("description", ""))
                    for one in operation["parameters"]
                ],
                body=list(_lines(_content(operation.get("requestBody", {})), schema)),
                answer=list(_lines(_content(answer), schema)),
            )
            found.setdefault(operation["tags"][0], []).append(asked)
    return found


def _content(sent: dict[str, Any]) -> dict[str, Any]:
    media: dict[str, Any] = sent.get("content", {}).get("application/json", {}).get("schema", {})
    return media


def _lines(shape: dict[str, Any], schema: dict[str, Any]) -> Iterator[Line]:
    """The fields of an object; of a list, those of its rows."""
    whole = _whole(shape, schema)
    fields = whole.get("properties", {})
    if "items" in fields:
        whole = _whole(fields["items"]["items"], schema)
        fields = whole["properties"]
    for name, field in fields.items():
        yield Line(name, _kind(field, schema), name in whole.get("required", ()), field.get("description", ""))


def _whole(shape: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = shape.get("$ref", "").rpartition("/")[2]
    whole: dict[str, Any] = schema["components"]["schemas"][name] if name else shape
    return whole


def _kind(shape: dict[str, Any], schema: dict[str, Any]) -> str:
    """The type of a value, in few words: “integer or null”."""
    if "anyOf" in shape:
        return " or ".join(_kind(one, schema) for one in shape["anyOf"])
    shape = _whole(shape, schema)
    if "enum" in shape:
        return " | ".join(str(one) for one in shape["enum"])
    if shape.get("type") == "array":
        return f"list of {_kind(shape.get('items', {}), schema)}"
    return str(shape.get("format") or shape.get("type", "any value"))
