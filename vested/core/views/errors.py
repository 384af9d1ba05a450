"""Pages for what went wrong: what happened, why, and what to do."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from vested.core.errors import Conflict, VestedError
from vested.core.problems import for_programs, of_error


def explained(request: HttpRequest, error: VestedError) -> HttpResponse:
    """The page (for the API: the problem, RFC 9457) that says what Vested refused and why."""
    if for_programs(request):
        return of_error(request, error)
    known = {HTTPStatus.FORBIDDEN: "403", HTTPStatus.CONFLICT: "409", HTTPStatus.UNPROCESSABLE_ENTITY: "409"}
    context: dict[str, object] = {"reason": str(error)}
    if isinstance(error, Conflict):
        context["differences"] = [(name, error.theirs[name], error.yours.get(name, "")) for name in error.theirs]
    return render(request, f"core/errors/{known.get(error.status, '500')}.html", context, status=error.status)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Nobody of that role may."""
    return render(request, "core/errors/403.html", status=HTTPStatus.FORBIDDEN)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Nothing there, or nothing that exists for you."""
    return render(request, "core/errors/404.html", status=HTTPStatus.NOT_FOUND)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """A mistake of ours; the page asks nothing, since whatever broke may break again."""
    return HttpResponse(render_to_string("core/errors/500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)
