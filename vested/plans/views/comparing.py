"""Two plans side by side: what moves from one to the other, who gains and who loses, and whether that is proven."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vested.core import charts
from vested.core.amounts import money, number, people, percent
from vested.core.downloads import figures as as_csv
from vested.core.looks import What, shown
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer, viewer_of
from vested.plans.models import Plan
from vested.plans.queries.compared import Moved
from vested.plans.queries.comparing import Beside, beside, moved_counts, named, plan_there, plans_ready
from vested.plans.queries.dearest import dearest
from vested.plans.report.words import levels, percent_up, points, signed
from vested.plans.views.asked import differences
from vested.plans.views.comparing_roadmaps import both_start, risks, starts_moved, worth, worth_proven, worth_said
from vested.plans.views.curve import dear_said, few_said, moved_said
from vested.plans.views.scenarios import trail
from vested.plans.views.told import missing

ALIKE = 1e-6  # shortfalls that differ by less, relatively, are the same
NAMED = 10  # people, at most, of those who lose and of those who gain
SHOWN = 12  # rows of a table before the rest is folded
DEAREST = 5


def compare(request: HttpRequest) -> HttpResponse | FileResponse:
    """Two plans, chosen from lists, and what moves from the one to the other."""
    viewer = viewer_of(request)
    require(viewer, Permission.PLAN_SEE)
    one, other = (plan_there(viewer, request.GET.get(name, "")) for name in ("one", "other"))
    words: dict[str, Any] = {"trail": trail(), "one": one, "other": other, **_chosen(viewer, one, other)}
    if one and other and one.ready and other.ready:
        found = beside(viewer, one, other)
        if request.GET.get("format") == "csv":
            return as_csv(_("two plans"), _rows(found, viewer))
        words |= _shown(found, viewer)
    return render(request, "plans/compare.html", words)


def _chosen(viewer: Viewer, one: Plan | None, other: Plan | None) -> dict[str, Any]:
    """The plans to choose from, with those that are chosen."""
    there = plans_ready(viewer)
    options = [(str(plan.pk), str(plan)) for plan in there]
    return {
        "there": len(there),
        "ones": [(pk, words, one is not None and pk == str(one.pk)) for pk, words in options],
        "others": [(pk, words, other is not None and pk == str(other.pk)) for pk, words in options],
        "waits": [plan for plan in (one, other) if plan and not plan.ready],
    }


def _shown(found: Beside, viewer: Viewer) -> dict[str, Any]:
    """All the page says of two plans."""
    one, other, moved = found.one, found.other, found.compared.people
    counts = moved_counts(viewer, moved)
    losers, gainers = (named(viewer, rows, most=NAMED) for rows in (moved.losers, moved.gainers))
    shown((who for who, _by in (*losers, *gainers)), What.PLAN)
    poorer = one if one.figures["cost"] < other.figures["cost"] else other
    exact = _("only who may see people sees a difference of fewer than five")
    return {
        "lead": " ".join(filter(None, (_lead(found, viewer), worth_said(one.figures, other.figures)))),
        "proof": proof(found),
        "worth": worth_proven(one.figures, other.figures),
        "main": _main(found, viewer),
        "settings": differences(viewer, one.settings, other.settings),
        "moved": moved_said(moved, viewer),
        "same": _("%(same)s places are the same in both; %(gone)s are only in the first, %(new)s only in the second.")
        % {name: few_said(counts[name]) for name in ("same", "gone", "new")},
        "losers": [(person, levels(-by)) for person, by in losers],
        "gainers": [(person, levels(by)) for person, by in gainers],
        "names": bool(viewer.paths(Permission.PEOPLE_SEE)),
        "parts": [
            _part("units", _("Units"), _("Share of its own gap that closes"), found.compared.units, share=True),
            _part(
                "families", _("Job families"), _("Share of their gap that closes"), found.compared.families, share=True
            ),
            _part("skills", _("Skills"), _("Weighted levels closed"), found.compared.skills, share=False),
            _part(
                "needs",
                _("Initiatives"),
                _("People who will have the level in time"),
                found.needs,
                share=False,
                hidden=exact,
            ),
        ],
        "starts": starts_moved(found),
        "poorer": poorer,
        "dearest": [dear_said(row, viewer.sector.currency) for row in dearest(poorer, most=DEAREST)],
        "certificates": [(plan, missing(plan.figures["missing"])) for plan in (one, other)],
        "csv": f"{reverse('plans:compare')}?one={one.pk}&other={other.pk}&format=csv",
    }


def _lead(found: Beside, viewer: Viewer) -> str:
    """What the second costs more or less, and what it closes more or less."""
    one, other = found.one.figures, found.other.figures
    cost, share = other["cost"] - one["cost"], _share(other) - _share(one)
    amount, size = money(abs(cost), viewer.sector.currency), number(abs(100 * share), 1)
    if abs(share) < 0.0005 and abs(cost) < 1:
        return _("Both close as much of the weighted gap, and cost the same.")
    if cost < 0:
        said = _("The second costs %(amount)s less") % {"amount": amount}
    elif cost > 0:
        said = _("The second costs %(amount)s more") % {"amount": amount}
    else:
        said = _("Both cost the same")
    if abs(share) < 0.0005:
        return _("%(cost)s. It closes as much of the weighted gap.") % {"cost": said}
    if share < 0:
        return _("%(cost)s. It closes %(points)s percentage points less of the weighted gap.") % {
            "cost": said,
            "points": size,
        }
    return _("%(cost)s. It closes %(points)s percentage points more of the weighted gap.") % {
        "cost": said,
        "points": size,
    }


def proof(found: Beside) -> str:
    """Whether the difference in what two plans are worth is larger than what is not proven."""
    first, second = found.certificates
    if found.counted_otherwise:
        return _(
            "The two count things differently, or other people, so what they are worth cannot be compared. Shares of"
            " gaps closed can be read side by side."
        )
    if first.given != second.given:
        words = {"one": number(first.given), "other": number(second.given)}
        return (
            _("They differ before worth counts: the first gives %(one)s compulsory courses, the second %(other)s.")
            % words
        )
    if abs(first.shortfall - second.shortfall) > ALIKE * max(1.0, first.shortfall):
        words = {"one": levels(first.shortfall), "other": levels(second.shortfall)}
        return (
            _(
                "They differ before worth counts: groups are short of their share by %(one)s levels in the first, by"
                " %(other)s in the second."
            )
            % words
        )
    low, high = sorted(found.certificates, key=lambda one: one.value)
    words = {"low": levels(low.value), "high": levels(high.value), "most": levels(low.ceiling)}
    if not low.bounded:
        return _("How good the weaker plan could be is not proven, so the difference is not proven either.")
    if high.value > low.ceiling:
        said = _(
            "The difference is proven: one plan is worth %(high)s, and no plan within the limits of the other, which is"
            " worth %(low)s, exceeds %(most)s."
        )
    else:
        said = _(
            "The difference is not proven: the weaker plan is worth %(low)s and could be worth up to %(most)s, the"
            " better is worth %(high)s. Give both more time to search."
        )
    return said % words


def _share(figures: dict[str, Any]) -> float:
    return figures["closed"] / figures["gap"] if figures["gap"] else 1.0


def _main(found: Beside, viewer: Viewer) -> list[tuple[str, str, str, str]]:
    """The main figures of both, and how much the second has more."""
    one, other, currency = found.one.figures, found.other.figures, viewer.sector.currency

    def counted(label: str, name: str) -> tuple[str, str, str, str]:
        return label, number(one[name]), number(other[name]), signed(other[name] - one[name])

    change = other["cost"] - one["cost"]
    return [
        (_("Weighted gap closed"), percent(_share(one)), percent(_share(other)), points(_share(other) - _share(one))),
        (
            _("Cost"),
            money(one["cost"], currency),
            money(other["cost"], currency),
            f"{'+' if change > 0 else '−' if change < 0 else ''}{money(abs(change), currency)}",
        ),
        counted(_("People who get a course"), "trained"),
        counted(_("Places"), "places"),
        counted(_("Compulsory courses given"), "given"),
        *([counted(_("Initiatives that start"), "starts"), worth(one, other)] if both_start(one, other) else []),
        *([risks(one, other)] if "risk" in one and "risk" in other else []),
        (_("From the best possible, at most"), _proven(one), _proven(other), ""),
    ]


def _proven(figures: dict[str, Any]) -> str:
    return _("not proven") if figures["missing"] is None else percent_up(figures["missing"])


def _part(key: str, title: str, what: str, rows: tuple[Moved, ...], *, share: bool, hidden: str = "") -> dict[str, Any]:
    """A table of what moves, with how much the second plan has more; rows that do not move are left out."""
    moving = [row for row in rows if row.hidden or abs(row.change) > (0.0005 if share else 0.05)]
    drawn = [_change(row, share=share) for row in moving]
    words = charts.Words(
        caption=f"{title}: {what}",
        label=title,
        value=_("Points more in the second") if share else _("More in the second"),
        hidden=hidden or _("fewer than five people"),
    )
    parts = (drawn[:SHOWN], drawn[SHOWN:])
    most = max((abs(row.value) for row in drawn if row.value is not None), default=0.0) or 1.0
    first, rest = (charts.changes(part, words=words, most=most) if part else None for part in parts)
    return {"key": key, "title": title, "first": first, "rest": rest, "still": len(rows) - len(moving)}


def _change(row: Moved, *, share: bool) -> charts.Change:
    if row.hidden:
        return charts.Change(label=row.name, value=None)
    whole = all(value is None or value == round(value) for value in (row.one, row.other))
    write: Callable[[float], str] = percent if share else number if whole else levels
    both = [_("none") if value is None else write(value) for value in (row.one, row.other)]
    value = 100 * row.change if share else row.change
    return charts.Change(
        label=row.name,
        value=value,
        shown=points(row.change) if share else signed(value, 0 if whole else 1),
        note=_("from %(one)s to %(other)s") % {"one": both[0], "other": both[1]},
    )


def _rows(found: Beside, viewer: Viewer) -> Iterator[tuple[object, ...]]:
    """All figures of the comparison, to take away."""
    yield _("Part"), _("What"), str(found.one), str(found.other), _("More in the second")
    for label, here, there, change in _main(found, viewer):
        yield _("Both plans"), label, here, there, change
    counts = moved_counts(viewer, found.compared.people)
    for label, count in (
        (_("Get other courses"), counts["moved"]),
        (_("Close less"), counts["lose"]),
        (_("Close more"), counts["gain"]),
    ):
        yield _("People"), label, "", "", few_said(None) if count is None else people(count)
    for title, rows in (
        (_("Units"), found.compared.units),
        (_("Job families"), found.compared.families),
        (_("Skills"), found.compared.skills),
        (_("Initiatives"), found.needs),
    ):
        for row in rows:
            cells = ("–", "–", "–") if row.hidden else (row.one, row.other, row.change)
            yield title, row.name, *cells
