"""Whether this process can do its work, for what watches over it."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vested.core.partners import open_to_partners


@transaction.non_atomic_requests
@open_to_partners
@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Answer ok when the database does; it says nothing else, since anybody may ask."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer", "text/plain", status=HTTPStatus.SERVICE_UNAVAILABLE)
    return HttpResponse("ok", "text/plain")
