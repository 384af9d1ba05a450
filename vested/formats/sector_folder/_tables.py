"""The tables of a sector folder and their columns, stated once.

Reading, checking, writing, the template and the reference page all follow these tables, so that none of them can say
something else. Names of columns are the fields of the nouns in ``_nouns``.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from vested.formats.sector_folder._nouns import FixedStatus, Mode, UnitKind


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
    NUMBER = "number, 0 or more"


TEXT_TYPES = frozenset({Type.ID, Type.REF, Type.REFS, Type.TEXT, Type.TEXTS})
"""Types whose cells are written as text, so that a spreadsheet must be kept from running them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its ``default`` is what an empty cell reads as; ``refers`` names the table its ids come from."""

    name: str
    holds: Type
    about: str
    required: bool = False
    default: object = None
    refers: str = ""
    choices: type[StrEnum] | None = None


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


def _id(name: str, about: str) -> Column:
    return Column(name, Type.ID, about, required=True)


def _ref(name: str, refers: str, about: str, *, required: bool = True) -> Column:
    return Column(name, Type.REF, about, required=required, refers=refers)


def _text(name: str, about: str, *, required: bool = False) -> Column:
    return Column(name, Type.TEXT, about, required=required, default="")


def _number(name: str, kind: Type, about: str, default: float | None = None) -> Column:
    return Column(name, kind, about, required=default is None, default=default)


_UNITS = Table(
    "units",
    "The organisation: ministries and agencies with the departments and teams below them.",
    (
        _id("unit_id", "Your own short name for the unit."),
        _text("name", "What people call the unit.", required=True),
        Column(
            "kind",
            Type.CHOICE,
            "What the unit is. Fairness looks at every ministry and every agency with all below it.",
            required=True,
            choices=UnitKind,
        ),
        _ref("parent_id", "units", "The unit above; empty at the top.", required=False),
    ),
    key=("unit_id",),
    needed=True,
    examples=(
        ("PORT", "Ministry of Ports", "ministry", ""),
        ("PILOT", "Pilotage Agency", "agency", "PORT"),
        ("BERTH", "Berth planning", "team", "PILOT"),
    ),
)

_STAFF = Table(
    "staff",
    "The people who can learn, one row each.",
    (
        _id("person_id", "Your own number or short name for the person."),
        _text("name", "The person's name as it appears in the plan.", required=True),
        _text("email", "Address for messages; the plan does not need it."),
        _ref("unit_id", "units", "The unit the person works in."),
        _ref("role_id", "roles", "What the person is employed to do."),
        _text("grade", "Grade or pay band. Fairness looks at every grade as a group."),
        _number("hours", Type.AMOUNT, "Hours the person can spend on learning over the whole horizon."),
        Column("languages", Type.TEXTS, "Languages the person learns in, as da|en; empty means every one.", default=()),
        _ref("manager_id", "staff", "The person's manager, who is in this table too.", required=False),
    ),
    key=("person_id",),
    needed=True,
    examples=(
        ("P001", "Director 001", "p001@ports.example", "PORT", "DIR", "A", "24", "da|en", ""),
        ("P002", "Planner 002", "p002@ports.example", "BERTH", "PLAN", "B", "40", "da", "P001"),
        ("P003", "Planner 003", "p003@ports.example", "BERTH", "PLAN", "B", "40", "", "P002"),
    ),
)

_SKILLS = Table(
    "skills",
    "What people can be able to do. Without this table, skills are taken from the tables that name them.",
    (
        _id("skill_id", "Your own short name for the skill, or the framework's."),
        _text("name", "What the skill is called.", required=True),
        _text("area", "The area the skill belongs to."),
        _text("framework", "The framework the skill comes from, such as DigComp 3.0."),
        _text("uri", "The skill's address in its framework."),
    ),
    key=("skill_id",),
    examples=(
        ("DATA", "Working with data", "Data", "", ""),
        ("SEC", "Information security", "Safety", "", ""),
        ("LEAD", "Leading digital change", "Leadership", "", ""),
    ),
)

_ROLES = Table(
    "roles",
    "What people are employed to do.",
    (
        _id("role_id", "Your own short name for the role."),
        _text("name", "What the role is called.", required=True),
        _text("job_family", "The family of jobs the role belongs to; the report groups by it."),
        _number("weight", Type.NUMBER, "How much a gap in this role counts beside the same gap in others.", 1.0),
    ),
    key=("role_id",),
    needed=True,
    examples=(
        ("DIR", "Director", "Management", "1.5"),
        ("PLAN", "Berth planner", "Operations", "1"),
        ("IT", "Developer", "Digital", "1"),
    ),
)

_REQUIREMENTS = Table(
    "role_requirements",
    "The level of each skill that a role asks for.",
    (
        _ref("role_id", "roles", "The role."),
        _ref("skill_id", "skills", "The skill it asks for."),
        _number("level", Type.LEVEL, "The level it asks for."),
        _number("weight", Type.NUMBER, "How much a gap in this skill counts beside others of the role.", 1.0),
    ),
    key=("role_id", "skill_id"),
    needed=True,
    examples=(("DIR", "LEAD", "6", "1"), ("PLAN", "DATA", "5", "1"), ("PLAN", "SEC", "3", "0.5")),
)

_LEVELS = Table(
    "levels",
    "What people can do now. A person and skill without a row stand at level 0.",
    (
        _ref("person_id", "staff", "The person."),
        _ref("skill_id", "skills", "The skill."),
        _number("level", Type.LEVEL, "The level the person has."),
        Column("error", Type.NUMBER, "Standard error of the level, in levels; empty where nobody knows."),
        _text("source", "Where the level comes from: self, manager, test, evidence."),
        Column("assessed_on", Type.DATE, "The day it was assessed."),
    ),
    key=("person_id", "skill_id"),
    examples=(
        ("P001", "LEAD", "4", "0.5", "manager", "2026-03-01"),
        ("P002", "DATA", "2", "0.8", "self", "2026-02-14"),
        ("P003", "DATA", "3.5", "0.3", "test", "2026-02-20"),
    ),
)

_COURSES = Table(
    "courses",
    "Training that can be given, whoever provides it.",
    (
        _id("course_id", "Your own short name for the course."),
        _text("title", "What the course is called.", required=True),
        _text("provider", "Who gives the course."),
        Column("mode", Type.CHOICE, "How the course is held.", choices=Mode),
        _text("language", "The language it is held in; empty means any."),
        _number("hours", Type.AMOUNT, "Hours it takes each person."),
        _number("cost", Type.AMOUNT, "What it costs for each person."),
        _ref("prerequisite_id", "courses", "A course that must be completed first.", required=False),
        Column(
            "compulsory_for",
            Type.REFS,
            "Roles that must take it: all, or role ids as DIR|PLAN; empty means nobody must.",
            default=(),
            refers="roles",
        ),
        _text("url", "Where the course is described."),
    ),
    key=("course_id",),
    needed=True,
    examples=(
        ("SEC1", "Safe at work online", "Academy", "online", "", "3", "0", "", "all", "https://academy.example/sec1"),
        ("DATA1", "Reading figures", "Academy", "in_person", "da", "14", "300", "", "", ""),
        ("DATA2", "Figures that decide", "Academy", "blended", "da", "20", "650", "DATA1", "", ""),
    ),
)

_OUTCOMES = Table(
    "course_outcomes",
    "What a course teaches: it takes whoever has at least from_level of every skill here to to_level.",
    (
        _ref("course_id", "courses", "The course."),
        _ref("skill_id", "skills", "The skill it teaches."),
        _number("from_level", Type.LEVEL, "The level a person needs to follow it.", 0.0),
        _number("to_level", Type.LEVEL, "The level a person has afterwards; above from_level."),
    ),
    key=("course_id", "skill_id"),
    needed=True,
    examples=(("SEC1", "SEC", "0", "3"), ("DATA1", "DATA", "0", "3"), ("DATA2", "DATA", "3", "5")),
)

_SESSIONS = Table(
    "sessions",
    "When courses are held.",
    (
        _id("session_id", "Your own short name for the session."),
        _ref("course_id", "courses", "The course that is held."),
        _number("period", Type.PERIOD, "The period it is held in; 1 is the first."),
        Column("starts_on", Type.DATE, "Its first day."),
        Column("seats", Type.WHOLE, "How many people it has room for; empty means no limit."),
    ),
    key=("session_id",),
    needed=True,
    examples=(
        ("SEC1-1", "SEC1", "1", "2027-01-15", ""),
        ("DATA1-1", "DATA1", "1", "2027-02-02", "16"),
        ("DATA2-2", "DATA2", "2", "2027-05-11", "12"),
    ),
)

_COMPLETIONS = Table(
    "completions",
    "Courses people have completed. They satisfy prerequisites, are never repeated and change no level.",
    (
        _ref("person_id", "staff", "The person."),
        _ref("course_id", "courses", "The course the person completed."),
        Column("completed_on", Type.DATE, "The day it was completed."),
    ),
    key=("person_id", "course_id"),
    examples=(
        ("P001", "SEC1", "2026-01-20"),
        ("P001", "DATA1", "2025-11-03"),
        ("P003", "DATA1", "2025-11-03"),
    ),
)

_WISHES = Table(
    "wishes",
    "Courses people ask for themselves.",
    (
        _ref("person_id", "staff", "The person."),
        _ref("course_id", "courses", "The course the person asks for."),
        _number("weight", Type.NUMBER, "What the wish counts beside one weighted level of gap closed.", 0.2),
    ),
    key=("person_id", "course_id"),
    examples=(("P001", "DATA2", "0.2"), ("P002", "DATA1", "0.2"), ("P003", "DATA2", "0.5")),
)

_FIXED = Table(
    "fixed",
    "What people answered to sessions the plan proposed.",
    (
        _ref("person_id", "staff", "The person."),
        _ref("session_id", "sessions", "The session."),
        Column(
            "status",
            Type.CHOICE,
            "Accepted stays in every plan; declined is never proposed again.",
            required=True,
            choices=FixedStatus,
        ),
    ),
    key=("person_id", "session_id"),
    examples=(
        ("P002", "SEC1-1", "accepted"),
        ("P003", "DATA2-2", "accepted"),
        ("P001", "DATA2-2", "declined"),
    ),
)

_INITIATIVES = Table(
    "initiatives",
    "Work that changes something and needs people who can do it.",
    (
        _id("initiative_id", "Your own short name for the initiative."),
        _text("title", "What the initiative is called.", required=True),
    ),
    key=("initiative_id",),
    examples=(
        ("BOOK", "Berth booking online"),
        ("TIDE", "Tide warnings on the phone"),
        ("PAPER", "No paper at the gate"),
    ),
)

_INITIATIVE_SKILLS = Table(
    "initiative_skills",
    "People an initiative needs, at a level of a skill, by the end of a period.",
    (
        _ref("initiative_id", "initiatives", "The initiative."),
        _ref(
            "unit_id", "units", "Where the people work: this unit or below; empty is the whole sector.", required=False
        ),
        _ref("skill_id", "skills", "The skill they need."),
        _number("level", Type.LEVEL, "The level they need."),
        _number("people", Type.WHOLE, "How many people it needs, those who have the level now included."),
        _number("by_period", Type.PERIOD, "The period by whose end they need it."),
        _number(
            "weight", Type.NUMBER, "What one more such person counts beside one weighted level of gap closed.", 1.0
        ),
    ),
    examples=(
        ("BOOK", "BERTH", "DATA", "5", "2", "2", "1"),
        ("TIDE", "", "DATA", "3", "2", "2", "0.5"),
        ("PAPER", "PILOT", "SEC", "3", "1", "1", "1"),
    ),
)

_BUDGETS = Table(
    "budgets",
    "Money for training over the whole horizon.",
    (
        _ref("unit_id", "units", "The unit with all below it; empty is the budget for everybody.", required=False),
        _number("amount", Type.AMOUNT, "What may be spent, in the currency of the plan."),
    ),
    key=("unit_id",),
    examples=(("", "5000"), ("PILOT", "2500"), ("BERTH", "2000")),
)

TABLES: tuple[Table, ...] = (
    _UNITS,
    _STAFF,
    _SKILLS,
    _ROLES,
    _REQUIREMENTS,
    _LEVELS,
    _COURSES,
    _OUTCOMES,
    _SESSIONS,
    _COMPLETIONS,
    _WISHES,
    _FIXED,
    _INITIATIVES,
    _INITIATIVE_SKILLS,
    _BUDGETS,
)
BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Setting:
    """A line of ``plan.toml``; ``default`` in words where no value can say it."""

    name: str
    about: str
    range: str
    default: str
    example: str


SETTINGS: tuple[Setting, ...] = (
    Setting("periods", "How many periods the plan looks ahead.", "whole number from 1", "largest session period", "4"),
    Setting("currency", "The money of costs and budgets.", "text", "EUR", "EUR"),
    Setting("fairness", "The share of every group's weighted gap that should close.", "0 to 1", "0", "0.3"),
    Setting(
        "cost_weight", "What one unit of money saved counts beside one weighted level.", "0 or more", "1e-6", "1e-6"
    ),
    Setting("max_level", "The highest level of the scale in use.", "above 0", "8", "8"),
    Setting("seed", "Start of the plan's chance: the same number gives the same plan.", "whole number", "0", "7"),
)
