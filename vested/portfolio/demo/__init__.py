"""A believable portfolio for a generated sector: made up, relative to a day, and all done by actions."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from vested.core.models import Person, Unit
from vested.core.viewer import Viewer
from vested.direction.models import Objective
from vested.portfolio import actions
from vested.portfolio.demo.around import contracts, owners, pools_and_blocks, waits
from vested.portfolio.demo.courses import COURSES
from vested.portfolio.demo.living import Story
from vested.portfolio.demo.supply import offer
from vested.portfolio.demo.systems import systems
from vested.portfolio.demo.works import OTHERS, Work, work_of
from vested.portfolio.models import Initiative, Thresholds
from vested.skills.models import Source


def fill(*, by: Viewer, at: datetime) -> None:
    """Let a generated sector undertake the initiatives it names, and as many that only the portfolio knows."""
    today = timezone.localdate(at)
    units = list(Unit.objects.filter(kind__in=(Unit.Kind.MINISTRY, Unit.Kind.AGENCY)).order_by("path")[:7])
    owning, aims = owners(units), list(Objective.objects.order_by("pk"))
    opened = []
    for number, (code, work) in enumerate(_works()):
        unit = units[number % len(units)]
        owner = owning[unit.pk][number // len(units) % len(owning[unit.pk])] if owning[unit.pk] else None
        aim = aims[number % len(aims)]
        one = _open(by, code, work, number, aim=aim, unit=unit, owner=owner, today=today)
        opened.append((one, work))
    pools, blocks = pools_and_blocks(by, [one for one, _work in opened])
    for number, (one, work) in enumerate(opened):
        Story(by, one, work, COURSES[_place(number)], number, today, pools, blocks).tell()
    waits(by, [one for one, _work in opened])
    offer(by, today)
    _draw(by)
    contracts(by, [one for one, _work in opened], units, owning, today)
    systems(by, [one for one, _work in opened], units, owning, today)
    actions.remind(by=by, at=at)
    actions.reopen_gates(by=by, at=at)
    actions.note_differences(by=by, at=at)


def _draw(by: Viewer) -> None:
    """Draw the lines where they usually are, so that roadmaps keep the band of exploring."""
    usual = Thresholds(sector=by.sector)
    actions.draw_lines(
        by=by, thresholds=usual, version=1, large_from=usual.large_from, watch=usual.watch, off=usual.off,
        stale_days=usual.stale_days, increment_days=usual.increment_days, explore_least=usual.explore_least,
        explore_most=usual.explore_most,
    )  # fmt: skip


def _works() -> list[tuple[str, Work]]:
    """The initiatives: code and words."""
    named = [(source.code, work_of(source.title)) for source in Source.objects.order_by("code")]
    return [*named, *((f"P{number:02d}", work) for number, work in enumerate(OTHERS, 1))]


def _place(number: int) -> int:
    """Which course one takes: each comes twice, the second time in another order."""
    return number if number < len(COURSES) else (7 * number + 3) % len(COURSES)


def _open(
    by: Viewer, code: str, work: Work, number: int, *, aim: Objective, unit: Unit, owner: Person | None, today: date
) -> Initiative:
    course = COURSES[_place(number)]
    ago = 120 + 3 * number % 50 if course.starts > 0 else 300 - 91 * course.starts
    return actions.open_initiative(
        by=by, code=code, title=work.title, why=work.why, objective=aim, unit=unit,
        owner=None if course.bare == "owner" else owner, kind="explore" if work.explores else "exploit",
        on=today - timedelta(days=ago), changes=work.changes, mandatory=number % 13 == 4, risk=1.0 + number * 7 % 8,
        group="one sign-in" if code == "P04" or work.title == "A common identity for staff" else "",
    )  # fmt: skip
