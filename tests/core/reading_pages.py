"""Pages that try to write while they are read, each in its own way."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from vested.core.models import User


@login_not_required
def inside(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Say whether it runs in a transaction."""
    return HttpResponse(str(connection.in_atomic_block))


@login_not_required
def openly(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Write a row."""
    User.objects.create_user("new@ours.example")
    return HttpResponse("written")


@login_not_required
def hidden(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Write by what looks like a question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('core_user', 'id'))")
    return HttpResponse("written")


urlpatterns = [path("inside/", inside), path("openly/", openly), path("hidden/", hidden)]
handler500 = "vested.core.views.errors.broken"
