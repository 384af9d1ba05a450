"""The app's registration."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """The room for the portfolio."""

    name = "vested.portfolio"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what of the room is in the navigation, the search, the history and on others' pages, and done daily."""
        from vested.portfolio import entries  # noqa: F401, PLC0415 - it needs all models loaded
        from vested.portfolio.imports import tables  # noqa: F401, PLC0415 - as above
