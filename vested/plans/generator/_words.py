"""The words a made-up sector is built from: job families and roles, skills, names of units, courses and initiatives.

All of it is ours. A role is (id, name, seniority), seniority running from 1 (assistant) to 4 (expert or leader); a
family names the skills it lives on (``core``) and those it touches (``side``).
"""

from dataclasses import dataclass

# area -> skills; a skill's id is its place: SK01, SK02, …
SKILLS: dict[str, tuple[str, ...]] = {
    "Digital foundations": (
        "Digital collaboration",
        "Information security in daily work",
        "Data protection in daily work",
        "Finding and judging information",
        "Accessible documents",
        "Working with AI assistants",
    ),
    "Data": (
        "Data literacy",
        "Data analysis",
        "Data visualisation",
        "Data governance",
        "Statistics",
        "Data engineering",
        "Machine learning",
        "Open data",
    ),
    "Technology": (
        "Software development",
        "Cloud platforms",
        "Systems integration",
        "Cyber security operations",
        "Enterprise architecture",
        "Software testing",
        "Technical support",
        "Identity and access",
        "Infrastructure operations",
    ),
    "Services": (
        "User research",
        "Service design",
        "Plain language",
        "Content design",
        "Digital case handling",
        "Channel guidance",
        "Process automation",
    ),
    "Policy and law": (
        "Policy analysis",
        "Digital-ready legislation",
        "Impact assessment",
        "Administrative law",
        "Procurement law",
        "Contract law",
        "Regulation of AI",
    ),
    "Money and suppliers": (
        "Agile procurement",
        "Supplier management",
        "Business cases",
        "Budgeting",
        "Benefits follow-up",
    ),
    "Leading change": (
        "Digital leadership",
        "Change management",
        "Coaching",
        "Product management",
        "Agile delivery",
        "Programme management",
        "Risk management",
    ),
    "People and dialogue": (
        "Workforce planning",
        "Learning design",
        "Recruiting digital talent",
        "Digital communication",
        "Facilitation",
        "Citizen involvement",
    ),
}

FOUNDATIONS = SKILLS["Digital foundations"] + ("Data literacy",)
"""What roles in every family are asked for."""


@dataclass(frozen=True, slots=True)
class Family:
    """A job family: its share of all staff outside management, its skills and its roles."""

    name: str
    share: float
    core: tuple[str, ...]
    side: tuple[str, ...]
    roles: tuple[tuple[str, str, int], ...]


