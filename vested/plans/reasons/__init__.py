"""Sentences an officer can repeat: why a session is in the plan, and why something asked for is not.

Every sentence is made from the plan's ``Explanation`` alone and is true for that plan. The language is Django's active
one (``django.utils.translation.override``); numbers follow its conventions.
"""

from vested.plans.reasons._given import reasons_of
from vested.plans.reasons._unmet import Unmet, unmet_of

__all__ = ["Unmet", "reasons_of", "unmet_of"]
