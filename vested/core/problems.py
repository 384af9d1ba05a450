"""What went wrong, for programs: problems as in RFC 9457, of a few kinds, each described on the API's own page."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vested.core.errors import Conflict, Invalid, Stale, VestedError

MEDIA = "application/problem+json"
PAGE = "/api/v1/docs"  # has a heading for each kind, so that a problem's ``type`` leads somewhere

# The name of each kind, what it is, and what to do about it.
KINDS: dict[HTTPStatus, tuple[str, str | Promise, str | Promise]] = {
    HTTPStatus.BAD_REQUEST: (
        "not-understood", _("The request was not understood"), _("Its body must be JSON, as the reference describes."),
    ),
    HTTPStatus.UNAUTHORIZED: (
        "not-signed-in", _("Nobody is signed in"),
        _("Send a personal token that is in force, as “Authorization: Bearer …”."),
    ),
    HTTPStatus.FORBIDDEN: ("not-allowed", _("This is not permitted"), _("Ask your digital office.")),
    HTTPStatus.NOT_FOUND: (
        "not-found", _("There is no such thing"), _("It does not exist, or it does not exist for you."),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        "wrong-method", _("This address does not take that method"), _("The header Allow names those it takes."),
    ),
    HTTPStatus.CONFLICT: (
        "conflict", _("This cannot be done as things are now"), _("Read how it is now, and decide again."),
    ),
    HTTPStatus.PRECONDITION_FAILED: (
        "changed-meanwhile", _("It was changed after you read it"), _("Nothing was overwritten. Read it again."),
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "too-large", _("The request is too large"), _("Send less at once."),
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: (
        "invalid", _("What was sent cannot be"), _("“errors” names each part that is wrong, and why."),
    ),
    HTTPStatus.PRECONDITION_REQUIRED: (
        "version-needed", _("Say which version you read"), _("Send its ETag as If-Match."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "broken", _("This is a mistake of ours"), _("Nothing was half done. Tell your digital office when it was."),
    ),
}  # fmt: skip

_TEXT = {"type": "string"}
SHAPE = {  # of a problem, in the API's description
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        **dict.fromkeys(("type", "title", "detail", "instance"), _TEXT),
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "description": "Each part that is wrong: a pointer into the body, or a parameter.",
            "items": {"type": "object", "properties": dict.fromkeys(("pointer", "parameter", "detail"), _TEXT)},
        },
        "theirs": {"type": "object", "description": "What somebody else made of it meanwhile."},
        "yours": {"type": "object", "description": "What you would have made of it."},
        "current": {"type": "object", "description": "How it is now."},
    },
}


def for_programs(request: HttpRequest) -> bool:
    """Whether an answer is read by a program."""
    return request.path.startswith("/api/")


def problem(request: HttpRequest, status: int, detail: str = "", **more: object) -> JsonResponse:
    """Say what went wrong; ``detail`` is a sentence for the person behind the program."""
    kind = HTTPStatus(status) if status in KINDS else HTTPStatus.BAD_REQUEST if status < 500 else HTTPStatus(500)
    name, title, advice = KINDS[kind]
    body = {
        "type": f"{PAGE}#{name}",
        "title": str(title),
        "status": status,
        "detail": detail or str(advice),
        "instance": request.path,
        **more,
    }
    headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {}
    return JsonResponse(body, status=status, content_type=MEDIA, headers=headers)


def of_error(request: HttpRequest, error: VestedError) -> JsonResponse:
    """Say what Vested refused."""
    more: dict[str, object] = {}
    if isinstance(error, Invalid) and error.field:
        more["errors"] = [{"pointer": f"#/{error.field}", "detail": str(error)}]
    if isinstance(error, Conflict) and error.theirs:
        more |= {"theirs": error.theirs, "yours": error.yours}
    if isinstance(error, Stale):
        more["current"] = error.current
    return problem(request, error.status, str(error), **more)


def of_faults(request: HttpRequest, faults: Sequence[Mapping[str, object]]) -> JsonResponse:
    """Say which parts of a request are wrong: each fault has ``loc``, the way to it, and ``msg``, what it is."""
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, errors=[_placed(fault) for fault in faults])


def of_answer(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """Say the same as an answer that is not for programs, where a program asked."""
    if answer.status_code < 400 or not for_programs(request) or answer.headers.get("Content-Type") == MEDIA:
        return answer
    said = problem(request, answer.status_code)
    if "Allow" in answer.headers:
        said.headers["Allow"] = answer.headers["Allow"]
    return said


def _placed(fault: Mapping[str, object]) -> dict[str, str]:
    loc = fault["loc"]
    where, *way = (str(part) for part in loc) if isinstance(loc, (tuple, list)) else ("body",)
    if where != "body":
        return {"parameter": way[-1] if way else where, "detail": str(fault["msg"])}
    parts = (part.replace("~", "~0").replace("/", "~1") for part in way[1:])  # the first is our name of the body
    return {"pointer": "#" + "".join(f"/{part}" for part in parts), "detail": str(fault["msg"])}
