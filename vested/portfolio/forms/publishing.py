"""What is asked when a published register is brought in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vested.core.questions import Asking, line, text
from vested.portfolio.imports import Report, read

MOST_BYTES = 20 << 20
TOLD = 10  # problems told one by one


class BringRegister(Asking):
    """A file of projects and years, checked whole before anything is written."""

    file = forms.FileField(
        label=_("Which file?"),
        help_text=_("One CSV file, with a row for each project and year."),
        widget=forms.FileInput(attrs={"accept": ".csv"}),
        error_messages={"required": _("Choose the file"), "empty": _("The file is empty")},
    )
    source = line(_("What is it called?"), _("Say what it is called"), _("It stands beside what comes from it."))
    only_check = forms.BooleanField(label=_("Only check it, and change nothing"), required=False)

    def clean_file(self) -> list[Report]:
        """The reports in it."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(gettext("It has more than %(most)s.") % {"most": filesizeformat(MOST_BYTES)})
        try:
            reports, problems = read(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(gettext("It is not written in UTF-8. Save it as “CSV UTF-8”.")) from error
        if problems:
            more = len(problems) - TOLD
            told = [*problems[:TOLD], *([gettext("And %(count)s more.") % {"count": more}] if more > 0 else [])]
            raise forms.ValidationError(told)
        if not reports:
            raise forms.ValidationError(gettext("There is no project in it."))
        return reports

    def clean(self) -> dict[str, Any]:
        """As given."""
        return self.cleaned_data


class TakeBack(Asking):
    """Why what a register opened is closed."""

    why = text(_("Why?"), _("Say why: the others have to be able to repeat it"))
