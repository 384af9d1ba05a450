"""Ecosystem: what the office has agreed with organisations outside, from when, until when, and in which roles.

Its noun is the agreement. The organisation is core's counterparty, and what somebody is to it core's hat; how an
agreement stands is computed from its dates, and none of it is ever typed. It negotiates nothing and keeps no files.
"""
