"""The questions asked on the way in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vested.core.imports.layout import CHOICE, NAME, Sheet, guessed
from vested.core.imports.tables import tables
from vested.core.imports.upload import MOST_BYTES, MOST_FILES
from vested.formats.sector_folder import BY_NAME, TABLES, told

NOT_READ = "-"
ACCEPTED = ".csv,.tsv,.txt,.toml,.zip,.xlsx"


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class _Files(forms.FileField):
    """One or more files."""

    widget = _Several(attrs={"accept": ACCEPTED, "multiple": True})

    def clean(self, data: object, initial: object = None) -> list[UploadedFile]:
        """Give a list, whatever was sent."""
        given = data if isinstance(data, list) else [data]
        return [super(_Files, self).clean(one, initial) for one in given] if given else [super().clean(None, initial)]


class UploadForm(forms.Form):
    """Which files to bring."""

    chosen = _Files(
        label=gettext_lazy("Files"),
        error_messages={
            "required": gettext_lazy("Choose the files to bring."),
            "empty": gettext_lazy("One of the files is empty."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = {"size": filesizeformat(MOST_BYTES), "count": MOST_FILES}
        self.fields["chosen"].help_text = _("Up to %(count)s files, %(size)s together.") % limit


class MendForm(forms.Form):
    """A mended file in place of one."""

    instead_of = forms.ChoiceField(label=gettext_lazy("In place of"))
    file = forms.FileField(
        label=gettext_lazy("The mended file"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": gettext_lazy("Choose the mended file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def __init__(self, *args: Any, files: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instead_of"].choices = [(name, name) for name in files]  # type: ignore[attr-defined]  # a choice


class ColumnsForm(forms.Form):
    """Which table each file is, and which of its columns is which of ours."""

    def __init__(self, *args: Any, sheets: Sequence[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = self._as_posted(sheets)
        labels = {table.table.name: str(table.label) for table in reversed(tables())}
        choices = [
            (NOT_READ, _("Not to be read")),
            *((table.name, labels.get(table.name, table.name)) for table in TABLES),
        ]
        for place, sheet in enumerate(self.sheets):
            headings = [("", _("No column")), *((str(at), text) for at, text in enumerate(sheet.headings))]
            self.fields[f"was-{place}"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=sheet.table)
            self.fields[f"table-{place}"] = forms.ChoiceField(
                label=_("This file holds"), choices=choices, initial=sheet.table or NOT_READ
            )
            chosen = {column: sheet.headings.index(heading) for heading, column in sheet.columns.items()}
            for column in BY_NAME[sheet.table].columns if sheet.table else ():
                key = column.name in BY_NAME[sheet.table].key and column.required
                self.fields[f"column-{place}-{column.name}"] = forms.ChoiceField(
                    label=column.name,
                    help_text=told(column.about, language=get_language() or ""),
                    choices=headings,
                    required=key,
                    initial=str(chosen.get(column.name, "")),
                    error_messages={
                        "required": _("Say which column it is: without it no row can be told from another.")
                    },
                )

    def _as_posted(self, sheets: Sequence[Sheet]) -> list[Sheet]:
        """The sheets with the tables chosen; columns are guessed where that is another one than was shown."""
        self.turned = False
        found = []
        for place, sheet in enumerate(sheets):
            table = self.data.get(f"table-{place}", sheet.table)
            table = table if table in BY_NAME else ""
            if self.data and table != self.data.get(f"was-{place}", ""):
                self.turned = self.turned or bool(table)
                found.append(guessed(replace(sheet, table=table)))
            else:
                found.append(replace(sheet, table=table) if self.data else sheet)
        return found

    def clean(self) -> dict[str, Any]:
        """One file a table, one column a heading."""
        given = super().clean() or {}
        seen: dict[str, str] = {}
        for place, sheet in enumerate(self.sheets):
            if sheet.table and sheet.table in seen:
                said = _("“%(file)s” holds that already.") % {"file": seen[sheet.table]}
                self.add_error(f"table-{place}", said)
            seen[sheet.table] = sheet.name
            used: dict[str, str] = {}
            for column in BY_NAME[sheet.table].columns if sheet.table else ():
                at = given.get(f"column-{place}-{column.name}")
                if at and at in used:
                    said = _("This column is %(column)s already.") % {"column": used[at]}
                    self.add_error(f"column-{place}-{column.name}", said)
                if at:
                    used[at] = column.name
        return given

    def chosen(self) -> list[Sheet]:
        """The sheets as chosen."""
        found = []
        for place, sheet in enumerate(self.sheets):
            columns = {}
            for column in BY_NAME[sheet.table].columns if sheet.table else ():
                if at := self.cleaned_data.get(f"column-{place}-{column.name}"):
                    columns[sheet.headings[int(at)]] = column.name
            found.append(replace(sheet, columns=columns, by=CHOICE))
        return found

    def groups(self) -> Iterator[tuple[Sheet, bool, BoundField, BoundField, list[BoundField]]]:
        """For each file: whether its names say enough, the table shown, and the questions for table and columns."""
        for place, sheet in enumerate(self.sheets):
            columns = [self[f"column-{place}-{column.name}"] for column in _columns(sheet)]
            sure = sheet.by == NAME and not any(column.errors for column in columns)
            yield sheet, sure, self[f"was-{place}"], self[f"table-{place}"], columns


def _columns(sheet: Sheet) -> Sequence[Any]:
    return BY_NAME[sheet.table].columns if sheet.table else ()
