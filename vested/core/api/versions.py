"""ETag and If-Match: a program never overwrites what it has not read.

What people edit carries a ``version``; an ETag is that. A change has to say which version was read, and is refused
where it is no longer the newest, with the values there are now.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from ninja import Schema

from vested.core.errors import Conflict, NoVersion, Stale


class Edited(Protocol):
    """What people edit."""

    version: int


V = TypeVar("V", bound=Edited)


def tag(row: Edited) -> str:
    """The ETag of a row as it is."""
    return f'"v{row.version}"'


def answered(request: HttpRequest, response: HttpResponse, row: V) -> V | HttpResponse:
    """The row with its ETag, or 304 where the caller has it already."""
    response.headers["ETag"] = tag(row)
    patch_cache_control(response, private=True, no_cache=True)
    answer = get_conditional_response(request, etag=tag(row), response=response) if request.method == "GET" else None
    return row if answer is None or answer is response else answer


@contextmanager
def matching(request: HttpRequest, row: V, *, shown: type[Schema], again: Callable[[], V]) -> Iterator[int]:
    """Give the version the caller read (If-Match) to the action inside.

    Raises NoVersion without one, and Stale, with the row ``shown`` as it is now, where it is not the newest.
    """
    given = request.headers.get("If-Match", "")
    if not given:
        raise NoVersion(_("Read it first, and send its ETag as If-Match."))
    known = tag(row) in parse_etags(given) or given.strip() == "*"
    try:
        yield row.version if known else 0
    except Conflict as error:
        current = shown.model_validate(again()).model_dump(mode="json")
        raise Stale(str(error), theirs=error.theirs, yours=error.yours, current=current) from error


DESCRIBED = {
    "parameters": [
        {
            "in": "header",
            "name": "If-Match",
            "description": "The ETag of what you read, or * for whatever there is.",
            "schema": {"type": "string"},
            "required": True,
        }
    ]
}
