"""Addresses of the room for plans."""

from django.urls import path

from vested.plans.views import comparing, deciding, following, plans, scenario_changes, scenarios

app_name = "plans"
urlpatterns = [
    path("scenarios/", scenarios.scenarios, name="scenarios"),
    path("plans/", deciding.decided, name="decided"),
    path("plans/follow/", following.follow, name="follow"),
    path("plans/follow/anew/", following.replan, name="replan"),
    path("scenarios/new/", scenario_changes.new, name="scenario-new"),
    path("scenarios/<int:pk>/", scenarios.scenario, name="scenario"),
    path("scenarios/<int:pk>/change/", scenario_changes.change, name="scenario-change"),
    path("scenarios/<int:pk>/solve/", scenario_changes.solve, name="scenario-solve"),
    path("scenarios/<int:pk>/copy/", scenario_changes.copy, name="scenario-copy"),
    path("scenarios/<int:pk>/share/", scenario_changes.share, name="scenario-share"),
    path("scenarios/<int:pk>/remove/", scenario_changes.remove, name="scenario-remove"),
    path("scenarios/<int:pk>/comment/", scenario_changes.say, name="scenario-comment"),
    path("compare/", comparing.compare, name="compare"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/propose/", deciding.propose, name="plan-propose"),
    path("plans/<int:pk>/take-back/", deciding.take_back, name="plan-take-back"),
    path("plans/<int:pk>/send-back/", deciding.send_back, name="plan-send-back"),
    path("plans/<int:pk>/adopt/", deciding.adopt, name="plan-adopt"),
]
