"""The portfolio in the navigation, the search and the history, its panel on others' pages, and its daily work."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vested.core import jobs
from vested.core.links import Kind
from vested.core.links import end as end_links
from vested.core.links import register as register_link
from vested.core.models import Counterparty
from vested.core.navigation import Entry, Station, register
from vested.core.panels import Panel
from vested.core.panels import register as show
from vested.core.permissions import Permission
from vested.core.search import Hit, Source
from vested.core.search import register as let_find
from vested.core.timeline import register as tell
from vested.core.viewer import Viewer
from vested.direction.models import Duty
from vested.direction.queries import subjects
from vested.portfolio import panels, readers
from vested.portfolio.actions import note_differences, remind, reopen_gates
from vested.portfolio.models import Block, Initiative
from vested.skills.models import Source as Known


def _everybody(_viewer: Viewer) -> bool:
    return True


def _initiatives(viewer: Viewer, words: str, limit: int) -> list[Hit]:
    rows = Initiative.objects.all().visible_to(viewer).finding(words).select_related("source")
    return [
        Hit(str(row), reverse("portfolio:initiative", args=[row.pk]), str(row.get_stage_display()))
        for row in rows.order_by("source__find", "pk")[:limit]
    ]


def _systems(viewer: Viewer, words: str, limit: int) -> list[Hit]:
    rows = Block.objects.all().visible_to(viewer).finding(words).select_related("unit").order_by("find", "pk")
    return [
        Hit(str(row), reverse("portfolio:system", args=[row.pk]), str(row.unit or row.code)) for row in rows[:limit]
    ]


register(Entry(Station.DO, _("Initiatives"), "portfolio:initiatives", _everybody, _("How each stands, really")))
register(Entry(Station.DO, _("Differences"), "portfolio:differences", _everybody, _("Claimed otherwise than computed")))
register(Entry(Station.DO, _("Explore and exploit"), "portfolio:shares", _everybody, _("How much tries something new")))
register(Entry(Station.DO, _("People and money"), "portfolio:supply", _everybody, _("What there is for initiatives")))
register(Entry(Station.DO, _("Days to come"), "portfolio:calendar", _everybody, _("Contracts, waivers, reviews")))
register(Entry(Station.DO, _("Systems"), "portfolio:systems", _everybody, _("What is in use, and what it answers")))
let_find(Source(_("Portfolio"), _initiatives, "portfolio:initiatives"))
let_find(Source(_("Systems"), _systems, "portfolio:systems"))
show(Panel(Known, "portfolio/panels/source.html", panels.source))
show(Panel(Initiative, "portfolio/panels/systems.html", panels.systems))
show(Panel(Counterparty, "portfolio/panels/supplier.html", panels.supplier))
subjects.register(subjects.Subject(Initiative, "portfolio:initiative"))
subjects.register(subjects.Subject(Block, "portfolio:system"))
register_link(
    Kind(
        name="fulfils",
        source=Block,
        target=Duty,
        there=_("Duties it answers"),
        back=_("Systems that answer it"),
        ask=_("Which system?"),
        verb=_("Name a system"),
        source_page="portfolio:system",
        target_page="direction:duty",
        add_page="portfolio:duty-system",
        permission=Permission.DIRECTION_CHANGE,
    )
)
end_links(Block, lambda: Block.objects.exclude(ended_on=None))
end_links(Known, lambda: Known.objects.filter(initiative__outcome=Initiative.Outcome.STOPPED))
jobs.daily("portfolio.gates", lambda by, at: reopen_gates(by=by, at=at))
jobs.daily("portfolio.reminders", lambda by, at: remind(by=by, at=at))
jobs.daily("portfolio.differences", lambda by, at: note_differences(by=by, at=at))

for kind, words in {
    "initiative.opened": _("Opened for %(unit)s, owned by %(owner)s, to serve %(objective)s"),
    "initiative.changed": _("Changed; owned by %(owner)s, before by %(old_owner)s"),
    "initiative.waits": _("Waits for %(needs)s"),
    "initiative.closed": _("Closed on %(on)s as %(outcome)s: %(why)s"),
    "register.asked_for": _("Asked to bring in the published register %(source)s"),
    "register.brought_in": _("Brought in the published register %(source)s: %(initiatives)s initiatives opened"),
    "register.taken_back": _(
        "Took the published register %(source)s back: %(initiatives)s initiatives closed. %(why)s"
    ),
    "initiative.published": _("Brought in from the published register %(source)s"),
    "mode.said": _("Said how: %(mode)s, %(quarters)s quarters, for %(cost)s"),
    "mode.chosen": _("Chosen: %(mode)s, from %(until)s"),
    "gate.judged": _("Judged “%(check)s”: %(words)s"),
    "gate.waived": _("Waived “%(check)s” until %(until)s: %(reason)s"),
    "gate.passed": _("Passed the gate: %(gate)s. %(words)s"),
    "gate.reopened": _("A gate is open again: %(checks)s"),
    "baseline.frozen": _("Baseline %(number)s frozen at %(cost)s until %(until)s, before %(old_cost)s: %(why)s"),
    "spending.noted": _("%(amount)s noted as spent in the quarter from %(on)s (%(source)s)"),
    "status.claimed": _("Claimed: cost %(cost)s, schedule %(schedule)s, benefit %(economic)s and %(other)s. %(words)s"),
    "differences.seen": _("Stands otherwise than claimed: %(sides)s"),
    "difference.closed": _("Difference closed (%(side)s): %(why)s"),
    "benefit.added": _("Benefit named: %(words)s, %(amount)s a year, to be reviewed on %(until)s"),
    "benefit.reviewed": _("Found of “%(benefit)s”: %(found)s. %(words)s"),
    "demand.added": _("Needs %(people)s at level %(level)s of “%(skill)s” in %(unit)s by the end of period %(period)s"),
    "demand.changed": _(
        "Needs %(people)s at level %(level)s of “%(skill)s” in %(unit)s by the end of period %(period)s, before "
        "%(old_people)s at level %(old_level)s of “%(old_skill)s” in %(old_unit)s by the end of period %(old_period)s"
    ),
    "demand.removed": _(
        "Does not need %(old_people)s at level %(old_level)s of “%(old_skill)s” in %(old_unit)s any more"
    ),
    "increment.shown": _("Shown to %(to_whom)s: %(shown)s. Decided: %(decided)s"),
    "block.named": _("Registered, answered for by %(owner)s"),
    "block.changed": _("Changed; answered for by %(owner)s, to be ended on %(until)s; before %(old_until)s"),
    "block.moved": _("Moved from %(old_unit)s to %(unit)s"),
    "block.ended": _("Ended on %(on)s: %(why)s"),
    "roadmap.taken_up": _("A roadmap was taken up: %(chosen)s got their start, %(frozen)s were frozen: %(why)s"),
    "pool.offered": _("People there are: %(people)s"),
    "portfolio.money": _("Money for initiatives: %(amounts)s"),
    "handover.said": _("Said what operation needs; owned there by %(operator)s"),
}.items():
    tell(kind, words, **readers.of(kind))
