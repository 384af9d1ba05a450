"""The plan's settings and an office's own headings: ``plan.toml``, ``columns.toml``, or sheets of the same names."""

import json
import math
import re
import tomllib
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from vested.formats.sector_folder._cells import Cell, CellError, number, text_of
from vested.formats.sector_folder._nouns import Settings
from vested.formats.sector_folder._report import Findings, Kind, Place, shown
from vested.formats.sector_folder._rows import Name, Names, normal
from vested.formats.sector_folder._tables import BY_NAME, SETTINGS

Stated = dict[str, tuple[object, Place]]
"""Settings as stated, with the place of each."""

_MANY_PERIODS = 100


def stated_in_toml(path: Path, findings: Findings) -> Stated:
    """Read the settings of ``plan.toml``; raises OSError."""
    content, lines = _toml(path, findings)
    return {key: (value, (path.name, *_where(lines, key))) for key, value in content.items()}


def stated_in_sheet(rows: list[tuple[int, Sequence[Cell]]], file: str) -> Stated:
    """Read the settings of a sheet whose rows hold a name and a value; a line of headings may stand above."""
    stated: Stated = {}
    for line, row in rows:
        key, value = (text_of(row[0]) if row else ""), (row[1] if len(row) > 1 else "")
        heading = not stated and normal(key) in {"key", "setting", "name"}
        if key and not heading and (text_of(value) or normal(key) not in _KNOWN):
            stated[key] = (value, (file, line, 2))
    return stated


def names_in_toml(path: Path, findings: Findings) -> dict[str, Names]:
    """Read ``columns.toml``: for each table an office's headings and ours; raises OSError."""
    content, lines = _toml(path, findings)
    found = []
    for table, headings in content.items():
        if not isinstance(headings, dict):
            place = path.name, *_where(lines, table)
            mend = 'write [staff] and below it lines such as "Employee no" = "person_id"'
            findings.problem(place, Kind.SETTING, f"{shown(table)} is not a table with headings", mend)
            continue
        place = path.name, *_where(lines, table, header=True)
        if not headings:
            found.append((table, "", "", place))
        for heading, column in headings.items():
            place = path.name, *_where(lines, heading, table=table)
            found.append((table, heading, column if isinstance(column, str) else repr(column), place))
    return _names(found, findings)


def names_in_sheet(rows: list[tuple[int, Sequence[Cell]]], file: str, findings: Findings) -> dict[str, Names]:
    """Read a sheet with the columns table, heading and column."""
    found = []
    for line, row in rows:
        table, heading, column = (*map(text_of, row[:3]), "", "", "")[:3]
        if (table or heading or column) and (normal(table), normal(heading)) != ("table", "heading"):
            found.append((table, heading, column, (file, line, 1)))
    return _names(found, findings)


def settings_of(stated: Stated, findings: Findings) -> Settings:
    """Check the settings; ``periods`` is 0 where none is stated, to be taken from the sessions."""
    values: dict[str, float] = {}
    places: dict[str, Place] = {}
    default = Settings(periods=0)
    currency = default.currency
    for key, (value, place) in stated.items():
        name = _KNOWN.get(normal(key))
        if name is None:
            near = get_close_matches(normal(key), _KNOWN, n=1)
            mend = f"if you meant {_KNOWN[near[0]]}, write that" if near else "the settings are " + ", ".join(_ORDER)
            findings.warn(place, Kind.SETTING, f"the setting {shown(key)} is not known and not read", mend)
        elif name == "currency":
            if isinstance(value, str) and value.strip():
                currency = value.strip()
            else:
                findings.problem(place, Kind.SETTING, "currency is not a text", 'write the money, such as "EUR"')
        else:
            try:
                values[name], places[name] = _value(name, value), place
            except CellError as error:
                findings.problem(place, Kind.SETTING, error.what, error.mend)
    periods = int(values.get("periods", 0))
    if periods > _MANY_PERIODS:
        what = f"periods is {periods:,}"
        findings.warn(places["periods"], Kind.SETTING, what, "write how many quarters or months the plan covers")
    found = Settings(
        periods=periods,
        currency=currency,
        fairness=values.get("fairness", default.fairness),
        cost_weight=values.get("cost_weight", default.cost_weight),
        max_level=values.get("max_level", default.max_level),
        seed=int(values.get("seed", default.seed)),
        discount=values.get("discount", default.discount),
        explore_least=values.get("explore_least", default.explore_least),
        explore_most=values.get("explore_most", default.explore_most),
        risk_cap=values.get("risk_cap", default.risk_cap),
        periods_per_quarter=values.get("periods_per_quarter", default.periods_per_quarter),
    )
    if found.explore_least > found.explore_most:
        what = f"explore_least {found.explore_least:g} is above explore_most {found.explore_most:g}"
        place = places.get("explore_least") or places["explore_most"]
        findings.problem(place, Kind.SETTING, what, "lower the one, or raise the other")
    return found


