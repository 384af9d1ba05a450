"""Pages that do what no page may, each in one way, to see the walk find them."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from vested.core.models import Person, Unit, User
from vested.core.scope import System, acting
from vested.plans.models import Scenario


def broken(request: HttpRequest) -> HttpResponse:
    """Break."""
    raise RuntimeError(request.path)


def writes(request: HttpRequest) -> HttpResponse:
    """Write while read."""
    User.objects.create_user("new@ours.example")
    return HttpResponse(request.path)


def many(request: HttpRequest) -> HttpResponse:
    """Ask too much."""
    with connection.cursor() as cursor:
        for _ in range(24):
            cursor.execute("SELECT 1")
    return HttpResponse(request.path)


def styled(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Bring a style."""
    return HttpResponse('<p style="color: red">x</p>')


def leaks(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Tell of everybody there is, and of every scenario, in a file."""
    with acting(System("a mistake")):
        names = [*Person.objects.values_list("name", flat=True), *Scenario.objects.values_list("name", flat=True)]
    return HttpResponse(", ".join(names), content_type="text/csv")


@login_not_required
def open_to_all(request: HttpRequest) -> HttpResponse:
    """Ask nobody to sign in."""
    return HttpResponse(request.path)


def anybody(request: HttpRequest) -> HttpResponse:
    """Ask for no permission."""
    return HttpResponse(request.path)


def refused(request: HttpRequest) -> HttpResponse:
    """Refuse everybody."""
    return HttpResponse(request.path, status=403)


def unit(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Show whatever is asked for."""
    with acting(System("a mistake")):
        return HttpResponse(str(Unit.objects.filter(pk=pk).exists()))


urlpatterns = [
    path("broken/", broken, name="broken"),
    path("writes/", writes, name="writes"),
    path("many/", many, name="many"),
    path("styled/", styled, name="styled"),
    path("leaks/", leaks, name="leaks"),
    path("open/", open_to_all, name="open"),
    path("anybody/", anybody, name="anybody"),
    path("refused/", refused, name="refused"),
    path("units/<int:pk>/", unit, name="unit"),
    path("house/", include("vested.config.urls")),
]
handler500 = "vested.core.views.errors.broken"
