"""What a plan keeps of its roadmap. Quarters count from 0 here, as in the engine; in words and files from 1."""

from dataclasses import dataclass

from vested.engines.roadmap import Explanation, Plan, Problem
from vested.formats.sector_folder import Sector
from vested.plans.roadmap._problem import Index


@dataclass(frozen=True, slots=True)
class Asked:
    """A need that counts: its ``row`` in the files, and the ``initiative`` (-1: not of the roadmap).

    It is ``due`` by the end of a period, which may be after the last one the training plan has.
    """

    row: int
    initiative: int
    due: int


@dataclass(frozen=True, slots=True)
class Late:
    """An ``initiative`` (the engine's row) whose skills are not there in time.

    ``need`` is the row of ``initiative_skills``, in the files, that is most people short, ``missing`` how many. From
    quarter ``ready`` on nothing of it is late, the training plan staying as it is.
    """

    initiative: int
    need: int
    missing: int
    ready: int


@dataclass(frozen=True, slots=True)
class Repair:
    """What became of an initiative held back: it started in quarter ``was``, and now in ``now`` (None: it is out)."""

    late: Late
    was: int
    now: int | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Roadmap:
    """The roadmap, and what was done so that skills are there in time.

    ``sector`` is as it stands in the files. ``problem`` is what ``plan`` was computed from: the portfolio, with the
    starts forbidden that the repair round found too early. ``free`` is the roadmap that looks at no skills, the same
    where nothing had to be repaired. ``repairs`` say what became of those that were held back, ``late`` whose skills
    are still not there in time. ``asked`` are the needs the training plan was computed with. ``tried`` is True where
    the round was done and its result not taken, as it was worth less than saying who is late.
    """

    sector: Sector
    index: Index
    problem: Problem
    plan: Plan
    free: Plan
    explanation: Explanation
    repairs: tuple[Repair, ...]
    asked: tuple[Asked, ...]
    late: tuple[Late, ...]
    tried: bool

    @property
    def dropped(self) -> frozenset[int]:
        """The initiatives that are out because their skills cannot be there in time."""
        return frozenset(repair.late.initiative for repair in self.repairs if repair.now is None)

    @property
    def starts(self) -> dict[int, int]:
        """The quarter each chosen initiative starts in."""
        return dict(zip(self.plan.initiative.tolist(), self.plan.start.tolist(), strict=True))

    @property
    def modes(self) -> dict[int, int]:
        """The mode each chosen initiative is carried out in, a row of ``initiative_modes``."""
        return dict(zip(self.plan.initiative.tolist(), self.plan.mode.tolist(), strict=True))
