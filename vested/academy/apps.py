"""The app's registration."""

from django.apps import AppConfig


class AcademyConfig(AppConfig):
    """The room for learning."""

    name = "vested.academy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the room keeps."""
        import vested.academy.imports  # noqa: F401, PLC0415 - it needs all models loaded
