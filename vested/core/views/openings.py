"""Looking behind walls for a while: asking, deciding, looking, ending, for how long, and what was looked at."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vested.core.actions.openings import answer_opening, ask_for_opening, end_opening, limit_openings
from vested.core.forms import AnswerOpening, AskForOpening, LimitOpenings
from vested.core.looks import What, one
from vested.core.models import Counterparty, Opening, OpeningLook
from vested.core.openings import LOOKING
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask as page

A_PAGE = 50


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to look behind the walls towards a counterparty."""
    viewer = viewer_of(request)
    towards = get_object_or_404(Counterparty.objects.all().visible_to(viewer), pk=pk)
    form = AskForOpening(request.POST or None, initial={"hours": 1})
    hint = _("At most %(hours)s. They begin when it is granted. Then it ends by itself.")
    form.fields["hours"].help_text = hint % {"hours": viewer.sector.opening_hours}

    def do(answers: dict[str, Any]) -> str:
        ask_for_opening(by=viewer, counterparty=towards, at=timezone.now(), **answers)
        return _("It is asked. Who may decide is told, and you are told the answer.")

    url = reverse("core:counterparty", args=[pk])
    title = _("Look behind the walls towards %(it)s") % {"it": towards}
    lead = _("Somebody else decides. Everybody in the sector reads that you asked, why, and what you looked at.")
    trail = [(_("Counterparties"), reverse("core:counterparties")), (str(towards), url)]
    return page(request, form, do=do, title=title, lead=lead, verb=_("Ask for it"), back=url, trail=trail)


def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """One opening: who asked, why, what was decided, until when, and each page looked at."""
    viewer, now = viewer_of(request), timezone.now()
    found = _found(viewer, pk)
    looks = Paginator(OpeningLook.objects.all().visible_to(viewer).filter(opening=found), A_PAGE)
    own = viewer.person is not None and viewer.person.pk == found.person_id
    decides = viewer.may(Permission.WALL_OPEN) and not own
    words: dict[str, Any] = {
        "opening": found,
        "facts": _facts(found),
        "open": found.is_open(now),
        "own": own,
        "decides": decides and not found.answered_at,
        "ends": found.is_open(now) and (own or viewer.may(Permission.WALL_OPEN)),
        "looking": bool(viewer.opened) and request.session.get(LOOKING) == found.pk,
        "page": looks.get_page(request.GET.get("page")),
        "columns": [(_("When"), "", "", False), (_("What"), "", "", False)],
        "trail": _trail(found),
    }
    return render(request, "core/hats/opening.html", words)


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody look, or refuse."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    require(viewer, Permission.WALL_OPEN)
    form = AnswerOpening(request.POST or None)

    def do(answers: dict[str, Any]) -> str:
        answer_opening(by=viewer, opening=found, at=timezone.now(), **answers)
        return _("It is decided, and %(person)s is told.") % {"person": found.person}

    told = {"person": found.person, "it": found.counterparty}
    title, back = _("May %(person)s look behind the walls towards %(it)s?") % told, _url(found)
    return page(request, form, do=do, title=title, lead=found.why, verb=_("Decide"), back=back, trail=_trail(found))


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the walls before their time."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    if viewer.person is None or viewer.person.pk != found.person_id:
        require(viewer, Permission.WALL_OPEN)

    def do(_answers: dict[str, Any]) -> str:
        end_opening(by=viewer, opening=found, at=timezone.now())
        return _("The walls are closed.")

    form = Form(request.POST if request.method == "POST" else None)
    title, lead = _("Close the walls now?"), _("What was looked at stays on the page of the opening.")
    words: dict[str, Any] = {"verb": _("Close them"), "back": _url(found), "trail": _trail(found), "danger": True}
    return page(request, form, do=do, title=title, lead=lead, **words)


def limit(request: HttpRequest) -> HttpResponse:
    """Say for how long at most walls are opened."""
    viewer = viewer_of(request)
    require(viewer, Permission.HAT_CHANGE)
    form = LimitOpenings(request.POST or None, initial={"hours": viewer.sector.opening_hours})

    def do(answers: dict[str, Any]) -> str:
        limit_openings(by=viewer, **answers)
        return _("It is said for how long walls are opened.")

    title, url = _("How long may somebody look behind walls?"), reverse("core:hat-rules")
    lead = _("Each time, somebody asks with a reason and a second person agrees. Then it ends by itself.")
    trail = [(_("Hats"), reverse("core:hats")), (_("Which hats go together"), url)]
    return page(request, form, do=do, title=title, lead=lead, verb=_("Say it"), back=url, trail=trail)


@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Look through an opening of one's own from now on, in this session; or no longer."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    if viewer.person is None or viewer.person.pk != found.person_id or not found.is_open(timezone.now()):
        raise Http404
    if "stop" in request.POST:
        request.session.pop(LOOKING, None)
        messages.success(request, _("You no longer look behind these walls."))
    else:
        request.session[LOOKING] = found.pk
        messages.warning(request, _("You look behind the walls now. Each page you open is kept."))
    return redirect(_url(found))


def _facts(one: Opening) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Who"), one.person),
        (_("Asked"), _moment(one.asked_at)),
        (_("Hours"), one.hours),
    ]
    if one.answered_at:
        facts.append((_("Decided"), _moment(one.answered_at)))
        facts.append((_("By whom"), one.answered_by or _("the office")))
    if one.until:
        facts.append((_("Until"), _moment(one.ended_at or one.until)))
    return facts


def _moment(at: Any) -> str:  # noqa: ANN401 - a moment there is
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")


def _found(viewer: Viewer, pk: int) -> Opening:
    rows = Opening.objects.all().visible_to(viewer).select_related("person", "counterparty", "answered_by")
    return one(get_object_or_404(rows, pk=pk), What.PAGE)


def _url(found: Opening) -> str:
    return reverse("core:opening", args=[found.pk])


def _trail(one: Opening) -> list[tuple[str, str]]:
    url = reverse("core:counterparty", args=[one.counterparty_id])
    return [(_("Counterparties"), reverse("core:counterparties")), (str(one.counterparty), url)]
