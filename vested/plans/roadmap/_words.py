"""Why an initiative is out, and what the repair round did, in words."""

from collections.abc import Iterator

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from vested.core import amounts
from vested.engines.roadmap import Row, Why
from vested.formats.sector_folder import Sector, Way
from vested.plans.roadmap._nouns import Late, Roadmap

MOST_CHANGES = 3
"""Changes a sentence names; roadmap.json has them all."""


def mode_word(way: Way) -> str:
    """Name a mode."""
    return {
        Way.REUSE: pgettext("mode", "reuse"),
        Way.PILOT: pgettext("mode", "pilot"),
        Way.ROLL_OUT: pgettext("mode", "roll-out"),
    }[way]


def title_of(sector: Sector, roadmap: Roadmap, initiative: int) -> str:
    """The title of one of the roadmap's initiatives."""
    return sector.initiatives[roadmap.index.initiatives[initiative]].title


def why_of(sector: Sector, roadmap: Roadmap, initiative: int) -> str:
    """Say why an initiative is out, and with which smallest change it would be in; empty where it is in."""
    why = roadmap.explanation
    if initiative in roadmap.starts:
        return ""
    for repair in roadmap.repairs:
        if repair.late.initiative == initiative and repair.now is None:
            return _("Its skills cannot be there in time: %(skills)s.") % {
                "skills": skills_missing(sector, repair.late)
            }
    x = int(np.flatnonzero(why.out == initiative)[0])
    match Why(int(why.why[x])):
        case Why.NEVER:
            return _("Even at its earliest, after what it waits for, none of its modes would be finished in time.")
        case Why.NEEDS:
            names = [title_of(sector, roadmap, int(q)) for q in why.waits[why.waits_of == x]]
            return _("It waits for what is not finished in time: %(names)s.") % {"names": ", ".join(names)}
        case Why.GROUP:
            rival = title_of(sector, roadmap, int(why.rival[x]))
            return _("Only one of its group may start, and that is %(name)s.") % {"name": rival}
        case Why.RISK:
            return _("With it, the risks would add up to more than the cap.")
        case Why.EXPLORE:
            return _("With it, the share of costs of what explores would leave its band.")
        case Why.WORTH:
            return _("It would fit, and adds nothing.")
        case Why.LIMITS:
            return _("Money or people are used. It would come in with %(changes)s: %(way)s.") % {
                "changes": _listed(list(_changes(sector, roadmap, x))),
                "way": way_in(sector, roadmap, x),
            }


def way_in(sector: Sector, roadmap: Roadmap, x: int) -> str:
    """How the ``x``-th of those that are out would come in with the smallest change, and what that costs."""
    why = roadmap.explanation
    return _("%(mode)s from quarter %(quarter)s, for %(price)s more") % {
        "mode": mode_word(sector.initiative_modes[int(why.way_mode[x])].mode),
        "quarter": int(why.way_start[x]) + 1,
        "price": amounts.money(float(why.way_price[x]), sector.settings.currency),
    }


def skills_missing(sector: Sector, late: Late) -> str:
    """Say how many people are missing at which level of which skill."""
    need = sector.initiative_skills[late.need]
    name = next(skill.name for skill in sector.skills if skill.skill_id == need.skill_id)
    words = {"missing": amounts.number(late.missing), "skill": name, "level": amounts.level(need.level)}
    return (
        ngettext(
            "%(missing)s person more is needed at level %(level)s of %(skill)s",
            "%(missing)s people more are needed at level %(level)s of %(skill)s",
            late.missing,
        )
        % words
    )


def repairs_told(sector: Sector, roadmap: Roadmap) -> Iterator[str]:
    """Say what was done so that skills are there in time, a sentence an initiative, and who is late all the same."""
    for repair in roadmap.repairs:
        words = {
            "title": title_of(sector, roadmap, repair.late.initiative),
            "was": repair.was + 1,
            "now": -1 if repair.now is None else repair.now + 1,
            "skills": skills_missing(sector, repair.late),
        }
        if repair.now is None:
            yield _("%(title)s was taken out, since its skills cannot be there in time: %(skills)s.") % words
        else:
            yield (
                _("%(title)s starts in quarter %(now)s instead of %(was)s, so that its skills are there: %(skills)s.")
                % words
            )
    for late in roadmap.late:
        words = {
            "title": title_of(sector, roadmap, late.initiative),
            "quarter": roadmap.starts[late.initiative] + 1,
            "skills": skills_missing(sector, late),
        }
        yield _("%(title)s has skills missing in quarter %(quarter)s: %(skills)s.") % words
    if roadmap.tried:
        yield _("Starting these later or leaving them out was tried, and was worth less; so they are named instead.")


def _listed(changes: list[str]) -> str:
    """Name the first few, and count the others."""
    rest = len(changes) - MOST_CHANGES
    if rest <= 0:
        return ", ".join(changes)
    more = ngettext("%(rest)s change more", "%(rest)s changes more", rest) % {"rest": rest}
    return ", ".join([*changes[:MOST_CHANGES], more])


def _changes(sector: Sector, roadmap: Roadmap, x: int) -> Iterator[str]:
    """The smallest change of money and people that lets the ``x``-th of those that are out in."""
    why = roadmap.explanation
    names = {row.pool_id: row.name or row.pool_id for row in reversed(sector.pools)}
    for y in np.flatnonzero(why.more_of == x).tolist():
        more, quarter = float(why.more[y]), int(why.more_quarter[y]) + 1
        if why.more_kind[y] == Row.BUDGET:
            words = {"money": amounts.money(more, sector.settings.currency), "quarter": quarter}
            yield _("%(money)s in quarter %(quarter)s") % words
        else:
            pool = names[roadmap.index.pools[int(why.more_pool[y])]]
            yield _("%(people)s more of %(pool)s in quarter %(quarter)s") % {
                "people": amounts.number(more, 1),
                "pool": pool,
                "quarter": quarter,
            }
