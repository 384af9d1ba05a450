"""Who may call the API: a program with a token of its person, or a page of ours in its person's session."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from vested.core.errors import NotAllowed
from vested.core.viewer import Viewer, viewer_of

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class ByToken(HttpBearer):
    """A personal token; the middleware has found it, or not."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:  # noqa: ARG002 - found already
        """Let in whose token it is, to change something only if the token may."""
        found = getattr(request, "token", None)
        if found and found.read_only and request.method not in READING:
            raise NotAllowed(_("This token only reads. Make one that may change things too."))
        return viewer_of(request) if found else None


class BySession(APIKeyCookie):
    """The session of somebody signed in, with the proof against forged requests wherever something is changed."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Viewer | None:
        """Let in who is signed in; whoever brought a token is judged by that alone."""
        if "Authorization" in request.headers or not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise NotAllowed(_("The request does not prove that it comes from a page of ours. Send X-CSRFToken."))
        return viewer_of(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> None:
        """Unused: a session is known by Django, not by its key."""
