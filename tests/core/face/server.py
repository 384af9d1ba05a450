"""A small server of our own for pages of the face: no database, the strict policy, our static files."""

import mimetypes
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import set_urlconf

POLICY = "default-src 'self'; img-src 'self' data:; script-src 'self'"
READER = SimpleNamespace(
    sector="Ministry of Transport",
    person="Maren Oduvik",
    held=(),
    hats=(),
    wearing=(),
    is_partner=False,
    paths=lambda _permission: (),
)


def asked(path: str = "/components/", **cookies: str) -> HttpRequest:
    """A request by somebody signed in."""
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    request.viewer = READER  # type: ignore[attr-defined]  # core's middleware sets it
    return request


@contextmanager
def serving(pages: dict[str, Callable[[HttpRequest], HttpResponse]]) -> Iterator[str]:
    """Serve the pages by path, with every address the header may lead to; yield where."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        set_urlconf("tests.core.face.urls")
        if path in pages:
            kind, body = "text/html; charset=utf-8", pages[path](asked(path)).content
        else:
            found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
            if not found:
                start("404 Not Found", [("Content-Type", "text/plain")])
                return [b"no such file"]
            kind, body = mimetypes.guess_type(path)[0] or "application/octet-stream", Path(found).read_bytes()
        start("200 OK", [("Content-Type", kind), ("Content-Security-Policy", POLICY)])
        return [body]

    with make_server("127.0.0.1", 0, answer, handler_class=_Silent) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Keep the tests' output clean."""
