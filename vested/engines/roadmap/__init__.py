"""Which initiatives, in which mode, when: the best roadmap within money and people, with a proof of how good it is.

``plan`` decides, ``explain`` says why, ``forced`` what it costs to have one in that is out, ``frontier`` what one more
unit of risk or of exploring buys, ``check`` whether somebody's own roadmap keeps the rules.

>>> import numpy as np
>>> from vested.engines import roadmap
>>> none, pairs = np.zeros(0), np.zeros((0, 2), np.int64)
>>> problem = roadmap.Problem(  # two initiatives of one quarter each, and people for one at a time
...     initiatives=roadmap.Initiatives(
...         mandatory=np.array([False, True]), earliest=np.array([0, 0]), latest=np.array([1, 1]),
...         explore=np.array([False, False]), risk=np.zeros(2), group=np.array([-1, -1]),
...     ),
...     modes=roadmap.Modes(
...         initiative=np.array([0, 1]), quarters=np.array([1, 1]), benefit=np.array([100.0, 50.0]),
...         cost_mode=none.astype(np.int64), cost_quarter=none.astype(np.int64), cost=none,
...         people_mode=np.array([0, 1]), people_quarter=np.array([0, 0]), people_pool=np.array([0, 0]),
...         people=np.array([2.0, 2.0]),
...     ),
...     links=roadmap.Links(needs=pairs, exists=np.zeros(0, np.bool_), uses=pairs, supplies=pairs),
...     limits=roadmap.Limits(
...         budget=np.full(2, np.inf), capacity=np.full((1, 2), 3.0), rate=np.array([30.0]), explore_least=0.0,
...         explore_most=1.0, risk=np.inf, discount=0.9,
...     ),
... )
>>> found = roadmap.plan(problem, gap=0.0, workers=1)
>>> found.initiative.tolist(), found.start.tolist(), round(found.value, 1), found.gap
([0, 1], [0, 1], 130.5, 0.0)

A column is an initiative that starts in a mode and a quarter. Prices from the linear relaxation bound every plan;
ruin and recreate (Schrimpf and others 2000, "Record breaking optimization results using the ruin and recreate
principle", p. 139) and neighbourhoods solved by HiGHS (Shaw 1998, "Using constraint programming and local search
methods", p. 417) improve; branch and bound in a second process lowers the bound.
"""

from vested.engines.roadmap._checks import Infeasible, InvalidProblem
from vested.engines.roadmap._explain import explain
from vested.engines.roadmap._forced import forced
from vested.engines.roadmap._frontier import frontier
from vested.engines.roadmap._generator import FAMILIES, make_problem
from vested.engines.roadmap._judge import check
from vested.engines.roadmap._nouns import (
    Explanation,
    Forced,
    Initiatives,
    Limits,
    Links,
    Modes,
    Plan,
    Point,
    Prices,
    Problem,
    Progress,
    Row,
    Why,
)
from vested.engines.roadmap._planning import NoPlan, plan
from vested.engines.roadmap._warm import warm_up

__all__ = [
    "FAMILIES",
    "Explanation",
    "Forced",
    "Infeasible",
    "Initiatives",
    "InvalidProblem",
    "Limits",
    "Links",
    "Modes",
    "NoPlan",
    "Plan",
    "Point",
    "Prices",
    "Problem",
    "Progress",
    "Row",
    "Why",
    "check",
    "explain",
    "forced",
    "frontier",
    "make_problem",
    "plan",
    "warm_up",
]
