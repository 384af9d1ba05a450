"""The room's addresses."""

from django.urls import path

from vested.ecosystem import views

app_name = "ecosystem"
urlpatterns = [
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/new/", views.new, name="agreement-new"),
    path("agreements.ics", views.calendar_file, name="agreements-file"),
    path("agreements/<int:pk>/", views.agreement, name="agreement"),
    path("agreements/<int:pk>/renew/", views.renew, name="agreement-renew"),
    path("agreements/<int:pk>/end/", views.end, name="agreement-end"),
]
