"""Pages for what went wrong: what happened, why, and what to do."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from vested.core.errors import Conflict, VestedError


def explained(request: HttpRequest, error: VestedError) -> HttpResponse:
    """The page (for the API: the problem, RFC 9457) that says what Vested refused and why."""
    if request.path.startswith("/api/"):
        body = {"type": f"/docs/problems/{type(error).__name__}", "title": error.status.phrase, "status": error.status}
        return JsonResponse(
            {**body, "detail": str(error)}, status=error.status, content_type="application/problem+json"
        )
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


def broken(request: HttpRequest) -> HttpResponse:
    """A mistake of ours."""
    return render(request, "core/errors/500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)
