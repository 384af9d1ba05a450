"""The gap explorer: what is ``computed``, what of it is ``permitted``, and the cut that a page asks for.

``views/gaps.py`` and ``templates/skills/gaps.html`` draw it, with ``core.charts``.
"""
