"""Promises: the ledger, the page of one, how many were kept on time, and what can be done with one."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vested.core import amounts
from vested.core.downloads import figures
from vested.core.hats import fact
from vested.core.listing import Column, Listing
from vested.core.models import Unit
from vested.core.panels import panels_for
from vested.core.permissions import Permission, require
from vested.core.timeline import history_of
from vested.core.viewer import Viewer, viewer_of
from vested.core.views.asking import ask
from vested.core.views.parts import form_for, status
from vested.direction.actions import make_commitment, prove_commitment, reply_to_commitment, withdraw_commitment
from vested.direction.filters import CommitmentFilter
from vested.direction.forms.promises import MakeCommitment, ProveCommitment, Reply, Why
from vested.direction.models import Commitment
from vested.direction.queries.commitments import Share, State, commitments_listed, is_in_hand, kept, kept_by, replies_to

SHAPES: dict[str, str] = {
    State.OPEN: "next",
    State.LATE: "late",
    State.KEPT: "good",
    State.KEPT_LATE: "risk",
    State.BROKEN: "wrong",
    State.WITHDRAWN: "stopped",
}


def url_of(commitment: Commitment) -> str:
    """Where a promise is."""
    return reverse("direction:commitment", args=[commitment.pk])


def how(row: Any, on: date | None = None) -> tuple[str, str]:  # noqa: ANN401 - a promise with what its query adds
    """What became of a promise, today or on a day: a shape and words; of one that is late, since when."""
    days = ((on or localdate()) - row.due_on).days
    if row.state == State.LATE:
        return "late", ngettext("%(days)s day late", "%(days)s days late", days) % {"days": amounts.number(days)}
    return SHAPES[row.state], str(State(row.state).label)


COLUMNS = (
    Column(gettext_lazy("Promise"), "words", "find", link=url_of),
    Column(gettext_lazy("To whom"), "to_whom", "to_whom"),
    Column(gettext_lazy("Whose"), "person", "person__find"),
    Column(gettext_lazy("Unit"), lambda row: row.unit or row.sector, "unit__find"),
    Column(gettext_lazy("Due"), "due_on", "due_on"),
    Column(gettext_lazy("State"), lambda row: how(row)[1], "state", shown=lambda row: status(*how(row))),
)


def commitments(request: HttpRequest) -> HttpResponse | FileResponse:
    """The ledger: everything that was promised, and what became of it."""
    viewer, today = viewer_of(request), localdate()
    listing = Listing(
        request,
        commitments_listed(viewer, today),
        filters=CommitmentFilter,
        columns=COLUMNS,
        order="due_on",
        name=_("promises"),
        counted=lambda n: ngettext("%(count)s promise", "%(count)s promises", n) % {"count": amounts.number(n)},
    )
    found = kept(viewer, today)
    return listing.answer(
        "core/list.html",
        title=_("Promises"),
        heading=_heading(found),
        lead=_("Nothing vanishes from this list, and no words in it are changed. What became of each is computed."),
        make=(_("Make a promise"), reverse("direction:commitment-new")) if _may_somewhere(viewer) else None,
        ways=[
            (_("How many were kept, by unit and person"), reverse("direction:kept")),
            (_("What everybody may read"), reverse("direction:public")),
        ],
    )


def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """One promise: its words, its proof, what was said about it, and what happened."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    words: dict[str, Any] = {
        "commitment": found,
        "state": how(found),
        "facts": _facts(found),
        "trail": _trail(),
        "replies": replies_to(viewer, found),
        "may": is_in_hand(viewer, found),
        "open": found.kept_on is None and found.withdrawn_on is None,
        "in_time": found.due_on >= localdate(),
        "panels": panels_for(viewer, found),
        "history": history_of(viewer, found, found.unit),
    }
    return render(request, "direction/commitment.html", words)


def new(request: HttpRequest) -> HttpResponse:
    """Make a promise."""
    viewer = viewer_of(request)
    held = Unit.objects.all().where(viewer, Permission.DIRECTION_CHANGE).first()
    require(viewer, Permission.DIRECTION_CHANGE, on=held)

    def do(answers: dict[str, Any]) -> str:
        made = make_commitment(by=viewer, at=timezone.now(), **answers)
        return _("It is promised, by %(day)s.") % {"day": date_format(made.due_on)}

    back = reverse("direction:commitments")
    lead = _("Everybody in the sector reads it, and sees what became of it. You are reminded before it is due.")
    return ask(
        request, form_for(request, MakeCommitment), do=do, title=_("Make a promise"), lead=lead, verb=_("Promise it"),
        back=back, trail=_trail(),
    )  # fmt: skip


