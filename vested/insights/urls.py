"""Addresses of the room that reads every other."""

from django.urls import path

from vested.insights.views import mine

app_name = "insights"
urlpatterns = [path("mine/", mine.mine, name="mine")]
