"""Academy: what can be learnt, when and from whom, and what it may cost.

Its nouns are provider, course, outcome, session, enrolment, objection, completion, wish, learner and budget. Who should
take which course is the plan's affair, and whether to take it the person's; what people can do is the skills room's.
"""
