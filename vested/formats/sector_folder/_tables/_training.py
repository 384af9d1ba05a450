"""The tables a training plan is computed from."""

from vested.formats.sector_folder._nouns import Class, FixedStatus, Mode, UnitKind
from vested.formats.sector_folder._tables._columns import Column, Table, Type, number, own_id, ref, text

UNITS = Table(
    "units",
    "The organisation: ministries and agencies with the departments and teams below them.",
    (
        own_id("unit_id", "Your own short name for the unit."),
        text("name", "What people call the unit.", required=True),
        Column(
            "kind",
            Type.CHOICE,
            "What the unit is. Fairness looks at every ministry and every agency with all below it.",
            required=True,
            choices=UnitKind,
        ),
        ref("parent_id", "units", "The unit above; empty at the top.", required=False),
    ),
    key=("unit_id",),
    needed=True,
    examples=(
        ("PORT", "Ministry of Ports", "ministry", ""),
        ("PILOT", "Pilotage Agency", "agency", "PORT"),
        ("BERTH", "Berth planning", "team", "PILOT"),
    ),
)

STAFF = Table(
    "staff",
    "The people who can learn, one row each.",
    (
        own_id("person_id", "Your own number or short name for the person."),
        text("name", "The person's name as it appears in the plan.", required=True),
        text("email", "Address for messages; the plan does not need it."),
        ref("unit_id", "units", "The unit the person works in."),
        ref("role_id", "roles", "What the person is employed to do."),
        text("grade", "Grade or pay band. Fairness looks at every grade as a group."),
        number("hours", Type.AMOUNT, "Hours the person can spend on learning over the whole horizon."),
        Column("languages", Type.TEXTS, "Languages the person learns in, as da|en; empty means every one.", default=()),
        ref("manager_id", "staff", "The person's manager, who is in this table too.", required=False),
    ),
    key=("person_id",),
    needed=True,
    examples=(
        ("P001", "Director 001", "p001@ports.example", "PORT", "DIR", "A", "24", "da|en", ""),
        ("P002", "Planner 002", "p002@ports.example", "BERTH", "PLAN", "B", "40", "da", "P001"),
        ("P003", "Planner 003", "p003@ports.example", "BERTH", "PLAN", "B", "40", "", "P002"),
    ),
)

SKILLS = Table(
    "skills",
    "What people can be able to do. Without this table, skills are taken from the tables that name them.",
    (
        own_id("skill_id", "Your own short name for the skill, or the framework's."),
        text("name", "What the skill is called.", required=True),
        text("area", "The area the skill belongs to."),
        text("framework", "The framework the skill comes from, such as DigComp 3.0."),
        text("uri", "The skill's address in its framework."),
    ),
    key=("skill_id",),
    examples=(
        ("DATA", "Working with data", "Data", "", ""),
        ("SEC", "Information security", "Safety", "", ""),
        ("LEAD", "Leading digital change", "Leadership", "", ""),
    ),
)

ROLES = Table(
    "roles",
    "What people are employed to do.",
    (
        own_id("role_id", "Your own short name for the role."),
        text("name", "What the role is called.", required=True),
        text("job_family", "The family of jobs the role belongs to; the report groups by it."),
        number("weight", Type.NUMBER, "How much a gap in this role counts beside the same gap in others.", 1.0),
    ),
    key=("role_id",),
    needed=True,
    examples=(
        ("DIR", "Director", "Management", "1.5"),
        ("PLAN", "Berth planner", "Operations", "1"),
        ("IT", "Developer", "Digital", "1"),
    ),
)

REQUIREMENTS = Table(
    "role_requirements",
    "The level of each skill that a role asks for.",
    (
        ref("role_id", "roles", "The role."),
        ref("skill_id", "skills", "The skill it asks for."),
        number("level", Type.LEVEL, "The level it asks for."),
        number("weight", Type.NUMBER, "How much a gap in this skill counts beside others of the role.", 1.0),
    ),
    key=("role_id", "skill_id"),
    needed=True,
    examples=(("DIR", "LEAD", "6", "1"), ("PLAN", "DATA", "5", "1"), ("PLAN", "SEC", "3", "0.5")),
)

LEVELS = Table(
    "levels",
    "What people can do now. A person and skill without a row stand at level 0.",
    (
        ref("person_id", "staff", "The person."),
        ref("skill_id", "skills", "The skill."),
        number("level", Type.LEVEL, "The level the person has."),
        Column("error", Type.NUMBER, "Standard error of the level, in levels; empty where nobody knows."),
        text("source", "Where the level comes from: self, manager, test, evidence."),
        Column("assessed_on", Type.DATE, "The day it was assessed."),
    ),
    key=("person_id", "skill_id"),
    examples=(
        ("P001", "LEAD", "4", "0.5", "manager", "2026-03-01"),
        ("P002", "DATA", "2", "0.8", "self", "2026-02-14"),
        ("P003", "DATA", "3.5", "0.3", "test", "2026-02-20"),
    ),
)

COURSES = Table(
    "courses",
    "Training that can be given, whoever provides it.",
    (
        own_id("course_id", "Your own short name for the course."),
        text("title", "What the course is called.", required=True),
        text("provider", "Who gives the course."),
        Column("mode", Type.CHOICE, "How the course is held.", choices=Mode),
        text("language", "The language it is held in; empty means any."),
        number("hours", Type.AMOUNT, "Hours it takes each person."),
        number("cost", Type.AMOUNT, "What it costs for each person."),
        ref("prerequisite_id", "courses", "A course that must be completed first.", required=False),
        Column(
            "compulsory_for",
            Type.REFS,
            "Roles that must take it: all, or role ids as DIR|PLAN; empty means nobody must.",
            default=(),
            refers="roles",
        ),
        text("url", "Where the course is described."),
    ),
    key=("course_id",),
    needed=True,
    examples=(
        ("SEC1", "Safe at work online", "Academy", "online", "", "3", "0", "", "all", "https://academy.example/sec1"),
        ("DATA1", "Reading figures", "Academy", "in_person", "da", "14", "300", "", "", ""),
        ("DATA2", "Figures that decide", "Academy", "blended", "da", "20", "650", "DATA1", "", ""),
    ),
)

