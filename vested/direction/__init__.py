"""Direction: where the office is going, why, and what it has promised.

Its nouns are vision, future, need, meaning and retelling; objective, measure and observation; commitment and reply;
obstacle; escalation, decision and what followed; duty; opportunity, invitation and momentum; hope; steering session.

How a measure stands is computed in ``queries/measures.py`` from what
was observed, what became of a promise by ``Commitment.objects.with_state``, and whose turn an escalation is by
``Escalation.objects.with_step``: from dates and proof, and none of it is ever typed. Initiatives are of higher rooms:
they link to an objective, and its page shows them.
"""