def prove(request: HttpRequest, pk: int) -> HttpResponse:
    """Show that a promise is kept."""
    viewer, found = _mine(request, pk)

    def do(answers: dict[str, Any]) -> str:
        prove_commitment(by=viewer, commitment=found, today=localdate(), **answers)
        return _("It is shown that the promise is kept.")

    lead = _("You said that this would show it: %(proof)s") % {"proof": found.proof_is}
    title = _("“%(it)s” is kept") % {"it": found}
    return ask(
        request, form_for(request, ProveCommitment), do=do, title=title, lead=lead, verb=_("Show it"), **_around(found)
    )


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a promise back."""
    viewer, found = _mine(request, pk)

    def do(answers: dict[str, Any]) -> str:
        withdraw_commitment(by=viewer, commitment=found, on=localdate(), **answers)
        return _("It is taken back, and everybody reads why.")

    in_time = _("It stays in the ledger as withdrawn, with your reason. Whom it was made to will read it.")
    too_late = _("It was due already, so taking it back now is breaking it. It stays in the ledger, with your reason.")
    lead = in_time if found.due_on >= localdate() else too_late
    title = _("Take “%(it)s” back?") % {"it": found}
    return ask(
        request, form_for(request, Why), do=do, title=title, lead=lead, verb=_("Take it back"), danger=True,
        **_around(found),
    )  # fmt: skip


def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a promise."""
    viewer, found = _mine(request, pk)

    def do(answers: dict[str, Any]) -> str:
        reply_to_commitment(by=viewer, commitment=found, on=localdate(), **answers)
        return _("It stands below the promise.")

    lead = _("The promise itself is not changed. If it is public, so is what you say.")
    title = _("Say something about “%(it)s”") % {"it": found}
    return ask(request, form_for(request, Reply), do=do, title=title, lead=lead, verb=_("Say it"), **_around(found))


def kept_shares(request: HttpRequest) -> HttpResponse | FileResponse:
    """How many promises each unit and each person kept on time; each row opens to its promises."""
    viewer, today = viewer_of(request), localdate()
    units, people = kept_by(viewer, today, "unit"), kept_by(viewer, today, "person")
    if request.GET.get("format") == "csv":
        return figures(_("promises kept on time"), _rows(units, people))
    ledger = reverse("direction:commitments")
    words = {
        "heading": _heading(kept(viewer, today)),
        "tables": [
            (_("By unit"), _("Unit"), [_line(one, f"{ledger}?below={one.pk or ''}&alone=without") for one in units]),
            (
                _("By person"),
                _("Whose"),
                [_line(one, reverse("direction:leader", args=[one.pk]) if one.pk else "") for one in people],
            ),
        ],
        "trail": _trail(),
    }
    return render(request, "direction/kept.html", words)


def _rows(units: list[Share], people: list[Share]) -> Iterator[tuple[object, ...]]:
    """The same as a table to take away."""
    yield (
        _("Unit"), _("Whose"), _("Have fallen due"), _("Kept on time"), _("Late"), _("Broken"), _("Withdrawn")
    )  # fmt: skip
    for of_units, rows in ((True, units), (False, people)):
        for one in rows:
            name = _name(one)
            names = (name, "") if of_units else ("", name)
            yield (*names, one.due, one.on_time, one.late, one.broken, one.withdrawn)


def _name(one: Share) -> str:
    return one.name or _("The whole sector")


def _line(one: Share, url: str) -> dict[str, Any]:
    share = _("nothing due yet")
    if one.due:
        share = _("%(kept)s of %(due)s") % {"kept": amounts.number(one.on_time), "due": amounts.number(one.due)}
    return {"name": _name(one), "url": url, "share": share, "one": one}


def _heading(found: Share) -> str:
    """How many were kept on time: the answer before the rows."""
    if not found.due:
        return _("No promise has fallen due yet")
    words = ngettext("%(kept)s of %(due)s promise kept on time", "%(kept)s of %(due)s promises kept on time", found.due)
    return words % {"kept": amounts.number(found.on_time), "due": amounts.number(found.due)}


def _who_reads(one: Commitment) -> str:
    if one.wall_id:
        return _("who wears its hat")
    return _("everybody, also outside") if one.public else _("everybody in the sector")


def _facts(one: Commitment) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Whose"), one.person or _("nobody")),
        (_("To whom"), one.to_whom),
        (_("Unit"), one.unit or one.sector),
        (_("Promised on"), date_format(one.made_on)),
        (_("Due"), date_format(one.due_on)),
        (_("Who reads it"), _who_reads(one)),
        *fact(one),
    ]
    if one.kept_on:
        facts.append((_("Kept on"), date_format(one.kept_on)))
    if one.withdrawn_on:
        facts.append((_("Taken back on"), date_format(one.withdrawn_on)))
    return facts


def _trail() -> list[tuple[str, str]]:
    return [(_("Promises"), reverse("direction:commitments"))]


def _around(one: Commitment) -> dict[str, Any]:
    return {"back": url_of(one), "trail": [*_trail(), (one.words[:60], url_of(one))]}


def _found(viewer: Viewer, pk: int) -> Any:  # noqa: ANN401 - a promise with what its query adds
    return get_object_or_404(commitments_listed(viewer, localdate()), pk=pk)


def _mine(request: HttpRequest, pk: int) -> tuple[Viewer, Any]:
    """The viewer, and a promise of the viewer's or of a unit the viewer leads; else there is no such page."""
    viewer = viewer_of(request)
    found = _found(viewer, pk)
    if not is_in_hand(viewer, found):
        raise Http404
    return viewer, found


def _may_somewhere(viewer: Viewer) -> bool:
    return bool(viewer.paths(Permission.DIRECTION_CHANGE))