OUTCOMES = Table(
    "course_outcomes",
    "What a course teaches: it takes whoever has at least from_level of every skill here to to_level.",
    (
        ref("course_id", "courses", "The course."),
        ref("skill_id", "skills", "The skill it teaches."),
        number("from_level", Type.LEVEL, "The level a person needs to follow it.", 0.0),
        number("to_level", Type.LEVEL, "The level a person has afterwards; above from_level."),
    ),
    key=("course_id", "skill_id"),
    needed=True,
    examples=(("SEC1", "SEC", "0", "3"), ("DATA1", "DATA", "0", "3"), ("DATA2", "DATA", "3", "5")),
)

SESSIONS = Table(
    "sessions",
    "When courses are held.",
    (
        own_id("session_id", "Your own short name for the session."),
        ref("course_id", "courses", "The course that is held."),
        number("period", Type.PERIOD, "The period it is held in; 1 is the first."),
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

COMPLETIONS = Table(
    "completions",
    "Courses people have completed. They satisfy prerequisites, are never repeated and change no level.",
    (
        ref("person_id", "staff", "The person."),
        ref("course_id", "courses", "The course the person completed."),
        Column("completed_on", Type.DATE, "The day it was completed."),
    ),
    key=("person_id", "course_id"),
    examples=(
        ("P001", "SEC1", "2026-01-20"),
        ("P001", "DATA1", "2025-11-03"),
        ("P003", "DATA1", "2025-11-03"),
    ),
)

WISHES = Table(
    "wishes",
    "Courses people ask for themselves.",
    (
        ref("person_id", "staff", "The person."),
        ref("course_id", "courses", "The course the person asks for."),
        number("weight", Type.NUMBER, "What the wish counts beside one weighted level of gap closed.", 0.2),
    ),
    key=("person_id", "course_id"),
    examples=(("P001", "DATA2", "0.2"), ("P002", "DATA1", "0.2"), ("P003", "DATA2", "0.5")),
)

FIXED = Table(
    "fixed",
    "What people answered to sessions the plan proposed.",
    (
        ref("person_id", "staff", "The person."),
        ref("session_id", "sessions", "The session."),
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

INITIATIVES = Table(
    "initiatives",
    "Work that changes something and needs people who can do it.",
    (
        own_id("initiative_id", "Your own short name for the initiative."),
        text("title", "What the initiative is called.", required=True),
        ref("unit_id", "units", "The unit that answers for it.", required=False),
        ref("objective_id", "objectives", "The objective it serves.", required=False),
        Column(
            "class",
            Type.CHOICE,
            "Whether it explores something new or exploits what is known; empty means exploit.",
            choices=Class,
        ),
        Column("mandatory", Type.FLAG, "Whether it has to start; empty means no.", default=False),
        Column("earliest", Type.QUARTER, "The first quarter it may start in; empty means the first of all."),
        Column("latest", Type.QUARTER, "The last quarter it may start in; empty means any that leaves it time."),
        number("risk", Type.NUMBER, "What it counts against risk_cap.", 0.0),
        text("group", "A name that initiatives share of which only one may start."),
    ),
    key=("initiative_id",),
    examples=(
        ("BOOK", "Berth booking online", "BERTH", "SHIPS", "exploit", "", "", "", "2", ""),
        ("TIDE", "Tide warnings on the phone", "PILOT", "SAFE", "explore", "no", "2", "", "3", "WATER"),
        ("PAPER", "No paper at the gate", "PORT", "SHIPS", "", "yes", "", "3", "1", ""),
    ),
)

INITIATIVE_SKILLS = Table(
    "initiative_skills",
    "People an initiative needs, at a level of a skill, by the end of a period.",
    (
        ref("initiative_id", "initiatives", "The initiative."),
        ref(
            "unit_id", "units", "Where the people work: this unit or below; empty is the whole sector.", required=False
        ),
        ref("skill_id", "skills", "The skill they need."),
        number("level", Type.LEVEL, "The level they need."),
        number("people", Type.WHOLE, "How many people it needs, those who have the level now included."),
        number(
            "by_period",
            Type.PERIOD,
            "The period by whose end they need it; of an initiative with modes, counted from the one it starts in.",
        ),
        number("weight", Type.NUMBER, "What one more such person counts beside one weighted level of gap closed.", 1.0),
    ),
    examples=(
        ("BOOK", "BERTH", "DATA", "5", "2", "2", "1"),
        ("TIDE", "", "DATA", "3", "2", "2", "0.5"),
        ("PAPER", "PILOT", "SEC", "3", "1", "1", "1"),
    ),
)

BUDGETS = Table(
    "budgets",
    "Money for training over the whole horizon.",
    (
        ref("unit_id", "units", "The unit with all below it; empty is the budget for everybody.", required=False),
        number("amount", Type.AMOUNT, "What may be spent, in the currency of the plan."),
    ),
    key=("unit_id",),
    examples=(("", "5000"), ("PILOT", "2500"), ("BERTH", "2000")),
)
