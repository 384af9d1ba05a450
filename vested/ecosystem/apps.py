"""The app's registration."""

from django.apps import AppConfig


class EcosystemConfig(AppConfig):
    """The room for agreements."""

    name = "vested.ecosystem"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what of the room is in the navigation, the search, the history and on others' pages, and done daily."""
        from vested.ecosystem import entries  # noqa: F401, PLC0415 - it needs all models loaded
