"""What pages of every room have in common: a status in words, a form for whoever asks."""

from typing import Any, TypeVar

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from vested.core.questions import Asking
from vested.core.viewer import viewer_of

F = TypeVar("F", bound=Asking)


def status(state: str, words: str | Promise) -> SafeString:
    """A status as it stands in a list: shape, word and colour."""
    return render_to_string("core/_status.html", {"state": state, "words": words})


def form_for(request: HttpRequest, kind: type[F], **given: Any) -> F:
    """The form as whoever asks has filled it in so far."""
    return kind(request.POST or None, viewer=viewer_of(request), today=localdate(), **given)
