"""The app's registration."""

from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """The room for skills."""

    name = "vested.skills"
    default_auto_field = "django.db.models.BigAutoField"
