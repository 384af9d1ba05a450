"""Core's addresses."""

from django.urls import path

from vested.core import components_page
from vested.core.views import account, jobs

app_name = "core"
urlpatterns = [
    path("", account.home, name="home"),
    path("sign-in/", account.sign_in, name="sign-in"),
    path("sign-out/", account.sign_out, name="sign-out"),
    path("scheme/", account.scheme, name="scheme"),
    path("demo/", account.enter, name="enter"),
    path("hat/", account.see_as, name="hat"),
    path("jobs/", jobs.mine, name="jobs"),
    path("jobs/<int:pk>/", jobs.one, name="job"),
    path("jobs/<int:pk>/progress/", jobs.progress, name="job-progress"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job-cancel"),
    path("jobs/<int:pk>/retry/", jobs.retry, name="job-retry"),
    path("components/", components_page.components, name="components"),
]
