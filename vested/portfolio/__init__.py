"""Portfolio: what the office undertakes, from the first idea to its end.

Its nouns are initiative, mode, pool, block, benefit and review; judgement, waiver and passage of a gate; baseline,
spending, claim and difference; increment, handover and contract; thresholds.

How an initiative stands is computed in ``queries/standing.py`` from what was frozen, what was spent and what was
reviewed, and never typed; what its owner claims stands beside it. What a gate checks is data, in ``queries/checks.py``.
Which people an initiative needs is of the skills room, which knows it as a ``Source`` with the same code.
"""
