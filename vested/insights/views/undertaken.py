"""What waits of the portfolio, in words: what it is, why, and where to go."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from vested.core.amounts import number
from vested.core.viewer import Viewer
from vested.insights.queries.agenda import Matter, Waiting

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Words = tuple[str, str, str, str]


class Said(NamedTuple):
    """How a matter is said: of several, of one by its name, why, what to do; and the pages of several and of one."""

    several: "StrOrPromise"
    one: "StrOrPromise"  # empty: it is not said of one by its name
    why: "StrOrPromise"
    verb: "StrOrPromise"
    pages: str
    page: str
    asked: str = ""  # of the page of several; {me} is who reads


SAID = {
    Matter.JUDGE: Said(
        ngettext_lazy("%(count)s gate asks you", "%(count)s gates ask you", "n"),
        _("A gate asks you: %(initiative)s"),
        _("Judge what it asks of your role. Until then, nothing passes it."),
        _("Judge it"),
        "portfolio:initiatives", "portfolio:gate", "?now=asked",
    ),
    Matter.DIFFERENCES: Said(
        ngettext_lazy("%(count)s difference is open", "%(count)s differences are open", "n"),
        "",
        _("What is claimed is not what is computed. Close each with a reason, or let it be claimed anew."),
        _("See which"),
        "portfolio:differences", "", "?state=open",
    ),
    Matter.REOPENED: Said(
        ngettext_lazy("%(count)s of your gates is open again", "%(count)s of your gates are open again", "n"),
        _("A gate is open again: %(initiative)s"),
        _("A waiver has run out. Meet what it asks, or ask that it may wait longer."),
        _("See why"),
        "portfolio:initiatives", "portfolio:gate", "?now=reopened",
    ),
    Matter.WAIVERS: Said(
        ngettext_lazy("%(count)s waiver of yours runs out", "%(count)s waivers of yours run out", "n"),
        _("A waiver runs out: %(initiative)s"),
        _("After its day the gate is open again by itself."),
        _("See what is missing"),
        "portfolio:calendar", "portfolio:gate",
    ),
    Matter.INCREMENTS: Said(
        ngettext_lazy("Show something of %(count)s initiative", "Show something of %(count)s initiatives", "n"),
        _("Show something of “%(initiative)s”"),
        _("Something that works, to those who will use it, as often as the office has said."),
        _("Note it"),
        "portfolio:initiatives", "portfolio:delivery", "?stage=delivery",
    ),
    Matter.BENEFITS: Said(
        ngettext_lazy("Look what came of %(count)s benefit", "Look what came of %(count)s benefits", "n"),
        _("Look what came of “%(benefit)s”"),
        _("You answer for it. If it is less than was promised, that is worth knowing."),
        _("Review it"),
        "portfolio:calendar", "portfolio:benefit-review",
    ),
    Matter.CONTRACTS: Said(
        ngettext_lazy("Decide on %(count)s contract", "Decide on %(count)s contracts", "n"),
        _("What follows “%(contract)s”?"),
        _("Renew it, replace it, or let it end."),
        _("Decide"),
        "portfolio:calendar", "portfolio:contract-decide",
    ),
    Matter.SYSTEMS: Said(
        ngettext_lazy("%(count)s system is to be ended", "%(count)s systems are to be ended", "n"),
        _("“%(system)s” is to be ended"),
        _("You answer for it. Say that it has ended, or until when it stays."),
        _("See it"),
        "portfolio:systems", "portfolio:system", "?owner={me}",
    ),
}  # fmt: skip


def _words(said: Said, one: Waiting, viewer: Viewer) -> Words:
    if one.pk and said.one:
        title = said.one % dict.fromkeys(("initiative", "benefit", "contract", "system"), one.name)
        href = reverse(said.page, args=[one.pk])
    else:
        title = said.several % {"n": one.count, "count": number(one.count)}
        href = reverse(said.pages) + said.asked.format(me=quote(str(viewer.person or "")))
    return str(title), str(said.why), str(said.verb), href


UNDERTAKEN: dict[Matter, Callable[[Waiting, Viewer], Words]] = {
    matter: partial(_words, said) for matter, said in SAID.items()
}
