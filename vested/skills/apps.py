"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class SkillsConfig(AppConfig):
    """The room for skills."""

    name = "vested.skills"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what of the room is in the navigation."""
        import vested.skills.imports  # noqa: F401, PLC0415 - it registers what the room keeps, and needs all models
        from vested.core.navigation import Entry, Station, register  # noqa: PLC0415 - it needs all models loaded
        from vested.core.permissions import Permission  # noqa: PLC0415 - as above

        register(
            Entry(
                Station.KNOW,
                gettext_lazy("Gaps"),
                "skills:gaps",
                lambda viewer: bool(viewer.paths(Permission.FIGURES_SEE)),
                gettext_lazy("Where people are short of what their roles ask"),
            )
        )
