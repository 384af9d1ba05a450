"""Direction: where the office is going, why, and what it has promised.

Its nouns are vision, future, need, meaning and retelling; objective, measure and observation. How a measure stands is
computed in ``queries/measures.py`` from what was observed, and never typed. Initiatives are of higher rooms: they link
to an objective, and its page shows them.
"""
