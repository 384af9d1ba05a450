"""What a table, a column and a setting are, and short ways to state them."""

from dataclasses import dataclass, field
from enum import StrEnum
from keyword import iskeyword


class Type(StrEnum):
    """What a cell holds, in an officer's words; the type decides the range."""

    ID = "id"
    REF = "id of another row"
    REFS = "ids, separated by |"
    TEXT = "text"
    TEXTS = "texts, separated by |"
    CHOICE = "one of a list"
    DATE = "date"
    LEVEL = "level, 0 to max_level"
    PERIOD = "period, 1 to periods"
    WHOLE = "whole number, 0 or more"
    AMOUNT = "amount, 0 or more"
    QUARTER = "whole number, 1 or more"
    FLAG = "yes or no"
    NUMBER = "number, 0 or more"


TEXT_TYPES = frozenset({Type.ID, Type.REF, Type.REFS, Type.TEXT, Type.TEXTS})
"""Types whose cells are written as text, so that a spreadsheet must be kept from running them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its ``default`` is what an empty cell reads as.

    ``refers`` names the table its ids come from, ``also`` another one they may come from.
    """

    name: str
    holds: Type
    about: str
    required: bool = False
    default: object = None
    refers: str = ""
    also: str = ""
    choices: type[StrEnum] | None = None

    @property
    def field(self) -> str:
        """The noun's field: the column's name, but for words that Python keeps for itself."""
        return f"{self.name}_" if iskeyword(self.name) else self.name

    @property
    def stands(self) -> str:
        """The number an empty cell stands for; empty where it stands for none."""
        return f"{self.default:g}" if isinstance(self.default, float) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``key`` columns together occur once; three ``examples``, cells in the order of the columns."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    needed: bool = False
    examples: tuple[tuple[str, ...], ...] = ()
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})


def own_id(name: str, about: str) -> Column:
    """A column of ids that its table gives out."""
    return Column(name, Type.ID, about, required=True)


def ref(name: str, refers: str, about: str, *, required: bool = True) -> Column:
    """A column of ids that another table gives out."""
    return Column(name, Type.REF, about, required=required, refers=refers)


def text(name: str, about: str, *, required: bool = False) -> Column:
    """A column of texts, empty where nothing is said."""
    return Column(name, Type.TEXT, about, required=required, default="")


def number(name: str, kind: Type, about: str, default: float | None = None) -> Column:
    """A column of numbers, required where nothing stands for an empty cell."""
    return Column(name, kind, about, required=default is None, default=default)


@dataclass(frozen=True, slots=True)
class Setting:
    """A line of ``plan.toml``; ``default`` in words where no value can say it."""

    name: str
    about: str
    range: str
    default: str
    example: str
