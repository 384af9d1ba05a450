"""House rules about pages: every template is named and there, says its words in every language, and every route too."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from tests.house import faces
from tests.house.tree import sources

TEMPLATES = faces.templates()
ENGLISH = {
    "core/components.html",  # shows the parts of pages to who builds them
    "core/api.html",  # describes the API to who writes programs, as docs/reference does
    "core/_api_lines.html",
}
DRAWN = [path for path in sources("vested/core/charts", "vested/plans/report") if 'class="' in path.read_text("utf-8")]


def test_no_template_is_unused_and_none_missing() -> None:
    patterns = faces.named()
    assert len(TEMPLATES) > 50
    assert faces.unused(set(TEMPLATES), set(patterns)) == set()
    assert {one: patterns[one] for one in faces.missing(set(TEMPLATES), set(patterns))} == {}


def test_a_template_unused_or_missing_is_found() -> None:
    code = ast.parse('render(request, "core/home.html"); get(f"core/errors/{status}.html"); open("report.html")')
    page = '{% extends "core/layout.html" %}<c-error-summary :form="form" />{% include "core/_back.html" %}'
    patterns = {*faces.named_in_python(code), *faces.named_in_template(page)}
    there = {"core/home.html", "core/errors/403.html", "core/layout.html", "core/old.html", "cotton/error_summary.html"}
    assert faces.unused(there, patterns) == {"core/old.html"}
    assert faces.missing(there, patterns) == {re.escape("core/_back.html")}


@pytest.mark.parametrize("name", sorted(set(TEMPLATES) - ENGLISH))
def test_every_word_of_a_template_is_translated(name: str) -> None:
    assert faces.bare(TEMPLATES[name].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("<p>Open the rows</p>", ["Open", "the", "rows"]),
        ('<nav aria-label="Pages"><a href="/a">{{ a }}</a></nav>', ["Pages"]),
        ('<c-empty title="Nothing">{% if a %}else{% endif %}</c-empty>', ["else", "Nothing"]),
        ('{% comment %}Why{% endcomment %}<p title="{% translate "Why" %}">{% translate "So" %} Vested</p>', []),
        ("{% blocktranslate with a=b %}Since {{ a }}{% endblocktranslate %}{{ x|default:'no' }} × 3&nbsp;", []),
    ],
)
def test_a_word_without_a_translation_is_found(words: str, found: list[str]) -> None:
    assert faces.bare(words) == found


def test_templates_ask_nothing() -> None:
    assert {name: said for name, path in TEMPLATES.items() if (said := faces.asks(path.read_text("utf-8")))} == {}
    assert faces.asks("{% for one in unit.children.all %}") == ["{% for one in unit.children.all %}"]


@pytest.mark.parametrize("file", [*TEMPLATES.values(), *DRAWN], ids=lambda path: path.name)
def test_a_class_that_is_used_is_in_the_stylesheets(file: Path) -> None:
    assert faces.classes(file.read_text(encoding="utf-8")) - faces.styled() == set()


def test_a_class_without_a_style_is_found() -> None:
    words = '<p class="v-lead{% if a %} v-nowhere{% endif %} v-{{ kind }}">'
    assert faces.classes(words) == {"v-lead", "v-nowhere"}
    assert faces.classes(words) - faces.styled() == {"v-nowhere"}


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address, and what is there."""
    for one in patterns:
        address = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, address)
        else:
            yield address, one


def unsaid(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """Addresses without a name, or whose page does not say what it is; the API's description says what it does."""
    pages = [(address, one) for address, one in routes(patterns) if not address.startswith("api/")]
    return [address for address, one in pages if not one.name or not getattr(one.callback, "__doc__", "")]


def test_every_route_has_a_name_and_its_page_says_what_it_is() -> None:
    patterns = get_resolver().url_patterns
    assert len(list(routes(patterns))) > 20
    assert unsaid(patterns) == []


def test_a_route_that_says_nothing_is_found() -> None:
    def silent(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
        return HttpResponse()

    def said(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
        """Say what it is."""
        return HttpResponse()

    assert unsaid([path("a/", silent, name="a"), path("b/", said), path("c/", said, name="c")]) == ["a/", "b/"]
