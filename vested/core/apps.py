"""The app's registration."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """Core, and the checks it makes when Django starts."""

    name = "vested.core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks, core's pages in the navigation, and what each room declares: jobs, and personal data."""
        from vested.core import checks, entries  # noqa: F401, PLC0415 - they need all models loaded

        autodiscover_modules("jobs", "personal")
        self._register_tables()

    def _register_tables(self) -> None:
        """Register core's own tables of a sector folder, and the jobs that bring them in."""
        from vested.core.imports import jobs, staff, tables, units  # noqa: F401, PLC0415 - as above
        from vested.core.rights import jobs as rights  # noqa: F401, PLC0415 - as above

        tables.register(units.UNITS)
        tables.register(staff.STAFF)
