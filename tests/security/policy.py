"""Who may ask for which route, and which objects are in its address. A route that is not here fails the walk."""

from tests.security.policy_objects import FILLED
from tests.security.policy_people import PERSONAL, TOLD
from tests.security.policy_routes import EVERYBODY, OWN, POLICY, SIGNED_IN, TO_PARTNERS

__all__ = ["EVERYBODY", "FILLED", "OWN", "PERSONAL", "POLICY", "SIGNED_IN", "TOLD", "TO_PARTNERS"]
