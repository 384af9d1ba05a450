"""An annotated workbook to fill in: a sheet a table, with meanings, drop-downs and three example rows each."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from vested.formats.sector_folder import _words_da, _words_fr
from vested.formats.sector_folder._sources import GUIDE
from vested.formats.sector_folder._tables import BY_NAME, SETTINGS, TABLES, TEXT_TYPES, Column, Table, Type

Words = Callable[[str], str]
"""Gives a note in the reader's language."""

_ROWS = 10_000
"""Rows of a sheet that get drop-downs; more may be filled in."""

_LANGUAGES: dict[str, Words] = {"en": str, "da": _words_da.WORDS.__getitem__, "fr": _words_fr.WORDS.__getitem__}

_HEADING = Font(bold=True, color="FFFFFF")
_REQUIRED = PatternFill("solid", fgColor="0B5563")
_OPTIONAL = PatternFill("solid", fgColor="66737B")
_EXAMPLE = Font(italic=True, color="66737B")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_NUMBERS = frozenset({Type.LEVEL, Type.PERIOD, Type.QUARTER, Type.WHOLE, Type.AMOUNT, Type.NUMBER})

_LISTS = (
    "Some cells offer a list: kinds, modes and answers, and ids of rows on another sheet. Begin with units, roles, "
    "skills and courses; then the lists of the other sheets are there."
)
_OPTIONAL_SHEETS = (
    "You may leave empty: levels, skills, completions, wishes, fixed, initiatives, budgets, and all sheets after them. "
    "Sheets and columns of your own are passed over with a warning."
)
_GUIDE = (
    "One sheet a table; the headings say what belongs in each column. Point at a heading to read what it means.",
    "A heading with a * must be filled in on every row; all others may stay empty. Their colours differ too.",
    "The grey rows are examples that fit together. Overwrite or delete them before you fill in your own.",
    _LISTS,
    "Write numbers with your own decimal sign, dates as dates. Formulas and merged cells are refused: paste values.",
    _OPTIONAL_SHEETS,
    "If your headings must stay as they are, name them on the sheet columns: table, your heading, our column.",
    "To check the workbook: ./run check-files BOOK.xlsx. It lists all that is wrong, where, and how to mend it.",
)


def told(about: str, *, language: str) -> str:
    """Give what is said about a table or column in a language; in English where there is no such language."""
    return _LANGUAGES.get(language, str)(about)


def write_template(path: Path | str, *, language: str = "en") -> None:
    """Write the template as an .xlsx workbook; as it is, it checks without a problem.

    Notes are in the ``language`` asked for, en, da or fr; sheets and headings are the same in all. Raises ValueError
    for another language or another suffix, and OSError.
    """
    path = Path(path)
    if path.suffix.casefold() != ".xlsx":
        raise ValueError(f"“{path.name}” does not end in .xlsx; the template is a workbook")
    if language not in _LANGUAGES:
        raise ValueError(f"the template has no notes in “{language}”; choose {', '.join(_LANGUAGES)}")
    say = _LANGUAGES[language]
    workbook = Workbook()
    guide = workbook.worksheets[0]
    guide.title = GUIDE
    _fill_guide(guide, say)
    for table in TABLES:
        _fill_table(workbook.create_sheet(table.name), table, say)
    _fill_plan(workbook.create_sheet("plan"), say)
    _fill_columns(workbook.create_sheet("columns"), say)
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)


def _note(column: Column, say: Words) -> str:
    """Say what a column means, what a cell may hold, and what an empty one stands for."""
    values = ", ".join(column.choices) if column.choices else say(column.holds)
    if column.refers:
        values += f" ({say('of the sheet')} {' / '.join(filter(None, (column.refers, column.also)))})"
    if column.required:
        empty = say("Required.")
    elif not column.stands:
        empty = say("May be empty.")
    else:
        empty = f"{say('Empty means')} {column.stands}."
    return f"{say(column.about)}\n{say('Holds')}: {values}.\n{empty}"


def _fill_guide(sheet: Worksheet, say: Words) -> None:
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 100
    sheet["A1"] = say("How to fill in this workbook")
    sheet["A1"].font = Font(bold=True, size=16)
    for row, text in enumerate(_GUIDE, start=3):
        sheet.cell(row, 1, f"{row - 2}.").alignment = Alignment(horizontal="right", vertical="top")
        sheet.cell(row, 2, say(text)).alignment = _WRAPPED
    row = len(_GUIDE) + 4
    for column, heading in enumerate(("Sheet", "What it holds"), start=1):
        sheet.cell(row, column, say(heading)).font = Font(bold=True)
    for at, table in enumerate(TABLES, start=row + 1):
        link = sheet.cell(at, 1, table.name)
        link.hyperlink = f"#'{table.name}'!A1"
        link.font = Font(underline="single", color="0B5563")
        needed = f"{say('Needed.')} " if table.needed else ""
        sheet.cell(at, 2, needed + say(table.about)).alignment = _WRAPPED


