"""The vision: what it says, what it rests on, what it means for units, and when it was told again."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import localize
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core.listing import Column, Listing
from vested.core.models import Unit
from vested.core.permissions import Permission, require
from vested.core.timeline import history_of
from vested.core.viewer import viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for, status
from vested.direction.actions import (
    add_future,
    add_need,
    end_future,
    end_need,
    note_retelling,
    say_meaning,
    write_vision,
)
from vested.direction.filters import MeaningFilter, RetellingFilter
from vested.direction.forms.vision import End, NewFuture, NewNeed, NoteRetelling, SayMeaning, WriteVision
from vested.direction.models import Future, Need, Retelling, Vision
from vested.direction.queries.measures import worst
from vested.direction.queries.objectives import tree
from vested.direction.queries.vision import (
    is_old,
    meanings_of,
    resting_on,
    retellings_listed,
    said_of,
    units_meaning,
    vision_now,
)
from vested.direction.views.parts import VERDICTS

FEW = 3


def vision(request: HttpRequest) -> HttpResponse:
    """The vision as it is now."""
    viewer, today = viewer_of(request), localdate()
    now = vision_now(viewer)
    first, dot, rest = now.purpose.partition(". ") if now else ("", "", "")
    words: dict[str, Any] = {
        "vision": now,
        "heading": f"{first}{dot.strip()}",
        "more": rest,
        "resting": resting_on(viewer, today),
        "said": said_of(viewer, today),
        "retellings": retellings_listed(viewer).order_by("-told_on", "-pk")[:FEW],
        "objectives": [(depth, one, *VERDICTS[worst(one, today)]) for depth, one in tree(viewer) if depth == 0],
        "versions": list(Vision.objects.all().visible_to(viewer).order_by("-number"))[1:],
        "may": viewer.may(Permission.DIRECTION_CHANGE),
        "may_tell": bool(viewer.paths(Permission.DIRECTION_CHANGE)),
        "history": history_of(viewer, now, None) if now else None,
    }
    return render(request, "direction/vision.html", words)


def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A former version of the vision, with what it rested on in its last days."""
    viewer = viewer_of(request)
    found = get_object_or_404(Vision.objects.all().visible_to(viewer).select_related("written_by"), pk=pk)
    after = Vision.objects.all().visible_to(viewer).filter(number=found.number + 1).first()
    words = {
        "vision": found,
        "after": after,
        "resting": resting_on(viewer, after.since if after else localdate()),
        "trail": [(_("Vision"), reverse("direction:vision"))],
        "here": _("Version %(number)s") % {"number": found.number},
    }
    return render(request, "direction/version.html", words)


def write(request: HttpRequest) -> HttpResponse:
    """Write the vision anew."""
    viewer = viewer_of(request)
    require(viewer, Permission.DIRECTION_CHANGE)
    now = vision_now(viewer)
    form = form_for(request, WriteVision, initial={"purpose": now.purpose if now else ""})

    def do(answers: dict[str, Any]) -> str:
        write_vision(by=viewer, on=localdate(), **answers)
        return _("The vision is written. Now it wants to be told, again and again.")

    lead = _("The version before stays readable. Each unit is asked to say anew what it means for them.")
    return ask(request, form, do=do, title=_("Write the vision"), lead=lead, verb=_("Write it"), **_around())


def future_new(request: HttpRequest) -> HttpResponse:
    """Add a future."""
    viewer = viewer_of(request)
    require(viewer, Permission.DIRECTION_CHANGE)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” is added.") % {"it": add_future(by=viewer, on=localdate(), **answers)}

    form = form_for(request, NewFuture, initial={"year": localdate().year + 10})
    lead = _("A way the world may be in ten years, and what that asks of you. Two that differ say more than one.")
    return ask(request, form, do=do, title=_("Add a future"), lead=lead, verb=_("Add the future"), **_around())


