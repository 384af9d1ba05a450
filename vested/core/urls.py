"""Core's addresses."""

from django.urls import path

from vested.core import components_page
from vested.core.views import account

app_name = "core"
urlpatterns = [
    path("", account.home, name="home"),
    path("sign-in/", account.sign_in, name="sign-in"),
    path("sign-out/", account.sign_out, name="sign-out"),
    path("scheme/", account.scheme, name="scheme"),
    path("demo/", account.enter, name="enter"),
    path("hat/", account.see_as, name="hat"),
    path("components/", components_page.components, name="components"),
]
