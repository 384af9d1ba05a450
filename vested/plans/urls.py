"""Addresses of the room for plans."""

from django.urls import path

from vested.plans.views import deciding, following, plans, scenarios

app_name = "plans"
urlpatterns = [
    path("scenarios/", scenarios.scenarios, name="scenarios"),
    path("plans/", deciding.decided, name="decided"),
    path("plans/follow/", following.follow, name="follow"),
    path("plans/follow/anew/", following.replan, name="replan"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/propose/", deciding.propose, name="plan-propose"),
    path("plans/<int:pk>/take-back/", deciding.take_back, name="plan-take-back"),
    path("plans/<int:pk>/send-back/", deciding.send_back, name="plan-send-back"),
    path("plans/<int:pk>/adopt/", deciding.adopt, name="plan-adopt"),
]
