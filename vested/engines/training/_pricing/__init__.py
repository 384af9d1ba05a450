"""The best plan of one person at given prices, exactly, by depth-first branch and bound.

A node is a feasible plan; its children add one more session later in the order (period, promise). The bound adds to
a node's worth the fractional knapsack of what each remaining course would add by itself: gains are submodular (a
level is a maximum), so no set of courses adds more than the sum of its parts. A session is not tried where the same
course could have been taken earlier in the same plan at no higher price: earlier is never worse.
"""

from vested.engines.training._pricing._descent import best_plans
from vested.engines.training._pricing._work import FEW, NODES, Duals, Work, work_for

__all__ = ["FEW", "NODES", "Duals", "Work", "best_plans", "work_for"]