def _fill_table(sheet: Worksheet, table: Table, say: Words) -> None:
    sheet.freeze_panes = "A2"
    for position, column in enumerate(table.columns, start=1):
        letter = get_column_letter(position)
        _head(sheet, position, column.name, _note(column, say), required=column.required)
        longest = max(len(example[position - 1]) for example in table.examples)
        sheet.column_dimensions[letter].width = max(len(column.name) + 3, longest + 2, 10)
        if column.holds in TEXT_TYPES:
            sheet.column_dimensions[letter].number_format = "@"
        elif column.holds is Type.DATE:
            sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"
        rule = _rule(column, say)
        if rule:
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{_ROWS}")
        for row, example in enumerate(table.examples, start=2):
            if example[position - 1]:
                _fill_example(sheet, (row, position), column, example[position - 1])


def _head(sheet: Worksheet, position: int, name: str, text: str, *, required: bool) -> None:
    cell = sheet.cell(1, position, f"{name}*" if required else name)
    cell.font = _HEADING
    cell.fill = _REQUIRED if required else _OPTIONAL
    cell.comment = Comment(text, "Vested", height=120, width=320)


def _fill_example(sheet: Worksheet, place: tuple[int, int], column: Column, text: str) -> None:
    value: str | float | date = text
    if column.holds in _NUMBERS:
        value = float(text)
    elif column.holds is Type.DATE:
        value = date.fromisoformat(text)
    cell = sheet.cell(*place, value)
    cell.font = _EXAMPLE
    if column.holds is Type.DATE:
        cell.number_format = "yyyy-mm-dd"
    elif column.holds in TEXT_TYPES:
        cell.number_format = "@"


def _rule(column: Column, say: Words) -> DataValidation | None:
    """Give a column's drop-down, or the check of what is typed."""
    match column.holds:
        case Type.CHOICE:
            rule = DataValidation("list", formula1=f'"{",".join(column.choices or ())}"', errorStyle="stop")
            rule.error = say("Choose one of the list.")
        case Type.FLAG:
            rule = DataValidation("list", formula1='"yes,no"', errorStyle="stop")
            rule.error = say("Choose one of the list.")
        case Type.REF if not column.also:
            rule = DataValidation("list", formula1=f"{column.refers}!$A$2:$A${_ROWS}", errorStyle="warning")
            rule.error = f"{say('This is not an id of the sheet')} {column.refers}."
        case Type.DATE:
            rule = DataValidation("date", operator="greaterThan", formula1="1", errorStyle="warning")
            rule.error = say("This is not a date.")
        case Type.PERIOD | Type.QUARTER | Type.WHOLE:
            low = "0" if column.holds is Type.WHOLE else "1"
            rule = DataValidation("whole", operator="greaterThanOrEqual", formula1=low, errorStyle="warning")
            rule.error = f"{say('This is not a whole number from')} {low}."
        case Type.LEVEL | Type.AMOUNT | Type.NUMBER:
            rule = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0", errorStyle="warning")
            rule.error = say("This is not a number of 0 or more.")
        case _:
            return None
    rule.allow_blank = True
    rule.showErrorMessage = True
    return rule


def _fill_plan(sheet: Worksheet, say: Words) -> None:
    sheet.freeze_panes = "A2"
    for position, (name, width) in enumerate((("setting", 16), ("value", 12), (say("meaning"), 90)), start=1):
        cell = sheet.cell(1, position, name)
        cell.font, cell.fill = _HEADING, _OPTIONAL
        sheet.column_dimensions[get_column_letter(position)].width = width
    for row, setting in enumerate(SETTINGS, start=2):
        sheet.cell(row, 1, setting.name)
        number = setting.name != "currency"
        sheet.cell(row, 2, float(setting.example) if number else setting.example).font = _EXAMPLE
        stands = f"{say('Holds')}: {say(setting.range)}. {say('Empty means')} {say(setting.default)}."
        sheet.cell(row, 3, f"{say(setting.about)} {stands}").alignment = _WRAPPED


def _fill_columns(sheet: Worksheet, say: Words) -> None:
    sheet.freeze_panes = "A2"
    notes = (
        ("table", "The sheet the heading is on."),
        ("heading", "Your own heading, as it stands there."),
        ("column", "Our column it is, such as person_id."),
    )
    for position, (name, text) in enumerate(notes, start=1):
        _head(sheet, position, name, say(text), required=False)
        sheet.column_dimensions[get_column_letter(position)].width = 24
    rule = DataValidation("list", formula1=f'"{",".join(BY_NAME)}"', allow_blank=True)
    sheet.add_data_validation(rule)
    rule.add(f"A2:A{_ROWS}")
