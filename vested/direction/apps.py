"""The app's registration."""

from django.apps import AppConfig


class DirectionConfig(AppConfig):
    """The room for direction."""

    name = "vested.direction"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what files bring to the room, and what of it is in the navigation, on others' pages, and done daily."""
        from vested.direction import entries, imports  # noqa: F401, PLC0415 - they need all models loaded
