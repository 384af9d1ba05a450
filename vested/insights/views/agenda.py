"""What waits for somebody, in words: what it is, why, by when, and where to go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core.amounts import number
from vested.core.permissions import Permission
from vested.core.viewer import Viewer
from vested.insights.queries.agenda import Matter, Waiting
from vested.insights.views.undertaken import UNDERTAKEN, Words

NEAR = 2  # days left that are marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the agenda, as ``c-waits`` shows it."""

    left: str
    until: str
    state: str
    title: str
    why: str
    verb: str
    href: str


def headline(waits: Sequence[Waiting]) -> str:
    """How many things need the reader, and how many of them are late."""
    if not waits:
        return _("Nothing needs you now.")
    late = sum(bool(one.late) for one in waits)
    words = [ngettext("%(count)s thing needs you.", "%(count)s things need you.", len(waits)) % {"count": len(waits)}]
    if late:
        words.append(ngettext("%(count)s is late.", "%(count)s are late.", late) % {"count": late})
    return " ".join(words)


def agenda(waits: Sequence[Waiting], viewer: Viewer, *, on: date) -> list[Line]:
    """The lines of an agenda."""
    return [_line(one, viewer, on) for one in waits]


def _line(one: Waiting, viewer: Viewer, on: date) -> Line:
    title, why, verb, href = _WORDS[one.matter](one, viewer)
    left, until, state = clock(one, on)
    return Line(left=left, until=until, state=state, title=title, why=why, verb=verb, href=href)


def clock(one: Waiting, on: date) -> tuple[str, str, str]:
    """How long is left or has passed, from or until which day, and whether that is late or near."""
    if one.due is None:
        days = (on - one.since).days if one.since else 0
        since = _("waits since %(day)s") % {"day": _day(one.since)} if one.since else ""
        return (_days(days), since, "") if days > 0 else (_("today"), "", "")
    left = (one.due - on).days
    if left < 0:
        return _days(-left), _("late since %(day)s") % {"day": _day(one.due)}, "bad"
    until = _("until %(day)s") % {"day": _day(one.due)}
    return _days(left) if left else _("today"), until, "now" if left <= NEAR else ""


def _days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": number(count)}


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _decide(one: Waiting, _viewer: Viewer) -> Words:
    return (
        _("Decide on “%(plan)s”") % {"plan": one.name},
        _("Somebody has proposed it. You may adopt it, or send it back and say why."),
        _("Decide"),
        reverse("plans:plan", args=[one.pk]),
    )


def _objections(one: Waiting, _viewer: Viewer) -> Words:
    title = ngettext("%(count)s objection waits for an answer", "%(count)s objections wait for an answer", one.count)
    return (
        title % {"count": number(one.count)},
        _("Somebody asks that a person looks again at what was proposed."),
        _("Answer"),
        f"{reverse('academy:objections')}?state=open",
    )


def _answers(one: Waiting, viewer: Viewer) -> Words:
    title = ngettext("%(count)s answer of your people is late", "%(count)s answers of your people are late", one.count)
    every = viewer.paths(Permission.ENROLMENT_CHANGE)
    return (
        title % {"count": number(one.count)},
        _("Each proposed course holds a seat until it is answered."),
        _("See whose"),
        f"{reverse('academy:enrolments')}?late=yes" if every else reverse("academy:team"),
    )


def _own(one: Waiting, _viewer: Viewer) -> Words:
    title = ngettext("%(count)s course waits for your answer", "%(count)s courses wait for your answer", one.count)
    return (
        title % {"count": number(one.count)},
        _("A plan proposes, you decide. Say yes, say no and why, or object: then a person looks again."),
        _("Answer"),
        reverse("academy:mine"),
    )


def _escalation(one: Waiting, _viewer: Viewer) -> Words:
    return (
        one.name,
        _("An escalation waits for your decision."),
        _("Decide"),
        reverse("direction:escalation", args=[one.pk]),
    )


def _obstacle(one: Waiting, _viewer: Viewer) -> Words:
    return (
        _("Obstacle: %(words)s") % {"words": one.name},
        _("You own it: remove it, or explain why it stays."),
        _("Answer"),
        reverse("direction:obstacle", args=[one.pk]),
    )


def _promise(one: Waiting, _viewer: Viewer) -> Words:
    return (
        one.name,
        _("You promised it. Keep it, or say what became of it."),
        _("Answer"),
        reverse("direction:commitment", args=[one.pk]),
    )


def _measures(one: Waiting, _viewer: Viewer) -> Words:
    many = _("Look again at %(count)s measures") % {"count": number(one.count)}
    return (
        _("Look again at “%(name)s”") % {"name": one.name} if one.pk else many,
        _("You own the objective. Without an observation nobody knows how it stands."),
        _("Note it"),
        reverse("direction:measure", args=[one.pk]) if one.pk else reverse("direction:objectives"),
    )


def _failed(one: Waiting, _viewer: Viewer) -> Words:
    return (
        _("“%(job)s” has failed") % {"job": one.name},
        _("See what happened, and start it once more."),
        _("See why"),
        reverse("core:job", args=[one.pk]),
    )


def _import(one: Waiting, _viewer: Viewer) -> Words:
    return (
        _("“%(files)s” is not brought in yet") % {"files": one.name},
        _("You have brought these files. Nothing changes until you bring them in, or drop them."),
        _("Go on"),
        reverse("core:import-one", args=[one.pk]),
    )


def _answered(one: Waiting, _viewer: Viewer) -> Words:
    title = ngettext(
        "%(count)s objection of yours is answered", "%(count)s objections of yours are answered", one.count
    )
    return (
        title % {"count": number(one.count)},
        _("A person has looked again, and says why."),
        _("Read"),
        reverse("core:inbox"),
    )


def _unread(one: Waiting, _viewer: Viewer) -> Words:
    title = ngettext("%(count)s notification waits for you", "%(count)s notifications wait for you", one.count)
    return (
        title % {"count": number(one.count)},
        _("What others did that concerns you."),
        _("Read"),
        reverse("core:inbox"),
    )


_WORDS: dict[Matter, Callable[[Waiting, Viewer], Words]] = {
    Matter.DECIDE: _decide,
    Matter.OBJECTIONS: _objections,
    Matter.ANSWERS: _answers,
    Matter.OWN: _own,
    Matter.ESCALATION: _escalation,
    Matter.OBSTACLE: _obstacle,
    Matter.PROMISE: _promise,
    Matter.MEASURES: _measures,
    **UNDERTAKEN,
    Matter.FAILED: _failed,
    Matter.IMPORT: _import,
    Matter.ANSWERED: _answered,
    Matter.UNREAD: _unread,
}
