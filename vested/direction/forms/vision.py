"""What is asked about the vision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vested.core.permissions import Permission
from vested.core.questions import Asking, day, line, text, unit


class WriteVision(Asking):
    """The vision, in new words."""

    purpose = text(_("What are we for?"), _("Say what you are for"), _("In words a citizen would use."), rows=6)
    why = text(_("What made it change?"), help_text=_("Needed from the second version on."))


class NewFuture(Asking):
    """A way the world may be in ten years."""

    title = line(_("What is it called?"), _("Give the future a name"))
    year = forms.IntegerField(
        label=_("In which year?"),
        min_value=2000,
        max_value=2200,
        error_messages={"required": _("Say the year"), "invalid": _("Write a year, such as 2036")},
    )
    story = text(_("What is the world like then?"), _("Describe the world"))
    stays = text(_("What of us stays relevant?"))
    good_at = text(_("What must we be especially good at?"))


class NewNeed(Asking):
    """What a named group of users needs."""

    group = line(_("Which users?"), _("Name the group"), _("A group one could invite to a meeting."))
    words = text(_("What do they need or expect?"), _("Say what they need"))
    evidence = text(_("How do you know?"), _("Say how you know"), _("A survey, interviews, figures: who asked whom."))
    evidence_on = day(_("From which day is that?"), _("Today or earlier."))


class End(Asking):
    """Why something no longer holds."""

    why = text(_("Why does it no longer hold?"), _("Say why"))


class SayMeaning(Asking):
    """What the vision means for a unit."""

    words = text(
        _("What does it mean for us?"),
        _("Say what it means for you"),
        _("What do you do differently, for whom, from when? Use your own words."),
        rows=6,
    )


class NoteRetelling(Asking):
    """That the vision was told again."""

    audience = line(_("To whom?"), _("Say to whom"), _("For example: all team leaders of the agency."))
    told_on = day(_("On which day?"), _("Today or earlier."))
    unit = unit(_("Of which unit?"), Permission.DIRECTION_CHANGE)
    heard = forms.IntegerField(
        label=_("How many heard it?"),
        min_value=1,
        max_value=10_000_000,
        required=False,
        error_messages={"invalid": _("Write a number of people, such as 40")},
    )
    words = text(_("What was asked, and what did you answer?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_on"].initial = self.today
