"""Addresses of the skills room."""

from django.urls import path

from vested.core.views import links
from vested.skills.views import gap_needs, gap_people, gaps, initiatives, roles, skills, standing

app_name = "skills"
urlpatterns = [
    path("skills/gaps/", gaps.gaps, name="gaps"),
    path("skills/gaps/people/", gap_people.people, name="gap-people"),
    path("skills/gaps/needs/", gap_needs.needs_of_initiatives, name="gap-needs"),
    path("skills/", skills.skills, name="skills"),
    path("skills/<int:pk>/", skills.skill, name="skill"),
    path("frameworks/", skills.frameworks, name="frameworks"),
    path("demands/", skills.demands, name="demands"),
    path("people/<int:pk>/levels/", standing.levels, name="person-levels"),
    path("initiatives/<int:pk>/", initiatives.initiative, name="initiative"),
    path("objectives/<int:pk>/served/", links.add, {"kind": "serves"}, name="objective-served"),
    path("duties/<int:pk>/initiative/", links.add, {"kind": "answers"}, name="duty-initiative"),
    path("opportunities/<int:pk>/initiative/", links.add, {"kind": "seizes"}, name="opportunity-initiative"),
    path("roles/", roles.roles, name="roles"),
    path("roles/<int:pk>/", roles.role, name="role"),
    path("roles/<int:pk>/people/", roles.people, name="role-people"),
]
