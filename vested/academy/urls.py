"""Addresses of the academy."""

from django.urls import path

from vested.academy import views
from vested.core.views import links

app_name = "academy"
urlpatterns = [
    path("courses/", views.courses, name="courses"),
    path("courses/<int:pk>/", views.course, name="course"),
    path("courses/<int:pk>/teaches/", links.add, {"kind": "teaches"}, name="course-teaches"),
    path("skills/<int:pk>/courses/", views.skill_courses, name="skill-courses"),
    path("sessions/", views.sessions, name="sessions"),
    path("providers/", views.providers, name="providers"),
]
