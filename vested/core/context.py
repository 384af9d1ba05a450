"""What every page is given."""

from typing import Any

from django.http import HttpRequest

from vested.core.navigation import stations_for


def page(request: HttpRequest) -> dict[str, Any]:
    """The viewer, the stations that lead somewhere, and the colour scheme chosen."""
    viewer = getattr(request, "viewer", None)
    scheme = request.COOKIES.get("scheme", "auto")
    return {
        "viewer": viewer,
        "navigation": stations_for(viewer, request.path) if viewer else [],
        "scheme": scheme if scheme in {"auto", "light", "dark"} else "auto",
    }
