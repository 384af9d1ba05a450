"""Sentences an officer can repeat: why a session is in the plan, and why something asked for is not.

Every sentence is made from the plan's ``Explanation`` alone and is true for that plan; what would have to change for
somebody to be given a course is worked out anew at the plan's prices. The language is Django's active one
(``django.utils.translation.override``); numbers follow its conventions.
"""

from vested.plans.reasons._given import reasons_of
from vested.plans.reasons._unmet import Unmet, unmet_by, unmet_of, why_not
from vested.plans.reasons._what_if import Changes, changes_for

__all__ = ["Changes", "Unmet", "changes_for", "reasons_of", "unmet_by", "unmet_of", "why_not"]
