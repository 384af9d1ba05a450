"""What rooms show on pages of core: on the first page, on a person's, on a unit's.

A room registers its panels when Django starts, so that a low page shows what higher rooms know without knowing them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from vested.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page of a model's objects (of the first page, where ``on`` is None).

    ``fill`` gives what the template needs, for the viewer and the object shown; None leaves the panel out. One that
    ``leads`` stands at the top of the first page, in place of its heading and of the list of all pages. Who belongs to
    an organisation outside is shown those for ``partners``, and nobody else is.
    """

    on: type[models.Model] | None
    template: str
    fill: Callable[["Viewer", Any], dict[str, Any] | None]
    leads: bool = False
    partners: bool = False


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Add a panel below those there are; a room does when Django starts."""
    if panel not in _panels:
        _panels.append(panel)


def panels_for(
    viewer: "Viewer", thing: models.Model | None = None, *, token: str = "", leads: bool = False
) -> list[SafeString]:
    """The panels of an object's page (of the first page), as the viewer may see them; or those that lead it.

    ``token`` is the page's proof against forged requests, where panels may hold forms.
    """
    kind = type(thing) if thing is not None else None
    fitting = (panel for panel in _panels if panel.on is kind and panel.leads is leads)
    panels = (panel for panel in fitting if panel.partners is viewer.is_partner)
    shown = ((panel.template, panel.fill(viewer, thing)) for panel in panels)
    return [
        render_to_string(template, {"viewer": viewer, "csrf_token": token, **words})
        for template, words in shown
        if words is not None
    ]
