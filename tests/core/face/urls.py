"""Every address the header may lead to, so that all of it is drawn; none is asked for."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    """Stand at an address that is only linked to."""
    return HttpResponse(request.path)


core = [
    path(f"{name}/", nothing, name=name)
    for name in (
        "home",
        "hat",
        "search",
        "scheme",
        "sign-out",
        "jobs",
        "me",
        "my-data",
        "my-hats",
        "hat-wear",
        "inbox",
        "tokens",
    )
]
urlpatterns = [path("", include((core, "core"))), path("language/", nothing, name="set_language")]
