"""Every address there is."""

from django.urls import include, path

urlpatterns = [
    path("", include("vested.core.urls")),
]
handler403 = "vested.core.views.errors.forbidden"
handler404 = "vested.core.views.errors.missing"
handler500 = "vested.core.views.errors.broken"
