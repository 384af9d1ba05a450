"""The demo's accounts: one a role, so that one desk can see the sector as each of them does."""

from django.conf import settings

from vested.core.models import User
from vested.core.permissions import Role

DOMAIN = "demo.example"


def address(role: Role) -> str:
    """The address of the demo's account of a role."""
    return f"{role.value.replace('_', '-')}@{DOMAIN}"


def accounts() -> dict[str, User]:
    """The demo's accounts by role; none where Vested is no demo."""
    if not settings.DEMO:
        return {}
    role_of = {address(role): role.value for role in Role}
    return {role_of[user.email]: user for user in User.objects.filter(email__in=role_of)}
