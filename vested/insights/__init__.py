"""Insights: what the whole house knows, put before whoever has to act on it.

It reads every room and writes nothing, so it has no nouns of its own. The bridge is the first page of those who see
plans: what needs them, what is late, how the plan goes, how old the data are. Mine is everybody's own page.
"""
