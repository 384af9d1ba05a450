"""Which hats go together towards one counterparty, and questions about who wears which.

A sector says of each pair of kinds how far apart they are kept; of what it has not said, what stands here counts, which
is on the safe side: who supervises somebody is nothing else to them.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from vested.core.models import Counterparty, Hat, HatKind, Pairing, Person, Wall
from vested.core.models.people import PersonQuerySet
from vested.core.permissions import Permission
from vested.core.queries import who_may
from vested.core.viewer import Viewer

Rule = Pairing.Rule
Pair = tuple[str, str]

PAIRS: tuple[Pair, ...] = tuple(combinations(sorted(HatKind.values), 2))
USUAL: Mapping[Pair, Rule] = {
    pair: Rule.NEVER
    if HatKind.INSPECTOR in pair
    else Rule.ALLOWED
    if pair == (HatKind.CLIENT, HatKind.PARTNER)
    else Rule.APART
    for pair in PAIRS
}


def rules() -> dict[Pair, Rule]:
    """What counts for each pair of kinds in the asker's sector."""
    said = {(row.one, row.other): Rule(row.rule) for row in Pairing.objects.all()}
    return {**USUAL, **said}


def rule_of(one: str, other: str, said: Mapping[Pair, Rule]) -> Rule:
    """How far apart two kinds are kept; a kind and itself go together."""
    return said[min(one, other), max(one, other)] if one != other else Rule.ALLOWED


def clashing(wall: Wall, hats: Iterable[Hat], *, rules_: set[Rule], said: Mapping[Pair, Rule]) -> Hat | None:
    """The first of the hats, towards the same counterparty, that one of the rules keeps from the wall's."""
    for hat in hats:
        same = hat.wall.counterparty_id == wall.counterparty_id
        if same and rule_of(hat.wall.kind, wall.kind, said) in rules_:
            return hat
    return None


def may_wear(viewer: Viewer) -> PersonQuerySet:
    """People of the sector whom the viewer may give a hat: those they may see, and who gives hats themselves."""
    giving = who_may(Permission.HAT_CHANGE, on=timezone.localdate())
    seen = Person.objects.visible_to(viewer).values("pk")
    found: PersonQuerySet = Person.objects.filter(counterparty=None).filter(
        Q(pk__in=seen) | Q(pk__in=[person.pk for person in giving])
    )
    return found


def hats_listed(viewer: Viewer) -> QuerySet[Hat]:
    """The hats that exist for the viewer, each with its ``person``, ``counterparty`` and ``kind``."""
    rows = Hat.objects.all().visible_to(viewer).select_related("person", "wall__counterparty")
    return rows.annotate(
        kind=F("wall__kind"), person_find=F("person__find"), counterparty_find=F("wall__counterparty__find")
    )


def hats_towards(viewer: Viewer, counterparty: Counterparty, *, on: date) -> QuerySet[Hat]:
    """Who is something to a counterparty that day."""
    rows: QuerySet[Hat] = hats_listed(viewer).filter(wall__counterparty=counterparty)
    return rows.filter(Q(until=None) | Q(until__gte=on), since__lte=on).order_by("kind", "person_find", "pk")


def against_the_rules(viewer: Viewer, *, on: date) -> list[tuple[Hat, Hat]]:
    """Pairs of hats one person has that the rules keep from one person: given before the rule was."""
    said, found = rules(), []
    rows = Hat.objects.all().visible_to(viewer).not_over(on).select_related("person", "wall__counterparty")
    by_person: dict[tuple[int, int], list[Hat]] = {}
    for hat in rows.order_by("person__find", "pk"):
        by_person.setdefault((hat.person_id, hat.wall.counterparty_id), []).append(hat)
    for hats in by_person.values():
        found += [
            (one, other)
            for one, other in combinations(hats, 2)
            if rule_of(one.wall.kind, other.wall.kind, said) is Rule.NEVER
        ]
    return found


def fact(thing: object) -> list[tuple[str, str]]:
    """What a page says of a thing behind a wall: whose it is; nothing of others."""
    wall = getattr(thing, "wall", None)
    return [(_("Behind a wall"), _("Only the %(hat)s sees it") % {"hat": wall})] if wall else []
