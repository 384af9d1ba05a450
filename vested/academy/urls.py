"""Addresses of the academy."""

from django.urls import path

from vested.academy.views import catalogue
from vested.core.views import links

app_name = "academy"
urlpatterns = [
    path("courses/", catalogue.courses, name="courses"),
    path("courses/<int:pk>/", catalogue.course, name="course"),
    path("courses/<int:pk>/teaches/", links.add, {"kind": "teaches"}, name="course-teaches"),
    path("sessions/", catalogue.sessions, name="sessions"),
    path("providers/", catalogue.providers, name="providers"),
]
