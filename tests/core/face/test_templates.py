"""The templates: each component is shown, the frame stands with and without a reader, words are escaped."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import get_urlconf, set_urlconf

from tests.core.face.pages import ALL, navigation
from tests.core.face.server import asked

FACE = settings.ROOT / "vested" / "core" / "templates"
STATIC = settings.ROOT / "vested" / "core" / "static" / "core"
COTTON = sorted((FACE / "cotton").glob("*.html"))


def shown(path: str, request: HttpRequest | None = None) -> str:
    kept = get_urlconf()
    set_urlconf("tests.core.face.urls")
    try:
        return ALL[path](request or asked(path)).content.decode()
    finally:
        set_urlconf(kept)


@pytest.mark.parametrize("path", COTTON, ids=lambda path: path.stem)
def test_every_component_says_what_it_is_and_is_shown(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("{% comment %}")
    used = "".join(one.read_text(encoding="utf-8") for one in FACE.rglob("*.html") if one != path)
    assert f"<c-{path.stem.replace('_', '-')} " in used or f"<c-{path.stem.replace('_', '-')}>" in used


@pytest.mark.parametrize("path", sorted(ALL))
def test_a_page_is_whole_and_keeps_the_policy(path: str) -> None:
    """Nothing left of the template's language; no style, no script of its own, every id once."""
    html = shown(path)
    assert not re.search(r"<c-|\{\{|\{%|\bNone\b", html)
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", html)
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert html.count("<h1") == html.count("<main") == 1
    wanted = set(re.findall(r'href="#([^"]+)"', html)) | set(re.findall(r'\sfor="([^"]+)"', html))
    assert wanted <= set(ids)


def test_the_header_shows_only_what_leads_somewhere() -> None:
    full, stranger = shown("/full/"), ALL["/404/"](RequestFactory().get("/nowhere/")).content.decode()
    assert 'name="hat" value="inspector"' in full
    assert 'name="language" value="da"' in full
    assert 'name="scheme" value="dark"' in full
    assert 'type="search"' in full
    assert full.count('name="csrfmiddlewaretoken"') == full.count('method="post"')
    assert not re.search(r'class="v-(loop|sub|find|hat|menu v-hat|menu v-all)', stranger)
    assert stranger.count("<details") == 2  # language and colours: everybody chooses


def test_a_station_is_current_with_its_page_and_mine_stands_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vested.core.context.stations_for", lambda _viewer, _path: navigation("know"))
    html = shown("/full/")
    loop = html[html.index('<nav class="v-loop"') : html.index("</header>")]
    assert re.findall(r'aria-current="true">(\w+)', loop) == ["Know"]
    assert re.findall(r"<li><a [^>]*>(\w+)</a></li>", loop) == ["Aim", "Know", "Plan", "Do", "Learn"]
    assert re.search(r'v-loop__mine[^>]*>Mine <span class="v-count">.*3</span>', loop)
    assert html.count('<a href="/know/0/" aria-current="page">Skills gap</a>') == 2


def test_the_colour_scheme_chosen_is_the_page_s() -> None:
    assert '<html lang="en" data-color-scheme="auto">' in shown("/404/")
    assert 'data-color-scheme="dark"' in shown("/404/", asked("/404/", scheme="dark"))


def test_the_page_for_a_broken_server_needs_nothing() -> None:
    """It is drawn when nothing can be known of the request."""
    assert "Something broke on our side" in render_to_string("core/errors/500.html")


def test_both_texts_of_a_conflict_stand_and_only_differences_are_marked() -> None:
    html = shown("/409/")
    assert "<ins>From 1 June, skippers log in once.</ins>" in html
    assert "<ins>From 1 May, skippers log in once.</ins>" in html
    assert html.count("Skippers</dd>") == 2
    assert html.count("<ins>") == 2
    assert "v-texts" not in shown("/422/")


def test_words_from_people_are_escaped() -> None:
    compiler = import_module("django_cotton.compiler_regex").CottonCompiler()  # files go through it when loaded
    hostile = '<b>Elin & "Otto"</b>'
    written = (
        '<c-status state="good">{{ w }}</c-status><c-facts :facts="facts" /><c-waits :title="w" left="1 h" />'
        '<c-line :title="w" /><c-fig :number="w" sure="" /><c-button :about="w">x</c-button><c-empty :title="w" />'
        '<c-notice :title="w">{{ w }}</c-notice><c-field :label="w" name="n" :value="w" :error="w" />'
    )
    html = Template(compiler.process(written)).render(Context({"w": hostile, "facts": [(hostile, hostile)]}))
    assert "<b>Elin" not in html
    assert html.count("&lt;b&gt;Elin &amp; &quot;Otto&quot;&lt;/b&gt;") == 13


def test_a_class_in_a_template_is_in_the_stylesheets() -> None:
    """So that no part of a page silently loses its look."""
    css = "".join(path.read_text(encoding="utf-8") for path in STATIC.rglob("*.css"))
    styled = set(re.findall(r"\.([a-z][\w-]*)", css))
    used = {
        name
        for path in sorted(ALL)
        for value in re.findall(r'\sclass="([^"]*)"', shown(path))
        for name in value.split()
    }
    assert used
    assert used - styled == set()


def test_stylesheets_fetch_only_files_that_are_there() -> None:
    """The storage that names files for ever stops at one that is missing."""
    for path in STATIC.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text
        for target in re.findall(r"url\(\"?([^\")]+)\"?\)", text):
            if not target.startswith("data:"):
                assert (path.parent / target).exists(), (path.name, target)
        if path.parent.name == "css":
            assert len(text.splitlines()) < 400
