"""The walk: every route there is, asked by somebody, with all that is wrong with the answer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from tests.core.offices import Office
from tests.security.planted import canaries, ours, scoped
from tests.security.policy import EVERYBODY, SIGNED_IN, TOLD
from vested.core.middleware import ASIDE, READS
from vested.core.permissions import Permission
from vested.core.scope import System, acting
from vested.core.viewer import Viewer

MOST = 25  # statements for one page
GATHERING = {"core:home": 40, "insights:mine": 33}  # for those that ask every room what waits there, a question a kind
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.I)
REFUSED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}

Answer = Any  # what the test client gives, with what was asked
Filled = Mapping[str, type[models.Model]]
Policy = Mapping[str, str | Permission]


@dataclass(frozen=True)
class Route:
    """An address, with places for keys, and its name."""

    name: str
    address: str

    def keys(self, filled: Filled) -> list[tuple[str, type[models.Model] | None]]:
        """The places for keys, each with the model whose key goes there, if that is known."""
        found = []
        for place in PARAMETER.finditer(self.address):
            before = PARAMETER.sub("", self.address[: place.start()])
            fitting = [words for words in filled if f"/{before}".endswith(f"/{words}")]
            found.append((place.group(), filled[max(fitting, key=len)] if fitting else None))
        return found

    def at(self, rows: list[models.Model]) -> str:
        """The address with the rows' keys."""
        address = self.address
        for row in rows:
            address = PARAMETER.sub(str(row.pk), address, count=1)
        return f"/{address}"


def routes() -> list[Route]:
    """Every route of the URL configuration; the API's are walked by its description, in tests/core/api."""
    found = _routes(get_resolver().url_patterns, "", "")
    return [route for route in found if not route.name.startswith("api:")]


def _routes(patterns: list[URLPattern | URLResolver], before: str, spaces: str) -> Iterator[Route]:
    for one in patterns:
        if isinstance(one, URLResolver):
            space = f"{spaces}{one.namespace}:" if one.namespace else spaces
            yield from _routes(one.url_patterns, f"{before}{one.pattern}", space)
        else:
            yield Route(f"{spaces}{one.name}", f"{before}{one.pattern}")


def undeclared(every: list[Route], policy: Policy, filled: Filled) -> list[str]:
    """Routes without a policy, or with a place nobody knows the key of; and policies of no route."""
    found = [f"{route.name}: no policy" for route in every if route.name not in policy]
    found += [f"{name}: no such route" for name in policy if name not in {route.name for route in every}]
    unfilled = [route for route in every if any(model is None for _place, model in route.keys(filled))]
    found += [f"{route.name}: nobody knows a key for {route.address}" for route in unfilled]
    odd = [route for route in every if re.search(r"[\\^$()]", PARAMETER.sub("", route.address))]
    return found + [f"{route.name}: {route.address} is not a plain path" for route in odd]


@dataclass(frozen=True)
class Asked:
    """One address asked by somebody: what it answered, and whether all its objects exist for who asks."""

    route: Route
    address: str
    exists: bool
    answer: Answer
    statements: list[str]

    def said(self, words: object) -> str:
        return f"{self.route.name} ({self.address}): {words}"


def asked(client: Client, every: list[Route], filled: Filled, office: Office, viewer: Viewer | None) -> Iterator[Asked]:
    """Ask for every route, with objects of the office that exist for the viewer and with some that do not."""
    client.raise_request_exception = False
    for route in every:
        for exists, address in addresses(route, filled, office, viewer):
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
            yield Asked(route, address, exists, finished(answer), [one["sql"] or "" for one in queries])


def finished(answer: Answer) -> Answer:
    """The answer, a file it gives read to its end, which closes it, and kept as ``read``."""
    answer.read = answer.getvalue() if answer.streaming else answer.content
    return answer


