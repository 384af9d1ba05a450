"""What can be permitted, and which roles bring it: all in code, so that a review sees every change."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.errors import NotAllowed

if TYPE_CHECKING:
    from vested.core.models import Unit
    from vested.core.viewer import Viewer


class Permission(StrEnum):
    """What an action or page requires."""

    PEOPLE_SEE = "people.see"  # who is in a unit, and each one's levels
    FIGURES_SEE = "figures.see"  # counts and averages, small groups hidden
    HISTORY_SEE = "history.see"
    UNIT_CHANGE = "unit.change"
    PERSON_CHANGE = "person.change"
    GRANT_CHANGE = "grant.change"
    IMPORT_RUN = "import.run"
    EXPORT_RUN = "export.run"
    PLAN_SEE = "plan.see"  # scenarios and plans; of whom each is, ``people.see`` says
    PLAN_MAKE = "plan.make"  # ask for plans, and propose one
    PLAN_ADOPT = "plan.adopt"  # decide on a plan that somebody else has proposed
    ENROLMENT_OFFER = "enrolment.offer"  # to propose courses to people, and to offer a seat
    ENROLMENT_CHANGE = "enrolment.change"  # to answer on somebody's behalf, answer objections, record attendance
    PERSONAL_EXPORT = "personal.export"  # somebody else's data, in one file
    PERSONAL_ERASE = "personal.erase"  # and what is past its time
    DIRECTION_SEE = "direction.see"  # what is not for everybody: obstacles nobody has answered yet, escalations
    DIRECTION_CHANGE = "direction.change"
    PORTFOLIO_CHANGE = "portfolio.change"  # what is undertaken; its owner may as well
    PORTFOLIO_DECIDE = "portfolio.decide"  # gates, waivers and baselines of what somebody else owns
    HAT_SEE = "hat.see"  # who is what to whom
    HAT_CHANGE = "hat.change"  # to name counterparties, give hats to others, and say which go together
    AGREEMENT_CHANGE = "agreement.change"  # to note, renew and end agreements
    WALL_OPEN = "wall.open"  # to let somebody else look behind walls for a while
    PARTNER_CHANGE = "partner.change"  # to let people of organisations outside sign in, and no longer


class Role(StrEnum):
    """What a person is in a unit and all below it."""

    CDO = "cdo"
    TOP_LEADER = "top_leader"
    HR_OFFICER = "hr_officer"
    MANAGER = "manager"
    CIVIL_SERVANT = "civil_servant"
    AUDITOR = "auditor"
    PARTNER = "partner"  # of an organisation outside; never given, it follows from where the person belongs

    @property
    def label(self) -> str:
        """The role in the reader's language."""
        return str(_LABELS[self])


_LABELS = {
    Role.CDO: gettext_lazy("Chief Digital Officer"),
    Role.TOP_LEADER: gettext_lazy("Top leader"),
    Role.HR_OFFICER: gettext_lazy("HR officer"),
    Role.MANAGER: gettext_lazy("Manager"),
    Role.CIVIL_SERVANT: gettext_lazy("Civil servant"),
    Role.AUDITOR: gettext_lazy("Auditor"),
    Role.PARTNER: gettext_lazy("Partner"),
}

GIVEN = tuple(role for role in Role if role is not Role.PARTNER)  # roles that people are given

_FIGURES = frozenset({Permission.FIGURES_SEE})
_DIRECTION = frozenset({Permission.DIRECTION_SEE, Permission.DIRECTION_CHANGE, Permission.AGREEMENT_CHANGE})
_PORTFOLIO = frozenset({Permission.PORTFOLIO_CHANGE, Permission.PORTFOLIO_DECIDE})
_HATS = frozenset({Permission.HAT_SEE, Permission.HAT_CHANGE, Permission.WALL_OPEN, Permission.PARTNER_CHANGE})
_PEOPLE = _FIGURES | {Permission.PEOPLE_SEE}
_OFFICE = _PEOPLE | {
    Permission.HISTORY_SEE,
    Permission.UNIT_CHANGE,
    Permission.PERSON_CHANGE,
    Permission.IMPORT_RUN,
    Permission.EXPORT_RUN,
    Permission.ENROLMENT_OFFER,
    Permission.ENROLMENT_CHANGE,
}
_PERSONAL = frozenset({Permission.PERSONAL_EXPORT, Permission.PERSONAL_ERASE})
_PLANS = frozenset({Permission.PLAN_SEE, Permission.PLAN_MAKE})

ROLES: dict[Role, frozenset[Permission]] = {
    Role.CDO: _OFFICE
    | _PERSONAL
    | _PLANS
    | _DIRECTION
    | _PORTFOLIO
    | _HATS
    | {Permission.GRANT_CHANGE, Permission.PLAN_ADOPT},
    Role.TOP_LEADER: _FIGURES
    | _DIRECTION
    | _PORTFOLIO
    | _HATS
    | {Permission.PLAN_SEE, Permission.PLAN_ADOPT, Permission.ENROLMENT_OFFER},
    Role.HR_OFFICER: _OFFICE | _PERSONAL | _PLANS,
    Role.MANAGER: _PEOPLE | _DIRECTION | {Permission.PORTFOLIO_CHANGE},
    Role.CIVIL_SERVANT: frozenset(),
    Role.AUDITOR: _FIGURES
    | {Permission.HISTORY_SEE, Permission.PLAN_SEE, Permission.DIRECTION_SEE, Permission.HAT_SEE},
    Role.PARTNER: frozenset(),
}


def require(viewer: "Viewer", permission: Permission, *, on: "Unit | None" = None) -> None:
    """Raise NotAllowed unless the viewer holds the permission for the unit (None: for the whole sector)."""
    if not viewer.may(permission, on=on):
        where = on.name if on else viewer.sector.name
        raise NotAllowed(
            _("Your role does not include this for %(where)s (%(what)s). Ask your digital office.")
            % {"where": where, "what": permission.value}
        )