def toml_of(settings: Settings) -> str:
    """Write ``plan.toml``."""
    lines = (
        f"periods = {settings.periods}",
        f"currency = {json.dumps(settings.currency, ensure_ascii=False)}",
        f"fairness = {settings.fairness!r}",
        f"cost_weight = {settings.cost_weight!r}",
        f"max_level = {settings.max_level!r}",
        f"seed = {settings.seed}",
        f"discount = {settings.discount!r}",
        f"explore_least = {settings.explore_least!r}",
        f"explore_most = {settings.explore_most!r}",
        *(() if settings.risk_cap is None else (f"risk_cap = {settings.risk_cap!r}",)),
        f"periods_per_quarter = {settings.periods_per_quarter!r}",
    )
    return "\n".join(lines) + "\n"


_ORDER = [setting.name for setting in SETTINGS]
_KNOWN = {normal(name): name for name in _ORDER}
_RANGES = {
    "periods": (1, 1_000_000, "write a whole number from 1"),
    "fairness": (0, 1, "write a number from 0 to 1"),
    "cost_weight": (0, math.inf, "write 0 or more"),
    "max_level": (math.ulp(0), math.inf, "write a number above 0"),
    "seed": (-(2**63), 2**63 - 1, "write a whole number"),
    "discount": (math.ulp(0), 1, "write a number above 0, up to 1"),
    "explore_least": (0, 1, "write a number from 0 to 1"),
    "explore_most": (0, 1, "write a number from 0 to 1"),
    "risk_cap": (0, math.inf, "write 0 or more"),
    "periods_per_quarter": (math.ulp(0), 1_000, "write a number above 0"),
}
_WHOLE = ("periods", "seed")


def _value(name: str, value: object) -> float:
    """Give a setting's number or raise ``CellError``."""
    low, high, mend = _RANGES[name]
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise CellError(Kind.SETTING, f"{name} is not a number", mend)
    if isinstance(value, int) and name in _WHOLE:
        read: float = value
    else:
        read = number(text_of(value) if isinstance(value, str) else value, decimal_comma=True, grouped=False)
    if name in _WHOLE and read != int(read):
        raise CellError(Kind.SETTING, f"{name} {shown(value)} is not a whole number", mend)
    if not low <= read <= high:
        raise CellError(Kind.SETTING, f"{name} {shown(value)} is out of range", mend)
    return int(read) if name in _WHOLE else read


def _names(found: list[tuple[str, str, str, Place]], findings: Findings) -> dict[str, Names]:
    """Check an office's headings: table, heading, column and place of each."""
    names: dict[str, Names] = {}
    tables = {normal(name): name for name in BY_NAME}
    for table, heading, column, place in found:
        known = tables.get(normal(table))
        if known is None:
            near = get_close_matches(normal(table), tables, n=1)
            mend = f"did you mean {tables[near[0]]}?" if near else "the tables are " + ", ".join(BY_NAME)
            findings.problem(place, Kind.SETTING, f"{shown(table)} is not a table", mend)
            continue
        if not heading and not column:
            continue
        columns = {normal(name): name for name in BY_NAME[known].by_name}
        ours = columns.get(normal(column))
        if ours is None:
            near = get_close_matches(normal(column), columns, n=1)
            mend = f"did you mean {columns[near[0]]}?" if near else f"{known} has " + ", ".join(columns.values())
            findings.problem(place, Kind.SETTING, f"{known} has no column {shown(column)}", mend)
        elif not normal(heading):
            mend = f"write the heading your file has for {ours}"
            findings.problem(place, Kind.SETTING, "the heading is empty", mend)
        else:
            names.setdefault(known, {})[normal(heading)] = Name(heading, ours, place)
    return names


def _toml(path: Path, findings: Findings) -> tuple[dict[str, object], list[str]]:
    """Parse a file, reporting where it cannot be parsed."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
        return tomllib.loads(text), text.splitlines()
    except UnicodeDecodeError as error:
        place = path.name, data[: error.start].count(b"\n") + 1, 1
        findings.problem(place, Kind.UNREADABLE, "the file is not UTF-8 text", "save it as UTF-8")
    except ValueError as error:  # TOMLDecodeError, and numbers of thousands of digits
        match = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", str(error))
        end = data.decode("utf-8-sig").rstrip().count("\n") + 1
        line, column = (int(match[1] or end), int(match[2] or 1)) if match else (1, 1)
        what = str(error)[: match.start()] if match else str(error)
        mend = 'write lines such as periods = 4, and texts between "quotation marks"'
        findings.problem((path.name, line, column), Kind.UNREADABLE, f"the line is not TOML: {what}", mend)
    except RecursionError:
        findings.problem(
            (path.name, 1, 1), Kind.UNREADABLE, "the file is nested too deeply", "write one line a setting"
        )
    return {}, []


def _where(lines: list[str], key: str, *, table: str = "", header: bool = False) -> tuple[int, int]:
    """Find the line and column where a key is written (TOML's parser does not say); 1:1 where it is not found."""
    written = rf"(?:{re.escape(key)}|{re.escape(json.dumps(key, ensure_ascii=False))}|'{re.escape(key)}')"
    wanted = re.compile(rf"\s*\[\s*{written}\s*\]" if header else rf"\s*{written}\s*=")
    inside = not table
    for line, text in enumerate(lines, start=1):
        if table and text.lstrip().startswith("["):
            inside = text.strip().strip("[]").strip().strip("\"'") == table
        elif inside and wanted.match(text):
            return line, len(text) - len(text.lstrip()) + 1
        if header and wanted.match(text):
            return line, 1
    return 1, 1
