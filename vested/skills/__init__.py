"""Skills: what people can do, what roles ask for, and where the two are apart.

Its nouns are framework, skill, job family, role, requirement, post, level and demand. The gap explorer is computed in
``queries/gaps/computed.py``, permitted in ``queries/gaps/permitted.py`` and drawn by ``views/gaps.py``. Courses are the
academy's, initiatives the portfolio's: a demand only carries the name of what asks.
"""
