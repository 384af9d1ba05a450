"""The inbox: what one was told, the unread first."""

from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from vested.core.actions import read_notifications
from vested.core.listing import ROWS
from vested.core.models import Notification
from vested.core.viewer import viewer_of


def inbox(request: HttpRequest) -> HttpResponse:
    """What one was told."""
    unread = ExpressionWrapper(Q(read_at=None), output_field=BooleanField())
    rows = Notification.objects.visible_to(viewer_of(request)).annotate(unread=unread).order_by("-unread", "-at", "-pk")
    return render(request, "core/inbox.html", {"page": Paginator(rows, ROWS).get_page(request.GET.get("page"))})


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read, and go where it leads if that was asked."""
    viewer = viewer_of(request)
    found = get_object_or_404(Notification.objects.visible_to(viewer), pk=pk)
    read_notifications(by=viewer, at=timezone.now(), only=found)
    leads = "open" in request.POST and url_has_allowed_host_and_scheme(found.url, None)
    return redirect(found.url if leads else "core:inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    read_notifications(by=viewer_of(request), at=timezone.now())
    return redirect("core:inbox")
