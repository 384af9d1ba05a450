"""Hats: one's own and wearing one, who is what to whom, giving and taking, and which go together."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from vested.core import amounts
from vested.core.actions import add_counterparty, give_hat, set_rules, take_hat, wear_hat
from vested.core.errors import Invalid
from vested.core.filters import CounterpartyFilter, HatFilter
from vested.core.forms import GiveHat, HatRules, NewCounterparty
from vested.core.hats import PAIRS, against_the_rules, hats_listed, hats_towards, rules
from vested.core.listing import Column, Listing
from vested.core.looks import What, seen, shown
from vested.core.middleware import WORN, WORN_BEFORE
from vested.core.models import Counterparty, Event, Hat, HatKind, Opening
from vested.core.panels import panels_for
from vested.core.permissions import Permission, require
from vested.core.timeline import history_of, told
from vested.core.viewer import viewer_of
from vested.core.views.account import back
from vested.core.views.asking import ask


def _counterparty_url(row: Counterparty) -> str:
    return reverse("core:counterparty", args=[row.pk])


HATS = (
    Column(gettext_lazy("Person"), "person", "person_find"),
    Column(gettext_lazy("Hat"), lambda row: row.wall.said, "kind"),
    Column(
        gettext_lazy("Towards"),
        "wall.counterparty",
        "counterparty_find",
        link=lambda row: _counterparty_url(row.wall.counterparty),
    ),
    Column(gettext_lazy("Since"), "since", "since", shown=lambda row: date_format(row.since)),
    Column(gettext_lazy("Until"), "until", "until", shown=lambda row: date_format(row.until) if row.until else ""),
)
COUNTERPARTIES = (
    Column(gettext_lazy("Name"), "name", "find", link=_counterparty_url),
    Column(gettext_lazy("Code"), "code", "code"),
)


def mine(request: HttpRequest) -> HttpResponse:
    """What one is to whom, in which hats one acts now, and what each opens."""
    viewer = viewer_of(request)
    before = request.session.get(WORN_BEFORE, ())
    return render(
        request,
        "core/hats/mine.html",
        {"rows": [(hat, hat.wall_id in viewer.worn, hat.wall_id in before) for hat in viewer.hats]},
    )


@require_POST
def wear(request: HttpRequest) -> HttpResponse:
    """Put on a hat of one's own, or take it off; then back to where one was."""
    viewer = viewer_of(request)
    asked = request.POST.get("wear", "") or request.POST.get("off", "")
    hat = get_object_or_404(Hat.objects.filter(person=viewer.person), pk=int(asked) if asked.isdecimal() else 0)
    worn = {one for one in viewer.hats if one.wall_id in viewer.worn and one.wall_id != hat.wall_id}
    if "wear" in request.POST:
        try:
            wear_hat(by=viewer, hat=hat, before=request.session.get(WORN_BEFORE, ()))
        except Invalid as error:
            messages.error(request, str(error))
            return redirect("core:my-hats")
        worn = {one for one in worn if one.wall.counterparty_id != hat.wall.counterparty_id} | {hat}
        messages.success(request, _("You act as %(hat)s now.") % {"hat": hat})
    else:
        messages.success(request, _("You no longer act as %(hat)s.") % {"hat": hat})
    request.session[WORN] = sorted(one.wall_id for one in worn)
    request.session[WORN_BEFORE] = sorted({*request.session.get(WORN_BEFORE, ()), *request.session[WORN]})
    return back(request)


def hats(request: HttpRequest) -> HttpResponse | FileResponse:
    """Who is what to whom."""
    viewer = viewer_of(request)
    require(viewer, Permission.HAT_SEE)
    listing = Listing(
        request,
        hats_listed(viewer),
        filters=HatFilter,
        columns=HATS,
        order="counterparty_find",
        name=_("hats"),
        counted=_hats,
    )
    against = against_the_rules(viewer, on=localdate())
    return listing.answer(
        "core/list.html",
        title=_("Hats"),
        heading=_("Hats"),
        lead=_(
            "Who is what to whom. A hat opens what stands behind its wall to the person who wears it, and to nobody "
            "else."
        ),
        make=(_("Give a hat"), reverse("core:hat-new")) if viewer.may(Permission.HAT_CHANGE) else None,
        ways=[
            (_("Which hats go together"), reverse("core:hat-rules")),
            (_("Counterparties"), reverse("core:counterparties")),
        ],
        parts=[render_to_string("core/hats/_against.html", {"against": against})] if against else [],
    )


def give(request: HttpRequest) -> HttpResponse:
    """Give somebody a hat."""
    viewer, today = viewer_of(request), localdate()
    require(viewer, Permission.HAT_CHANGE)
    first = {"since": today, "counterparty": request.GET.get("counterparty")}
    form = GiveHat(request.POST or None, viewer=viewer, initial=first)

    def do(answers: dict[str, Any]) -> str:
        hat = give_hat(by=viewer, at=timezone.now(), **answers)
        return _("%(person)s is %(hat)s.") % {"person": hat.person, "hat": hat}

    lead = _("A hat decides what somebody may see: what is behind its wall, and nothing behind others.")
    trail = [(_("Hats"), reverse("core:hats"))]
    title, verb = _("Give a hat"), _("Give the hat")
    return ask(request, form, do=do, title=title, lead=lead, verb=verb, back=reverse("core:hats"), trail=trail)


