"""Signing in, and the first page."""

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

sign_in = LoginView.as_view(template_name="core/sign_in.html", redirect_authenticated_user=True)
sign_out = LogoutView.as_view()


def home(request: HttpRequest) -> HttpResponse:
    """Where somebody lands: what there is to do, and where it is."""
    return render(request, "core/home.html")
