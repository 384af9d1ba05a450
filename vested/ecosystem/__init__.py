"""Ecosystem: what the office has agreed with organisations outside, from when, until when, and in which roles.

Its nouns are the agreement, with its parties and documents, and the share: what it shows to people outside, who sign in
and see nothing else. The organisation is core's counterparty, and what somebody is to it core's hat; how an agreement
stands is computed from its dates, and none of it is ever typed. It negotiates nothing.
"""
