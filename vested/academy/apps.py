"""The app's registration."""

from django.apps import AppConfig


class AcademyConfig(AppConfig):
    """The room for learning."""

    name = "vested.academy"
    default_auto_field = "django.db.models.BigAutoField"
