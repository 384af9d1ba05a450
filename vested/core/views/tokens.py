"""One's tokens: their list, a new one with its secret, and revoking one."""

from http import HTTPStatus
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from vested.core.actions import create_token, revoke_token
from vested.core.errors import Invalid
from vested.core.forms import NewToken
from vested.core.models import Token
from vested.core.viewer import viewer_of
from vested.core.views.asking import ask

MOST = 50  # shown; the oldest are all long out of force


@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens; once the form is sent, the new one's secret, on this answer and never again."""
    viewer, now = viewer_of(request), timezone.now()
    form = NewToken(request.POST or None)
    words: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            words["token"], words["secret"] = create_token(by=viewer, at=now, **form.cleaned_data)
        except Invalid as error:
            form.add_error(error.field or None, str(error))
        else:
            form = NewToken()
    rows = [(token, token.is_in_force(now)) for token in Token.objects.visible_to(viewer)[:MOST]]
    columns = [(head, "", "", False) for head in (_("Token"), _("What it may"), _("State"), _("Used last"), _("Do"))]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "core/tokens.html", {"form": form, "rows": rows, "columns": columns, **words}, status=status)


def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one."""
    viewer = viewer_of(request)
    found = get_object_or_404(Token.objects.visible_to(viewer), pk=pk)

    def do(_answers: dict[str, Any]) -> str:
        return _("“%(token)s” is revoked.") % {"token": revoke_token(by=viewer, token=found, at=timezone.now())}

    back = reverse("core:tokens")
    title = _("Revoke “%(token)s”?") % {"token": found}
    lead = _("The program that uses it is refused from now on. This cannot be undone; a new token can be made.")
    form, trail = Form(request.POST if request.method == "POST" else None), [(_("My tokens"), back)]
    return ask(
        request, form, do=do, back=back, title=title, lead=lead, verb=_("Revoke the token"), danger=True, trail=trail
    )
