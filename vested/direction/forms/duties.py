"""What is asked about duties and opportunities."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vested.core.permissions import Permission
from vested.core.questions import Asking, behind_wall, day, line, person, pick, text, unit
from vested.direction.models import Duty, Invitation

SEIZED = (("yes", _("It was seized")), ("no", _("It was left")))


class AddDuty(Asking):
    """What is demanded."""

    somebody = ("owner",)

    title = line(_("What is demanded, in a few words?"), _("Say what is demanded"))
    kind = pick(_("Where does it come from?"), Duty.Kind)
    source = line(_("Where is it written?"), _("Say where it is written"), _("Law and article, or strategy and page."))
    words = text(_("What does it demand of us?"), _("Say what it demands"))
    unit = unit(_("Of which unit?"), Permission.DIRECTION_CHANGE)
    owner = person(_("Who owns it?"))
    due_on = day(_("By which day?"))
    code = line(_("Your own code for it"), most=100)
    wall = behind_wall()


class MeetDuty(Asking):
    """That a duty is met."""

    how = text(_("How can one see that it is met?"), _("Say how one can see it"))


class OpenOpportunity(Asking):
    """A window that closes."""

    somebody = ("owner",)

    title = line(_("What is the chance?"), _("Say what the chance is"))
    intention = text(
        _("What do you openly want with it?"), _("Say what you want"), _("Those you invite read it: no hidden agenda.")
    )
    unit = unit(_("Of which unit?"), Permission.DIRECTION_CHANGE)
    owner = person(_("Who owns it?"))
    opens_on = day(_("From which day is it open?"))
    closes_on = day(_("When does it close?"))
    wall = behind_wall()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opens_on"].initial = self.today


class Invite(Asking):
    """Somebody to join."""

    party = line(
        _("Who is invited?"), _("Say who is invited"), _("Keep it small: two who start are worth ten who wait.")
    )


class AnswerInvitation(Asking):
    """What somebody answered."""

    answer = pick(_("What did they answer?"), Invitation.Answer)
    words = text(_("In their words"))


class EndOpportunity(Asking):
    """What came of a window."""

    seized = pick(_("What came of it?"), SEIZED)
    why = text(_("Why?"), _("Say why"))

    def clean_seized(self) -> bool:
        """Whether it was."""
        return bool(self.cleaned_data["seized"] == "yes")