def addresses(route: Route, filled: Filled, office: Office, viewer: Viewer | None) -> Iterator[tuple[bool, str]]:
    kinds = [model for _place, model in route.keys(filled) if model is not None]
    if not kinds:
        yield True, route.at([])
        return
    for exists in (True, False):
        rows = [_row(model, office, viewer, exists=exists) for model in kinds]
        if all(rows):
            yield exists, route.at([row for row in rows if row])


def _row(model: type[models.Model], office: Office, viewer: Viewer | None, *, exists: bool) -> models.Model | None:
    with acting(System("the walk looks for rows")):
        rows = model._default_manager.filter(sector=office.sector)
        if viewer is None or viewer.sector != office.sector:
            return None if exists else rows.order_by("pk").first()
        seen = model._default_manager.all().visible_to(viewer).values("pk")  # type: ignore[attr-defined]  # scoped
        rows = rows.filter(pk__in=seen) if exists else rows.exclude(pk__in=seen)
        return rows.order_by("pk").first()


def faults(one: Asked, policy: Policy, viewer: Viewer | None) -> Iterator[str]:
    """What is wrong with an answer, whoever asks."""
    status, who = one.answer.status_code, policy.get(one.route.name, "")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        yield one.said(f"answers {status}")
    for sql in one.statements:
        if not sql.lstrip("( ").upper().startswith(READS) and not any(name in sql for name in ASIDE):
            yield one.said(f"writes: {sql[:60]}")
    if len(one.statements) > GATHERING.get(one.route.name, MOST):
        yield one.said(f"takes {len(one.statements)} statements")
    if "default-src 'self'" not in one.answer.headers.get("Content-Security-Policy", ""):
        yield one.said("has no policy for its content")
    html = ""
    if not one.answer.streaming and "html" in one.answer.headers.get("Content-Type", ""):
        html = one.answer.content.decode()
    if found := INLINE.search(html):
        yield one.said(f"has a style or script of its own: {found.group()}")
    yield from _leaks(one, one.answer.read.decode(errors="ignore"), viewer)
    if viewer is None:
        if (who == EVERYBODY) == _sent_away(one.answer):
            yield one.said(f"answers nobody with {status}, and is for {who}")
        return
    if not one.exists and status not in REFUSED:
        yield one.said(f"answers {status} for what does not exist for who asks")
    elif isinstance(who, Permission):
        yield from _permitted(one, who, viewer)
    elif one.exists and who == SIGNED_IN and status == HTTPStatus.FORBIDDEN:
        yield one.said("is refused, and is for everybody signed in")


def _permitted(one: Asked, permission: Permission, viewer: Viewer) -> Iterator[str]:
    status, held = one.answer.status_code, viewer.paths(permission)
    if not held and status not in REFUSED:
        yield one.said(f"answers {status} without {permission}")
    if "/" in held and one.exists and status == HTTPStatus.FORBIDDEN:
        yield one.said(f"is refused with {permission}")


def _leaks(one: Asked, said: str, viewer: Viewer | None) -> Iterator[str]:
    """Words of rows of another sector, or of what does not exist for who asks: in pages, and in files as they are."""
    for sector, name, pk in canaries(said):
        model = scoped(name)
        if viewer is None or sector != viewer.sector.slug or model is None:
            yield one.said(f"tells of {name} {pk} of {sector}")
        elif (one.route.name, name) not in TOLD:
            with acting(viewer):
                if not model._default_manager.all().visible_to(viewer).filter(pk=pk).exists():  # type: ignore[attr-defined]  # scoped
                    yield one.said(f"tells of {name} {pk}, which does not exist for who asks")


def _sent_away(answer: Answer) -> bool:
    to: str = answer.headers.get("Location", "")
    return bool(answer.status_code == HTTPStatus.UNAUTHORIZED) or to.startswith(
        f"/{settings.LOGIN_URL.partition(':')[2]}/"
    )


def contents(office: Office) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a sector."""
    with acting(System("compare what there is")):
        return {
            model._meta.label: list(model._default_manager.filter(sector=office.sector).order_by("pk").values_list())
            for model in ours()
        }
