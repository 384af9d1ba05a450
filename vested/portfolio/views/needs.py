"""Whom an initiative needs: a need is said, changed and taken away. They are listed with its plan."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vested.core import amounts
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for
from vested.portfolio.actions import add_need, change_need, remove_need
from vested.portfolio.forms.undertaking import SayNeed
from vested.portfolio.models import Initiative
from vested.portfolio.queries.initiatives import need_found, require_hand_in
from vested.portfolio.views.parts import around, in_hand
from vested.skills.models import Demand


def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whom it needs."""
    viewer, one = in_hand(request, pk)
    form = form_for(request, SayNeed, initial={"people": 1, "by_period": 1, "weight": 1})

    def do(answers: dict[str, Any]) -> str:
        return _("It asks for “%(skill)s” now.") % {"skill": add_need(by=viewer, initiative=one, **answers).skill}

    lead = _(
        "The next plan trains for it. By which day, its adoption says. Files that bring the needs of initiatives take "
        "the place of those said here; their check says first which go."
    )
    title = _("Whom does %(it)s need?") % {"it": one}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Ask for them"), **around(one, "plan"))


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a need, whether somebody said it or files brought it."""
    viewer, one, need = _need(request, pk)
    names = ("level", "people", "unit", "by_period", "weight")
    initial = {name: getattr(need, name) for name in names} | {"skill": need.skill.code}
    form = form_for(request, SayNeed, initial=initial)

    def do(answers: dict[str, Any]) -> str:
        change_need(by=viewer, initiative=one, need=need, **answers)
        return _("The need is changed.")

    lead = _(
        "With another period, its day is open until a plan is adopted again. If your files bring it, change it there "
        "too: the next import compares the two, and says what would go."
    )
    title = _("Change whom %(it)s needs") % {"it": one}
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Change it"), **around(one, "plan"))


def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a need away."""
    viewer, one, need = _need(request, pk)

    def do(_answers: dict[str, Any]) -> str:
        remove_need(by=viewer, initiative=one, need=need)
        return _("“%(it)s” does not ask for them any more.") % {"it": one}

    said = {"people": amounts.people(need.people), "level": amounts.level(need.level), "skill": need.skill}
    title = _("Take a need of %(it)s away?") % {"it": one}
    lead = _(
        "%(people)s at level %(level)s of “%(skill)s”: the next plan trains nobody for it. It stays in the history. If "
        "your files bring it, the next import brings it back."
    )
    form = Form(request.POST if request.method == "POST" else None)
    verb = _("Take the need away")
    return ask(request, form, do=do, title=title, lead=lead % said, verb=verb, danger=True, **around(one, "plan"))


def _need(request: HttpRequest, pk: int) -> tuple[Viewer, Initiative, Demand]:
    """The viewer, and a need of an initiative the viewer may change."""
    viewer = viewer_of(request)
    one, need = need_found(viewer, pk)
    require_hand_in(viewer, one)
    return viewer, one, need
