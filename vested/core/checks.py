"""What must be so for every model, seen when Django starts."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import Model, UniqueConstraint

from vested.core.labels import unlabelled
from vested.core.scope import SCOPED, Scope, ScopedManager, SectorModel, Walled


@register()
def scopes(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """Every model of ours says for whom its rows exist, and those of a sector are kept by the scoped manager."""
    found: list[CheckMessage] = []
    for model in _ours(app_configs):
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
        elif scope in SCOPED and not all(isinstance(one, ScopedManager) for one in model._meta.managers):
            found.append(Error("its rows escape its scope", hint="ScopedManager", obj=model, id="vested.E005"))
    return found


def _ours(app_configs: Sequence[AppConfig] | None) -> Iterator[type[Model]]:
    """Our models, also those Django makes by itself between two others: they hold the keys of both."""
    for config in app_configs or apps.get_app_configs():
        yield from (one for one in config.get_models(include_auto_created=True) if one.__module__.startswith("vested."))


@register()
def personal_data(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """Every field of our models says what of it is about people, or that nothing is."""
    return [
        Error(said, hint="label(…) or plain(…) in the app's personal.py", obj=model, id="vested.E006")
        for model in _ours(app_configs)
        for said in unlabelled(model)
    ]


@register()
def walls(app_configs: Sequence[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """What hangs on something that may stand behind a wall stands there too, or says why not; nothing unique tells."""
    found: list[CheckMessage] = []
    for model in (model for config in app_configs or apps.get_app_configs() for model in config.get_models()):
        if not issubclass(model, SectorModel):
            continue
        said = {*model.walled_by, *model.told_beyond}
        for field in model._meta.concrete_fields:
            if _is_walled(field.related_model) and field.name not in said:
                words = f"{field.name} leads to what may be behind a wall"
                found.append(
                    Error(words, hint="walled_by, or told_beyond with the reason", obj=model, id="vested.E007")
                )
        for one in model._meta.constraints:
            if isinstance(one, UniqueConstraint) and issubclass(model, Walled) and not _apart(model, one):
                words = f"{one.name} tells of what is behind a wall"
                found.append(Error(words, hint="wall among its fields, or wall=None", obj=model, id="vested.E008"))
    return found


def _is_walled(model: object) -> bool:
    return (
        isinstance(model, type)
        and issubclass(model, SectorModel)
        and (issubclass(model, Walled) or bool(model.walled_by))
    )


def _apart(model: type[Walled], one: UniqueConstraint) -> bool:
    """Whether rows behind a wall are unique by themselves, or the constraint is of keys that nobody chooses."""
    fields = {*one.fields}
    free = one.condition is not None and ("wall", None) in one.condition.children
    return bool({"wall", *model.walled_by} & fields) or free or one.name in model.unique_beyond