FAMILIES: tuple[Family, ...] = (
    Family(
        "Policy",
        0.11,
        ("Policy analysis", "Digital-ready legislation", "Impact assessment", "Plain language", "Citizen involvement"),
        ("Statistics", "Facilitation", "Regulation of AI", "Data visualisation", "Open data", "Budgeting"),
        (
            ("policy-assistant", "Policy assistant", 1),
            ("policy-officer", "Policy officer", 2),
            ("policy-adviser", "Policy adviser", 3),
            ("policy-lead", "Lead policy adviser", 4),
        ),
    ),
    Family(
        "Administration",
        0.17,
        ("Digital case handling", "Process automation", "Plain language", "Administrative law", "Budgeting"),
        ("Technical support", "Channel guidance", "Facilitation", "Data visualisation", "Supplier management"),
        (
            ("clerk", "Clerk", 1),
            ("records-officer", "Records officer", 2),
            ("office-coordinator", "Office coordinator", 2),
            ("finance-officer", "Finance officer", 2),
            ("process-owner", "Process owner", 3),
        ),
    ),
    Family(
        "Information technology",
        0.12,
        (
            "Software development",
            "Cloud platforms",
            "Systems integration",
            "Cyber security operations",
            "Software testing",
            "Identity and access",
            "Infrastructure operations",
            "Technical support",
        ),
        ("Enterprise architecture", "Agile delivery", "Service design", "Data engineering", "Supplier management"),
        (
            ("support-technician", "Support technician", 1),
            ("developer", "Developer", 2),
            ("test-engineer", "Test engineer", 2),
            ("platform-engineer", "Platform engineer", 3),
            ("security-analyst", "Security analyst", 3),
            ("enterprise-architect", "Enterprise architect", 4),
        ),
    ),
    Family(
        "Data and statistics",
        0.07,
        (
            "Data analysis",
            "Data visualisation",
            "Data governance",
            "Statistics",
            "Data engineering",
            "Machine learning",
        ),
        ("Open data", "Regulation of AI", "Software development", "Cloud platforms", "Facilitation"),
        (
            ("data-steward", "Data steward", 2),
            ("data-analyst", "Data analyst", 2),
            ("statistician", "Statistician", 3),
            ("data-engineer", "Data engineer", 3),
            ("data-scientist", "Data scientist", 4),
        ),
    ),
    Family(
        "Procurement",
        0.06,
        ("Procurement law", "Agile procurement", "Supplier management", "Business cases", "Contract law"),
        ("Budgeting", "Benefits follow-up", "Risk management", "Cloud platforms", "Data analysis"),
        (
            ("buyer", "Buyer", 1),
            ("procurement-officer", "Procurement officer", 2),
            ("contract-manager", "Contract manager", 3),
            ("category-lead", "Category lead", 4),
        ),
    ),
    Family(
        "Law",
        0.07,
        ("Administrative law", "Digital-ready legislation", "Contract law", "Regulation of AI", "Plain language"),
        ("Procurement law", "Impact assessment", "Data governance", "Digital case handling", "Risk management"),
        (
            ("legal-assistant", "Legal assistant", 1),
            ("lawyer", "Lawyer", 2),
            ("data-protection-adviser", "Data protection adviser", 3),
            ("legal-counsel", "Legal counsel", 4),
        ),
    ),
    Family(
        "Human resources",
        0.05,
        ("Workforce planning", "Learning design", "Recruiting digital talent", "Coaching", "Change management"),
        ("Data analysis", "Facilitation", "Administrative law", "Digital communication", "Budgeting"),
        (
            ("hr-officer", "HR officer", 2),
            ("learning-adviser", "Learning adviser", 2),
            ("recruiter", "Recruiter", 2),
            ("hr-partner", "HR partner", 3),
        ),
    ),
    Family(
        "Communication",
        0.05,
        ("Digital communication", "Content design", "Plain language", "Citizen involvement", "Data visualisation"),
        ("User research", "Facilitation", "Service design", "Channel guidance", "Change management"),
        (
            ("web-editor", "Web editor", 1),
            ("communication-officer", "Communication officer", 2),
            ("content-designer", "Content designer", 3),
            ("press-lead", "Head of press", 4),
        ),
    ),
    Family(
        "Service delivery",
        0.26,
        ("Digital case handling", "Channel guidance", "Plain language", "Service design", "Process automation"),
        ("User research", "Administrative law", "Content design", "Data visualisation", "Coaching", "Risk management"),
        (
            ("service-assistant", "Service assistant", 1),
            ("case-worker", "Case worker", 2),
            ("senior-case-worker", "Senior case worker", 3),
            ("inspector", "Inspector", 2),
            ("service-designer", "Service designer", 3),
        ),
    ),
    Family(
        "Management",
        0.04,
        ("Digital leadership", "Change management", "Risk management", "Benefits follow-up", "Business cases"),
        ("Product management", "Agile delivery", "Programme management", "Coaching", "Workforce planning", "Budgeting"),
        (
            ("project-manager", "Project manager", 3),
            ("product-owner", "Product owner", 3),
            ("team-leader", "Team leader", 3),
            ("head-of-department", "Head of department", 4),
            ("director", "Director", 4),
        ),
    ),
)

TEAM_LEADER, DEPARTMENT_HEAD, DIRECTOR = "team-leader", "head-of-department", "director"

AGENCIES: tuple[tuple[str, str], ...] = (  # name, the family it has most of
    ("Agency for Permits", "Service delivery"),
    ("Agency for Statistics", "Data and statistics"),
    ("Agency for Digital Services", "Information technology"),
    ("Inspection Authority", "Service delivery"),
    ("Payments Agency", "Administration"),
    ("Land and Buildings Registry", "Administration"),
    ("Appeals Board", "Law"),
    ("Purchasing Agency", "Procurement"),
    ("Agency for Citizens' Advice", "Communication"),
    ("Research and Foresight Institute", "Policy"),
    ("Shared Services Centre", "Human resources"),
    ("Agency for Roads and Bridges", "Service delivery"),
    ("Water and Coast Authority", "Service delivery"),
    ("Agency for Licences", "Service delivery"),
    ("Benefits Agency", "Administration"),
    ("Archives", "Administration"),
)

