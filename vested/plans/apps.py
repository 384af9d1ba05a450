"""The app's registration."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """The room for the transformation plan."""

    name = "vested.plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what of the room is in the navigation, and what goes with tables that are given out."""
        from vested.plans import entries, imports  # noqa: F401, PLC0415 - they need all models loaded
