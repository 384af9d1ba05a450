"""The app's registration."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """The room that reads every other."""

    name = "vested.insights"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what of the room is in the navigation and leads the first page."""
        from vested.insights import entries  # noqa: F401, PLC0415 - they need all models loaded