DEPARTMENTS: dict[str, tuple[str, ...]] = {
    "Policy": ("Policy and Strategy", "Foresight", "International Affairs"),
    "Administration": ("Finance and Records", "Payments", "Internal Operations"),
    "Information technology": ("Digital Platforms", "Infrastructure", "Applications"),
    "Data and statistics": ("Data and Analysis", "Registers", "Methods"),
    "Procurement": ("Procurement", "Contracts", "Supplier Relations"),
    "Law": ("Legal Affairs", "Appeals", "Legislation"),
    "Human resources": ("People and Learning", "Recruitment", "Workplace"),
    "Communication": ("Communication", "Web and Content", "Press"),
    "Service delivery": ("Customer Service", "Casework", "Inspection", "Field Services"),
    "Management": ("Programme Office", "Portfolio", "Secretariat"),
}

GIVEN_NAMES = (
    "Ada",
    "Alma",
    "Amir",
    "Astrid",
    "Birk",
    "Cato",
    "Dara",
    "Elias",
    "Esra",
    "Finn",
    "Freja",
    "Hana",
    "Hugo",
    "Ilse",
    "Iris",
    "Jamal",
    "Jonas",
    "Juno",
    "Leila",
    "Luca",
    "Maja",
    "Malik",
    "Mila",
    "Noor",
    "Otto",
    "Petra",
    "Ruben",
    "Saga",
    "Sofie",
    "Vera",
    "Wout",
    "Yara",
)

RUNGS: tuple[str, ...] = (  # by the whole level a course starts from
    "Introduction to {skill}",
    "First steps in {skill}",
    "{Skill} in practice",
    "{Skill}, step two",
    "Advanced {skill}",
    "{Skill} for specialists",
    "Expert seminar: {skill}",
    "Masterclass: {skill}",
)

PROVIDERS: tuple[str, ...] = (
    "Academy of the sector",
    "School of public administration",
    "Open university courses",
    "Training framework contract A",
    "Training framework contract B",
    "Agency trainers",
)

INITIATIVES: tuple[str, ...] = (
    "One front door for permits",
    "Case files without paper",
    "Reminders before deadlines",
    "Ask once: registers that share",
    "Letters people understand",
    "Open data on waiting times",
    "Inspection from a tablet",
    "Payments the same day",
    "Booking an appointment online",
    "A common identity for staff",
    "Automatic decisions for simple cases",
    "Translation for every counter",
    "Moving the data centre to the cloud",
    "Security watch around the clock",
    "Buying in small steps",
    "Contracts everyone can follow",
    "Data stewards in every agency",
    "Forecasting the case load",
    "Digital-ready rules",
    "Citizens' panel on new services",
    "Complaints that lead somewhere",
    "A shared component library",
    "Digital mailbox for companies",
    "Legacy register renewal",
    "Recruiting without a form",
    "Maps behind every permit",
    "Accessible forms everywhere",
    "Benefits followed to the end",
    "AI assistants with care",
    "Learning weeks for managers",
    "Grants from application to report",
    "Sensors on bridges",
    "A single price list for services",
    "Mobile access for field staff",
    "Archive at the click of a button",
    "Peer support for digital officers",
)

MORE_INITIATIVES: tuple[str, ...] = (
    "One calendar for inspections",
    "Signing without a pen",
    "Refunds without asking",
    "A register of beneficial owners",
    "Speech to text in hearings",
    "Rules as code for fees",
    "A shared contact centre",
    "Digital twins of roads",
    "Procurement data in the open",
    "Early warning of fraud",
    "Licences on the phone",
    "Exit from the last mainframe",
    "Guides for every life event",
    "Case handlers' workbench",
    "Interpretation by video",
    "Single sign-on for companies",
    "Green data rooms",
    "Skills passport for staff",
    "Shared test environments",
    "Hearing by video",
    "Address changes once",
    "Automatic archiving",
    "Drones for land survey",
    "Machine reading of old files",
    "Support for those offline",
    "Vaccination records abroad",
    "Farm subsidies from satellite",
    "Chat with a case number",
    "Waiting lists in real time",
    "A library of proven contracts",
    "Student records for life",
    "Customs before arrival",
)
"""What a portfolio has beside ``INITIATIVES``."""

OBJECTIVES: tuple[str, ...] = (
    "Nobody is asked twice",
    "An answer within the day",
    "Services that work for all",
    "Safe and kept up to date",
    "Decisions from data",
)

POOLS: tuple[tuple[str, str], ...] = (
    ("DEV", "Developers"),
    ("DATA", "Data specialists"),
    ("DESIGN", "Service designers"),
    ("LAW", "Process and law"),
    ("OPS", "Security and operations"),
    ("CHANGE", "Change and training"),
)

BLOCKS: tuple[str, ...] = (
    "One login",
    "Consent register",
    "Payments",
    "Digital mailbox",
    "Forms",
    "Case engine",
    "Maps",
    "Translation",
)
