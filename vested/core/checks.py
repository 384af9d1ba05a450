"""What must be so for every model, seen when Django starts."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register

from vested.core.labels import unlabelled
from vested.core.scope import SCOPED, Scope, ScopedManager, SectorModel


@register()
def scopes(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """Every model of ours says for whom its rows exist, and those of a sector are kept by the scoped manager."""
    found: list[CheckMessage] = []
    for model in (model for config in app_configs or apps.get_app_configs() for model in config.get_models()):
        if not model.__module__.startswith("vested."):
            continue
        scope = getattr(model, "scope", None)
        if not isinstance(scope, Scope):
            found.append(Error("says nothing of its scope", hint="scope = Scope.…", obj=model, id="vested.E001"))
        elif (scope in SCOPED) != issubclass(model, SectorModel):
            found.append(Error(f"is {scope}, so its base is wrong", hint="SectorModel", obj=model, id="vested.E002"))
        elif scope is Scope.SHARED and not any(field.name == "shared" for field in model._meta.get_fields()):
            found.append(Error("is shared and has no field that says so", hint="shared", obj=model, id="vested.E003"))
        elif scope in SCOPED and model._meta.base_manager_name != "objects":
            hint = "Meta(SectorModel.Meta)"
            found.append(Error("related objects escape its scope", hint=hint, obj=model, id="vested.E004"))
        elif scope in SCOPED and not isinstance(model._default_manager, ScopedManager):
            found.append(Error("its rows escape its scope", hint="ScopedManager", obj=model, id="vested.E005"))
    return found


@register()
def personal_data(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """Every field of our models says what of it is about people, or that nothing is."""
    models = (model for config in app_configs or apps.get_app_configs() for model in config.get_models())
    ours = (model for model in models if model.__module__.startswith("vested."))
    return [
        Error(said, hint="label(…) or plain(…) in the app's personal.py", obj=model, id="vested.E006")
        for model in ours
        for said in unlabelled(model)
    ]
