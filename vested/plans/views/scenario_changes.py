"""Making, changing, solving, copying, sharing and removing scenarios, and saying something about one."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vested.core.amounts import number
from vested.core.errors import Invalid
from vested.core.forms import Versioned
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.plans.actions import (
    ask_for_scenario,
    change_scenario,
    comment,
    copy_scenario,
    remove_scenario,
    share_scenario,
    solve_scenario,
)
from vested.plans.asked import Asked
from vested.plans.forms.naming import Copy, Say
from vested.plans.forms.scenarios import Ask
from vested.plans.models import Scenario
from vested.plans.views.scenarios import found_for, trail


def new(request: HttpRequest) -> HttpResponse:
    """Make a scenario; with ``as_it_is`` at once the usual one, which is solved."""
    viewer = viewer_of(request)
    require(viewer, Permission.PLAN_MAKE)
    if "as_it_is" in request.POST:
        made = ask_for_scenario(by=viewer, name=_usual_name(), asked=Asked(), at=timezone.now())
        return _solved(request, viewer, made)
    form = Ask(request.POST or None, viewer=viewer, scenario=None, name=_usual_name())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = ask_for_scenario(
            by=viewer, name=given["name"], note=given["note"], asked=form.answers(), at=timezone.now()
        )
        return _saved(request, viewer, made)
    words = {"title": _("Make a scenario"), "trail": trail(), "back": reverse("plans:scenarios")}
    return _form(request, form, words)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a scenario is called and asks for."""
    viewer, found = _made(request, pk)
    form = Ask(request.POST or None, viewer=viewer, scenario=found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        changed = change_scenario(
            by=viewer,
            scenario=found,
            name=given["name"],
            note=given["note"],
            asked=form.answers(),
            version=given["version"],
        )
        return _saved(request, viewer, changed)
    words = {"title": _("Change “%(scenario)s”") % {"scenario": found}, **_around(found)}
    return _form(request, form, words)


@require_POST
def solve(request: HttpRequest, pk: int) -> HttpResponse:
    """Solve a scenario with the data as they are now."""
    viewer, found = _made(request, pk)
    return _solved(request, viewer, found)


def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy a scenario, with other money if that is said, and solve the copy."""
    viewer, found = _made(request, pk)
    form = Copy(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        by = given["change"]
        money = None if by is None else round(found.settings.money * (1 + by / 100), 6)
        name = given["name"] or _copied_name(found, by)
        made = copy_scenario(by=viewer, scenario=found, name=name[:200], at=timezone.now(), money=money)
        if given["solve"]:
            return _solved(request, viewer, made)
        messages.success(request, _("“%(scenario)s” is copied.") % {"scenario": found})
        return _to(made)
    title = _("Copy “%(scenario)s”") % {"scenario": found}
    lead = _("The copy asks for the same, and is yours to change. Nothing happens to this one.")
    words = {"title": title, "lead": lead, "verb": _("Copy it"), **_around(found)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "core/ask.html", {"form": form, **words}, status=status)


def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody who may see plans see a scenario, or keep it to oneself."""
    viewer, found = _made(request, pk)
    shared = not found.shared

    def do(answers: dict[str, Any]) -> str:
        share_scenario(by=viewer, scenario=found, shared=shared, **answers)
        return _("It is shared.") if shared else _("It is yours alone now.")

    if shared:
        title, verb = _("Share “%(scenario)s”?"), _("Share it")
        lead = _("Everybody whose role lets them see plans sees it, with its plans and what was said about it.")
    else:
        title, verb = _("Keep “%(scenario)s” to yourself?"), _("Keep it to myself")
        lead = _("Others stop seeing it and its plans. Only who made it sees it.")
    form = Versioned(request.POST or None, initial={"version": found.version})
    return ask(request, form, do=do, title=title % {"scenario": found}, lead=lead, verb=verb, **_around(found))


def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a scenario with its plans, which cannot be undone."""
    viewer, found = _made(request, pk)

    def do(answers: dict[str, Any]) -> str:
        remove_scenario(by=viewer, scenario=found, **answers)
        return _("“%(scenario)s” is removed.") % {"scenario": found.name}

    title = _("Remove “%(scenario)s”?") % {"scenario": found}
    lead = _("Its plans and what was said about it go with it. This cannot be undone.")
    form = Versioned(request.POST or None, initial={"version": found.version})
    words = {**_around(found), "back": reverse("plans:scenario", args=[pk])}
    if request.method == "POST" and form.is_valid():
        words["back"] = reverse("plans:scenarios")  # once it is gone there is nowhere else
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Remove the scenario"), danger=True, **words)


@require_POST
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a scenario."""
    viewer = viewer_of(request)
    found = found_for(viewer, pk)

    def do(answers: dict[str, Any]) -> str:
        comment(by=viewer, scenario=found, at=timezone.now(), **answers)
        return _("It is said, with your name.")

    title = _("Say something about “%(scenario)s”") % {"scenario": found}
    lead = _("Everybody who may see the scenario reads it.")
    words = {"title": title, "lead": lead, "verb": _("Say it"), **_around(found)}
    return ask(request, Say(request.POST), do=do, **words)


def _form(request: HttpRequest, form: Ask, words: dict[str, Any]) -> HttpResponse:
    """The page that asks."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    words |= {"form": form}
    return render(request, "plans/scenario_form.html", words, status=status)


def _made(request: HttpRequest, pk: int) -> tuple[Viewer, Scenario]:
    """The viewer, who may make plans, and the scenario."""
    viewer = viewer_of(request)
    found = found_for(viewer, pk)
    require(viewer, Permission.PLAN_MAKE)
    return viewer, found


def _saved(request: HttpRequest, viewer: Viewer, scenario: Scenario) -> HttpResponseRedirect:
    """Solve what was saved, where that was asked for."""
    if "solve" in request.POST:
        return _solved(request, viewer, scenario)
    messages.success(request, _("“%(scenario)s” is saved.") % {"scenario": scenario})
    return _to(scenario)


def _solved(request: HttpRequest, viewer: Viewer, scenario: Scenario) -> HttpResponseRedirect:
    try:
        solve_scenario(by=viewer, scenario=scenario, at=timezone.now())
    except Invalid as error:  # it is being solved already: its page shows how far
        messages.warning(request, str(error))
    return _to(scenario)


def _to(scenario: Scenario) -> HttpResponseRedirect:
    return redirect("plans:scenario", pk=scenario.pk)


def _usual_name() -> str:
    return _("As it is, %(day)s") % {"day": date_format(timezone.localdate())}


def _copied_name(scenario: Scenario, change: int | None) -> str:
    if not change:
        return _("%(scenario)s, copy") % {"scenario": scenario}
    sign = "+" if change > 0 else ""
    return _("%(scenario)s, %(change)s %%") % {"scenario": scenario, "change": f"{sign}{number(change)}"}


def _around(scenario: Scenario) -> dict[str, Any]:
    back = reverse("plans:scenario", args=[scenario.pk])
    return {"back": back, "trail": [*trail(), (scenario.name, back)]}