def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a hat away."""
    viewer = viewer_of(request)
    found = get_object_or_404(hats_listed(viewer), pk=pk)
    require(viewer, Permission.HAT_CHANGE)
    words = {"person": found.person, "hat": found}
    seen([found.person_id], What.PAGE)

    def do(_answers: dict[str, Any]) -> str:
        take_hat(by=viewer, hat=found, at=timezone.now())
        return _("%(person)s is no longer %(hat)s.") % words

    title = _("End that %(person)s is %(hat)s?") % words
    lead = _("It ends at once, also where it is worn now. What was done in it stays, behind its wall.")
    form = Form(request.POST if request.method == "POST" else None)
    trail, url = [(_("Hats"), reverse("core:hats"))], _counterparty_url(found.wall.counterparty)
    return ask(request, form, do=do, title=title, lead=lead, verb=_("End it"), back=url, trail=trail, danger=True)


def ruled(request: HttpRequest) -> HttpResponse:
    """Which hats go together: a table of pairs, and how far apart each is kept."""
    viewer = viewer_of(request)
    require(viewer, Permission.HAT_SEE)
    may, now = viewer.may(Permission.HAT_CHANGE), rules()
    form = HatRules(request.POST if request.method == "POST" else None, rules=now)
    if request.method == "POST":
        require(viewer, Permission.HAT_CHANGE)
        if form.is_valid():
            changed = set_rules(by=viewer, wanted=form.wanted())
            messages.success(
                request, ngettext("%(count)s pair changed.", "%(count)s pairs changed.", changed) % {"count": changed}
            )
            return redirect("core:hat-rules")
    rows = [(HatKind(one).label, HatKind(other).label, form[f"{one}_{other}"], now[one, other]) for one, other in PAIRS]
    about = Event.objects.all().about(viewer.sector).filter(kind__in=("hats.ruled", "openings.limited"))
    words = {
        "form": form,
        "rows": rows,
        "may": may,
        "columns": _columns(),
        "trail": [(_("Hats"), reverse("core:hats"))],
        "hours": viewer.sector.opening_hours,
        "history": told(about) if viewer.may(Permission.HISTORY_SEE) else None,
    }
    return render(request, "core/hats/rules.html", words, status=422 if form.errors else 200)


def counterparties(request: HttpRequest) -> HttpResponse | FileResponse:
    """The organisations outside towards which the office is something."""
    viewer = viewer_of(request)
    listing = Listing(
        request,
        Counterparty.objects.all().visible_to(viewer),
        filters=CounterpartyFilter,
        columns=COUNTERPARTIES,
        order="find",
        name=_("counterparties"),
        counted=_counterparties,
    )
    return listing.answer(
        "core/list.html",
        title=_("Counterparties"),
        heading=_("Counterparties"),
        lead=_(
            "Organisations outside towards which the office is something: customer, client, inspector, funder, partner."
        ),
        make=(_("Name a counterparty"), reverse("core:counterparty-new"))
        if viewer.may(Permission.HAT_CHANGE)
        else None,
    )


def counterparty(request: HttpRequest, pk: int) -> HttpResponse:
    """One counterparty: who is what to it, as far as the viewer may see, and what happened."""
    viewer = viewer_of(request)
    found = get_object_or_404(Counterparty.objects.all().visible_to(viewer), pk=pk)
    rows = shown(hats_towards(viewer, found, on=localdate()))
    openings = Opening.objects.all().visible_to(viewer).filter(counterparty=found).select_related("person")
    words: dict[str, Any] = {
        "counterparty": found,
        "rows": rows,
        "columns": [(words, "", "", False) for words in (_("Person"), _("Hat"), _("Since"), _("Until"), _("Do"))],
        "openings": shown(openings[:20]),
        "sees": viewer.may(Permission.HAT_SEE),
        "may": viewer.may(Permission.HAT_CHANGE),
        "panels": panels_for(viewer, found),
        "trail": [(_("Counterparties"), reverse("core:counterparties"))],
    }
    words["history"] = history_of(viewer, found, None)
    return render(request, "core/hats/counterparty.html", words)


def new_counterparty(request: HttpRequest) -> HttpResponse:
    """Name an organisation outside."""
    viewer = viewer_of(request)
    require(viewer, Permission.HAT_CHANGE)
    form = NewCounterparty(request.POST or None)

    def do(answers: dict[str, Any]) -> str:
        return _("%(counterparty)s is named.") % {"counterparty": add_counterparty(by=viewer, **answers)}

    url = reverse("core:counterparties")
    lead = _("An organisation towards which your office is something: its customer, its inspector.")
    title, trail = _("Name a counterparty"), [(_("Counterparties"), url)]
    return ask(request, form, do=do, title=title, lead=lead, verb=_("Name it"), back=url, trail=trail)


def _columns() -> list[tuple[str, str, str, bool]]:
    return [(words, "", "", False) for words in (_("One hat"), _("The other"), _("How far apart"))]


def _hats(count: int) -> str:
    return ngettext("%(count)s hat", "%(count)s hats", count) % {"count": amounts.number(count)}


def _counterparties(count: int) -> str:
    words = ngettext("%(count)s counterparty", "%(count)s counterparties", count)
    return words % {"count": amounts.number(count)}
