"""Addresses of the academy."""

from django.urls import path

from vested.academy import views

app_name = "academy"
urlpatterns = [
    path("courses/", views.courses, name="courses"),
    path("courses/<int:pk>/", views.course, name="course"),
    path("sessions/", views.sessions, name="sessions"),
    path("providers/", views.providers, name="providers"),
]