def future_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a future no longer holds."""
    viewer = viewer_of(request)
    found = get_object_or_404(Future.objects.all().visible_to(viewer), pk=pk)
    require(viewer, Permission.DIRECTION_CHANGE)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” has ended.") % {"it": end_future(by=viewer, future=found, on=localdate(), **answers)}

    title = _("End “%(it)s”?") % {"it": found}
    lead = _("It stays with the versions of the vision that rested on it.")
    return ask(
        request, form_for(request, End), do=do, title=title, lead=lead, verb=_("End it"), danger=True, **_around()
    )


def need_new(request: HttpRequest) -> HttpResponse:
    """Add a need of a group of users."""
    viewer = viewer_of(request)
    require(viewer, Permission.DIRECTION_CHANGE)

    def do(answers: dict[str, Any]) -> str:
        return _("What %(group)s need is added.") % {"group": add_need(by=viewer, on=localdate(), **answers).group}

    lead = _("A need counts with its evidence: who was asked, when, and what they said.")
    form = form_for(request, NewNeed)
    return ask(request, form, do=do, title=_("Add a need of users"), lead=lead, verb=_("Add the need"), **_around())


def need_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a need no longer holds."""
    viewer = viewer_of(request)
    found = get_object_or_404(Need.objects.all().visible_to(viewer), pk=pk)
    require(viewer, Permission.DIRECTION_CHANGE)

    def do(answers: dict[str, Any]) -> str:
        return _("“%(it)s” has ended.") % {"it": end_need(by=viewer, need=found, on=localdate(), **answers)}

    title = _("End “%(it)s”?") % {"it": found}
    lead = _("It stays with the versions of the vision that rested on it.")
    return ask(
        request, form_for(request, End), do=do, title=title, lead=lead, verb=_("End it"), danger=True, **_around()
    )


def meanings(request: HttpRequest) -> HttpResponse | FileResponse:
    """What the vision means for each unit."""
    viewer, today = viewer_of(request), localdate()
    now = vision_now(viewer)

    def how(row: Any) -> tuple[str, str]:  # noqa: ANN401 - a unit with what its query adds
        if row.said_on is None:
            return "waits", _("not said yet")
        return ("risk", _("old")) if is_old(row.said_on, today, now) else ("good", _("said"))

    columns = (
        Column(gettext_lazy("Unit"), "name", "find", link=lambda row: reverse("direction:meaning", args=[row.pk])),
        Column(gettext_lazy("What it means for them"), "words"),
        Column(gettext_lazy("Said on"), "said_on", "said_on"),
        Column(gettext_lazy("State"), lambda row: how(row)[1], shown=lambda row: status(*how(row))),
    )
    listing = Listing(
        request,
        units_meaning(viewer),
        filters=MeaningFilter,
        columns=columns,
        order="find",
        name=_("what the vision means for units"),
        counted=lambda count: ngettext("%(count)s unit", "%(count)s units", count) % {"count": localize(count)},
    )
    said = said_of(viewer, today)
    heading = ngettext(
        "%(said)s of %(count)s unit has said what the vision means for them",
        "%(said)s of %(count)s units have said what the vision means for them",
        said.units,
    ) % {"said": localize(said.said), "count": localize(said.units)}
    return listing.answer(
        "core/list.html",
        title=_("What the vision means for units"),
        heading=heading,
        lead=_("Old is what was said over a year ago, or before the vision was written anew."),
        trail=_trail(),
    )


def meaning(request: HttpRequest, pk: int) -> HttpResponse:
    """What the vision means for one unit, and what it said before."""
    viewer = viewer_of(request)
    unit = get_object_or_404(Unit.objects.all().visible_to(viewer), pk=pk)
    said = list(meanings_of(viewer, unit))
    now = vision_now(viewer)
    words = {
        "unit": unit,
        "vision": now,
        "now": said[0] if said else None,
        "old": bool(said) and is_old(said[0].said_on, localdate(), now),
        "before": said[1:],
        "may": viewer.may(Permission.DIRECTION_CHANGE, on=unit) and not unit.ended_on,
        "trail": [*_trail(), (_("What the vision means for units"), reverse("direction:meanings"))],
    }
    return render(request, "direction/meaning.html", words)


