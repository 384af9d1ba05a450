"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vested.core.search import LONGEST, labels, search
from vested.core.viewer import viewer_of


def results(request: HttpRequest) -> HttpResponse:
    """What was found for the words of the header's form."""
    viewer, words = viewer_of(request), " ".join(request.GET.get("q", "").split())[:LONGEST]
    found = search(viewer, words) if words else []
    return render(request, "core/search.html", {"words": words, "found": found, "searched": ", ".join(labels())})
