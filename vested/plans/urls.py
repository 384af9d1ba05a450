"""Addresses of the room for plans."""

from django.urls import path

from vested.plans.views import (
    comparing,
    deciding,
    following,
    plan_gaps,
    plan_people,
    plan_scarce,
    plan_smallprint,
    plan_units,
    plans,
    scenario_changes,
    scenarios,
)

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
    path("plans/<int:pk>/gaps/", plan_gaps.gaps, name="plan-gaps"),
    path("plans/<int:pk>/fairness/", plan_gaps.fairness, name="plan-fairness"),
    path("plans/<int:pk>/initiatives/", plan_scarce.initiatives, name="plan-initiatives"),
    path("plans/<int:pk>/gains/", plan_scarce.gains, name="plan-gains"),
    path("plans/<int:pk>/unmet/", plan_scarce.unmet, name="plan-unmet"),
    path("plans/<int:pk>/people/", plan_people.people, name="plan-people"),
    path("plans/<int:pk>/people/<int:person>/", plan_people.person, name="plan-person"),
    path("plans/<int:pk>/units/<int:unit>/", plan_units.unit, name="plan-unit"),
    path("plans/<int:pk>/smallprint/", plan_smallprint.smallprint, name="plan-smallprint"),
    path("plans/<int:pk>/draws/", plan_smallprint.draws, name="plan-draws"),
    path("plans/<int:pk>/report/", plan_smallprint.report, name="plan-report"),
    path("plans/<int:pk>/files/", plan_smallprint.files, name="plan-files"),
    path("plans/files/<int:pk>/", plan_smallprint.file, name="plan-file"),
]
