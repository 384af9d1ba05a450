"""Signing in, the first page, and how pages look to their reader."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from vested.core.context import SCHEMES
from vested.core.demo import accounts
from vested.core.panels import panels_for
from vested.core.partners import open_to_partners

YEAR = 365 * 24 * 3600

sign_in = open_to_partners(LoginView.as_view(template_name="core/sign_in.html", redirect_authenticated_user=True))
sign_out = open_to_partners(LogoutView.as_view())


@open_to_partners
def home(request: HttpRequest) -> HttpResponse:
    """Where somebody lands: what there is to do, and where it is."""
    viewer = getattr(request, "viewer", None)
    token = get_token(request)
    words = {"leading": panels_for(viewer, token=token, leads=True), "panels": panels_for(viewer)} if viewer else {}
    return render(request, "core/home.html", words)


@open_to_partners
@login_not_required
@require_POST
def scheme(request: HttpRequest) -> HttpResponse:
    """Keep the colours chosen, light, dark or the device's own, for a year."""
    answer = back(request)
    chosen = request.POST.get("scheme", "")
    if chosen in SCHEMES:
        answer.set_cookie("scheme", chosen, max_age=YEAR, secure=settings.SERVING, httponly=True, samesite="Lax")
    return answer


@transaction.non_atomic_requests  # it writes a session
@open_to_partners
@login_not_required
def enter(request: HttpRequest) -> HttpResponse:
    """Come into the demo as its Chief Digital Officer."""
    return _as(request, "cdo")


@open_to_partners
@require_POST
def wear(request: HttpRequest) -> HttpResponse:
    """Go on in another sector one works in; or, in the demo, as somebody of another role."""
    if "sector" in request.POST:
        return _in_sector(request, request.POST["sector"])
    return _as(request, request.POST.get("hat", ""))


def _in_sector(request: HttpRequest, sector: str) -> HttpResponse:
    people = getattr(request, "people", [])
    person = next((person for person in people if str(person.sector_id) == sector), None)
    if person is None:
        raise Http404
    request.session["person"] = person.pk
    return redirect("core:home")


def _as(request: HttpRequest, role: str) -> HttpResponse:
    found = accounts().get(role) if settings.DEMO else None
    if found is None:
        raise Http404
    login(request, found)
    return redirect("core:home")


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page the form was on (``next``), if it is one of ours."""
    url = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(url if ours else "/")
