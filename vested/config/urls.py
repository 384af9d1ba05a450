"""Every address there is."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from vested.config import api
from vested.config.health import health
from vested.core.partners import open_to_partners

urlpatterns = [
    path("health/", health, name="health"),
    path("language/", open_to_partners(login_not_required(set_language)), name="set_language"),
    path("api/v1/", api.urls),
    path("", include("vested.core.urls")),
    path("", include("vested.ecosystem.urls")),
    path("", include("vested.direction.urls")),
    path("", include("vested.skills.urls")),
    path("", include("vested.academy.urls")),
    path("", include("vested.portfolio.urls")),
    path("", include("vested.plans.urls")),
    path("", include("vested.insights.urls")),
]
handler403 = "vested.core.views.errors.forbidden"
handler404 = "vested.core.views.errors.missing"
handler500 = "vested.core.views.errors.broken"
