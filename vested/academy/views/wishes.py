"""Asking for a course, and taking that back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vested.academy.actions import ask_for, take_back
from vested.academy.models import Course, Wish
from vested.core.errors import Invalid
from vested.core.viewer import viewer_of


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a course for oneself."""
    viewer = viewer_of(request)
    course = get_object_or_404(Course.objects.all().visible_to(viewer), pk=pk)
    try:
        ask_for(by=viewer, course=course)
    except Invalid as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("You ask for %(course)s. The next plan weighs it.") % {"course": course})
    return redirect("academy:course", pk=pk)


@require_POST
def stop_asking(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a course no more."""
    viewer = viewer_of(request)
    wish = get_object_or_404(Wish.objects.filter(person=viewer.person).select_related("course"), pk=pk)
    take_back(by=viewer, wish=wish)
    messages.success(request, _("You no longer ask for %(course)s.") % {"course": wish.course})
    return redirect("academy:mine")
