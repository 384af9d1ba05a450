"""How far each initiative of the demo has come, and how: made up, in quarters from the one of today."""

from dataclasses import dataclass

from vested.portfolio.models import Initiative

Stage = Initiative.Stage
IDEA, PREPARED, APPROVED, DELIVERY, LIVE = Stage.IDEA, Stage.PREPARED, Stage.APPROVED, Stage.DELIVERY, Stage.LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How one went: to which ``stage``, from which quarter, over how many, and what became otherwise than frozen.

    ``spend`` is a share of what was planned, ``longer`` quarters it takes more now, ``anew`` whether that was frozen
    again; ``said`` what its owner claims: the truth, that all is well, that long ago, or nothing. ``waived`` is a
    check that waits until so many days from today. ``found`` is a share of what each benefit was to bring.
    """

    stage: Stage
    starts: int = 2
    quarters: int = 4
    pilot: bool = False
    spend: float = 1.0
    noted: bool = True
    longer: int = 0
    anew: bool = False
    said: str = ""
    shown: int = 0
    waived: str = ""
    days: int = 0
    found: float = 1.0
    bare: str = ""  # what is missing: a way to do it, an end of the pilot, who owns it, who judges
    ends: str = ""  # done or stopped


COURSES: tuple[Course, ...] = (
    Course(stage=DELIVERY, starts=-3, quarters=6, said="truth", shown=4),
    Course(stage=DELIVERY, starts=-3, quarters=4, spend=1.45, said="well", shown=3),
    Course(stage=DELIVERY, starts=-4, quarters=4, longer=3, anew=True, said="truth", shown=5),
    Course(stage=IDEA, bare="way"),
    Course(stage=LIVE, starts=-6, quarters=4, said="truth", found=0.92),
    Course(stage=PREPARED, starts=2, quarters=5, bare="judged"),
    Course(stage=DELIVERY, starts=-2, quarters=3, waived="team", days=9, said="truth", shown=2),
    Course(stage=APPROVED, starts=1, quarters=4),
    Course(stage=DELIVERY, starts=-3, quarters=5, pilot=True, said="truth", shown=5),
    Course(stage=IDEA, starts=3, quarters=3, bare="owner"),
    Course(stage=LIVE, starts=-7, quarters=4, longer=1, said="well", found=0.55),
    Course(stage=DELIVERY, starts=-2, quarters=5, waived="team", days=-6, said="truth", shown=1),
    Course(stage=PREPARED, starts=1, quarters=3, pilot=True, bare="pilot"),
    Course(stage=DELIVERY, starts=-4, quarters=5, noted=False, said="old", shown=2),
    Course(stage=LIVE, starts=-8, quarters=3, ends="done", found=1.1),
    Course(stage=APPROVED, starts=0, quarters=6, waived="architecture", days=24),
    Course(stage=PREPARED, starts=2, quarters=4),
    Course(stage=DELIVERY, starts=-2, quarters=6, pilot=True, shown=3, ends="stopped"),
    Course(stage=IDEA, starts=4, quarters=4),
    Course(stage=DELIVERY, starts=-5, quarters=6, spend=1.2, longer=2, anew=True, said="well", shown=6),
    Course(stage=PREPARED, starts=2, quarters=2),
    Course(stage=LIVE, starts=-5, quarters=3, waived="continuity", days=40, said="truth", found=0.97),
    Course(stage=APPROVED, starts=1, quarters=4),
    Course(stage=APPROVED, starts=1, quarters=3, pilot=True),
    Course(stage=IDEA, starts=2, quarters=3),
    Course(stage=IDEA, bare="way"),
    Course(stage=PREPARED, starts=3, quarters=6),
    Course(stage=PREPARED, starts=3, quarters=4, bare="judged"),
    Course(stage=DELIVERY, starts=-6, quarters=8, spend=1.05, said="truth", shown=6),
    Course(stage=APPROVED, starts=2, quarters=5),
)
COSTS = (180, 420, 95, 1350, 640, 260, 2400, 330, 75, 880, 1150, 510, 145)  # thousands; in all
