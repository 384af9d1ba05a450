"""The app's registration."""

from django.apps import AppConfig


class AcademyConfig(AppConfig):
    """The room for learning."""

    name = "vested.academy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what files bring to the room, and what of it is in the navigation, in the search and on others' pages."""
        from vested.academy import entries, imports  # noqa: F401, PLC0415 - they need all models loaded
