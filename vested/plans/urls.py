"""Addresses of the room for plans."""

from django.urls import path

from vested.plans.views import plans, scenarios

app_name = "plans"
urlpatterns = [
    path("scenarios/", scenarios.scenarios, name="scenarios"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
]