def meaning_say(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the vision means for a unit."""
    viewer = viewer_of(request)
    unit = get_object_or_404(Unit.objects.all().visible_to(viewer), pk=pk)
    require(viewer, Permission.DIRECTION_CHANGE, on=unit)
    before = meanings_of(viewer, unit).first()

    def do(answers: dict[str, Any]) -> str:
        say_meaning(by=viewer, unit=unit, on=localdate(), **answers)
        return _("It is said what the vision means for %(unit)s.") % {"unit": unit}

    form = form_for(request, SayMeaning, initial={"words": before.words if before else ""})
    title = _("What does the vision mean for %(unit)s?") % {"unit": unit}
    lead = _("What was said before stays readable. If it still holds, send it as it is.")
    back = reverse("direction:meaning", args=[pk])
    trail = [*_trail(), (unit.name, back)]
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Say it"), back=back, trail=trail)


RETELLINGS = (
    Column(gettext_lazy("To whom"), "audience", "audience"),
    Column(gettext_lazy("When"), "told_on", "told_on"),
    Column(gettext_lazy("By whom"), "told_by", "told_by__find"),
    Column(gettext_lazy("Of which unit"), lambda row: row.unit or row.sector, "unit__find"),
    Column(gettext_lazy("How many heard it"), "heard", "heard", number=True),
    Column(gettext_lazy("What was asked"), "words"),
)


def retellings(request: HttpRequest) -> HttpResponse | FileResponse:
    """When the vision was told again, to whom, and what was asked."""
    viewer = viewer_of(request)
    listing = Listing(
        request,
        retellings_listed(viewer).select_related("sector"),
        filters=RetellingFilter,
        columns=RETELLINGS,
        order="-told_on",
        name=_("retellings"),
        counted=_retellings,
    )
    newest = Retelling.objects.all().visible_to(viewer).order_by("-told_on").first()
    days = (localdate() - newest.told_on).days if newest else 0
    heading = (
        ngettext("The vision was last told %(days)s day ago", "The vision was last told %(days)s days ago", days)
        % {"days": localize(days)}
        if newest
        else _("The vision has not been told again yet")
    )
    make = (_("Note a retelling"), reverse("direction:retelling-new")) if _may_tell(request) else None
    return listing.answer(
        "core/list.html",
        title=_("Retellings"),
        heading=heading,
        lead=_("A vision lives by being told again. Each telling has a date, an audience, and what was asked."),
        make=make,
        trail=_trail(),
    )


def retelling_new(request: HttpRequest) -> HttpResponse:
    """Note that the vision was told again."""
    viewer = viewer_of(request)
    held = Unit.objects.all().where(viewer, Permission.DIRECTION_CHANGE).first()
    require(viewer, Permission.DIRECTION_CHANGE, on=held)

    def do(answers: dict[str, Any]) -> str:
        noted = note_retelling(by=viewer, today=localdate(), **answers)
        return _("It is noted that you told it to %(audience)s.") % {"audience": noted.audience}

    back = reverse("direction:retellings")
    return ask(
        request,
        form_for(request, NoteRetelling),
        do=do,
        title=_("Note a retelling"),
        lead=_("It counts as told by you."),
        verb=_("Note it"),
        back=back,
        trail=[*_trail(), (_("Retellings"), back)],
    )


def _retellings(count: int) -> str:
    return ngettext("%(count)s retelling", "%(count)s retellings", count) % {"count": localize(count)}


def _may_tell(request: HttpRequest) -> bool:
    return bool(viewer_of(request).paths(Permission.DIRECTION_CHANGE))


def _trail() -> list[tuple[str, str]]:
    return [(_("Vision"), reverse("direction:vision"))]


def _around() -> dict[str, Any]:
    return {"back": reverse("direction:vision"), "trail": _trail()}
