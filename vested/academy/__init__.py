"""Academy: what can be learnt, when and from whom, and what it may cost.

Its nouns are provider, course, outcome, session, completion, wish, answer, learner and budget. Who should take which
course is the plan's affair; what people can do is the skills room's.
"""
