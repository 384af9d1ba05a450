"""Addresses of the skills room."""

from django.urls import path

from vested.skills.views import gap_needs, gap_people, gaps

app_name = "skills"
urlpatterns = [
    path("gaps/", gaps.gaps, name="gaps"),
    path("gaps/people/", gap_people.people, name="gap-people"),
    path("gaps/needs/", gap_needs.needs_of_initiatives, name="gap-needs"),
]
