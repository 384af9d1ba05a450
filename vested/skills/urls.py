"""Addresses of the skills room."""

from django.urls import path

from vested.skills.views import gaps

app_name = "skills"
urlpatterns = [path("gaps/", gaps.gaps, name="gaps")]
