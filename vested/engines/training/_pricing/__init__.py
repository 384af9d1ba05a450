"""The best plans of one person at given prices, exactly, as a multiple-choice knapsack of courses that belong together.

A person's courses are put in parts: what opens or overlaps one another stays together. In each part every set of
sessions that can be taken is listed with what it is worth by itself; a course that a course of another part could open
is taken as open, and counts what it adds above the level it starts from. Levels are maxima, so gains are submodular:
parts together bring no more than the sum of what each brings by itself. That sum, maximised over the hours by dynamic
programming (Kellerer, Pferschy, Pisinger: Knapsack Problems, 2004, chapter 11), is the bound of a depth-first search
that chooses in one part after the other, the most promising first, and measures parts that touch one another together.

A session is not tried where the same course could have been taken earlier at no higher price: earlier is never worse.
"""

from vested.engines.training._pricing._search import best_plans
from vested.engines.training._pricing._work import FEW, LARGEST, NODES, Duals, Work, work_for

__all__ = ["FEW", "LARGEST", "NODES", "Duals", "Work", "best_plans", "work_for"]
