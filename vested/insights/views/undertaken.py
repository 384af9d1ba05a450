"""What waits of the portfolio, in words: what it is, why, and where to go."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vested.core.amounts import number
from vested.core.viewer import Viewer
from vested.insights.queries.agenda import Matter, Waiting

Words = tuple[str, str, str, str]


def _judge(one: Waiting, _viewer: Viewer) -> Words:
    title = ngettext("%(count)s gate asks you", "%(count)s gates ask you", one.count) % {"count": number(one.count)}
    return (
        _("A gate asks you: %(initiative)s") % {"initiative": one.name} if one.pk else title,
        _("Judge what it asks of your role. Until then, nothing passes it."),
        _("Judge it"),
        reverse("portfolio:gate", args=[one.pk]) if one.pk else _initiatives("now=asked"),
    )


def _differences(one: Waiting, _viewer: Viewer) -> Words:
    title = ngettext("%(count)s difference is open", "%(count)s differences are open", one.count)
    return (
        title % {"count": number(one.count)},
        _("What is claimed is not what is computed. Close each with a reason, or let it be claimed anew."),
        _("See which"),
        f"{reverse('portfolio:differences')}?state=open",
    )


def _reopened(one: Waiting, _viewer: Viewer) -> Words:
    title = ngettext("%(count)s of your gates is open again", "%(count)s of your gates are open again", one.count)
    return (
        _("A gate is open again: %(initiative)s") % {"initiative": one.name}
        if one.pk
        else title % {"count": number(one.count)},
        _("A waiver has run out. Meet what it asks, or ask that it may wait longer."),
        _("See why"),
        reverse("portfolio:gate", args=[one.pk]) if one.pk else _initiatives("now=reopened"),
    )


def _waivers(one: Waiting, _viewer: Viewer) -> Words:
    title = ngettext("%(count)s waiver of yours runs out", "%(count)s waivers of yours run out", one.count)
    return (
        _("A waiver runs out: %(initiative)s") % {"initiative": one.name}
        if one.pk
        else title % {"count": number(one.count)},
        _("After its day the gate is open again by itself."),
        _("See what is missing"),
        reverse("portfolio:gate", args=[one.pk]) if one.pk else reverse("portfolio:calendar"),
    )


def _increments(one: Waiting, _viewer: Viewer) -> Words:
    title = ngettext("Show something of %(count)s initiative", "Show something of %(count)s initiatives", one.count)
    return (
        _("Show something of “%(initiative)s”") % {"initiative": one.name}
        if one.pk
        else title % {"count": number(one.count)},
        _("Something that works, to those who will use it, as often as the office has said."),
        _("Note it"),
        reverse("portfolio:delivery", args=[one.pk]) if one.pk else _initiatives("stage=delivery"),
    )


def _benefits(one: Waiting, _viewer: Viewer) -> Words:
    title = ngettext("Look what came of %(count)s benefit", "Look what came of %(count)s benefits", one.count)
    return (
        _("Look what came of “%(benefit)s”") % {"benefit": one.name}
        if one.pk
        else title % {"count": number(one.count)},
        _("You answer for it. If it is less than was promised, that is worth knowing."),
        _("Review it"),
        reverse("portfolio:benefit-review", args=[one.pk]) if one.pk else reverse("portfolio:calendar"),
    )


def _contracts(one: Waiting, _viewer: Viewer) -> Words:
    title = ngettext("Decide on %(count)s contract", "Decide on %(count)s contracts", one.count)
    return (
        _("What follows “%(contract)s”?") % {"contract": one.name} if one.pk else title % {"count": number(one.count)},
        _("Renew it, replace it, or let it end."),
        _("Decide"),
        reverse("portfolio:contract-decide", args=[one.pk]) if one.pk else reverse("portfolio:calendar"),
    )


def _systems(one: Waiting, viewer: Viewer) -> Words:
    title = ngettext("%(count)s system is to be ended", "%(count)s systems are to be ended", one.count)
    return (
        _("“%(system)s” is to be ended") % {"system": one.name} if one.pk else title % {"count": number(one.count)},
        _("You answer for it. Say that it has ended, or until when it stays."),
        _("See it"),
        reverse("portfolio:system", args=[one.pk])
        if one.pk
        else f"{reverse('portfolio:systems')}?{urlencode({'owner': viewer.person or ''})}",
    )


def _initiatives(asked: str) -> str:
    return f"{reverse('portfolio:initiatives')}?{asked}"


UNDERTAKEN: dict[Matter, Callable[[Waiting, Viewer], Words]] = {
    Matter.JUDGE: _judge,
    Matter.DIFFERENCES: _differences,
    Matter.REOPENED: _reopened,
    Matter.WAIVERS: _waivers,
    Matter.INCREMENTS: _increments,
    Matter.BENEFITS: _benefits,
    Matter.CONTRACTS: _contracts,
    Matter.SYSTEMS: _systems,
}
