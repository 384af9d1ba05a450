"""What the initiatives of the demo are for: made up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Work:
    """An initiative in words: why, what changes with it, and what gets better by how much a year."""

    title: str
    why: str
    changes: str
    gain: str
    counts: str
    amount: float

    @property
    def explores(self) -> bool:
        """Whether it tries something new."""
        return self.title in EXPLORING


EXPLORING = frozenset((
    "Open data on waiting times", "Automatic decisions for simple cases", "Translation for every counter",
    "Forecasting the case load", "Digital-ready rules", "Citizens' panel on new services", "AI assistants with care",
    "Learning weeks for managers", "Sensors on bridges", "Peer support for digital officers",
    "Death in the family, one contact", "Reading aloud every letter", "A second pair of eyes by machine",
    "The driving licence on the phone", "Data from the weather to the plough", "Wood permits by satellite",
    "A chat that hands over", "Open source first",
))  # fmt: skip
# Those the demo's sector names itself, by title.
NAMED = (
    Work("One front door for permits", "A builder asks five authorities for one permit.", "Five intakes become one.",
         "Permits settled with one contact", "permits", 5200),
    Work("Case files without paper", "Files travel by van between two offices.", "The archive closes its paper intake.",
         "Files that nobody has to look for", "files", 31000),
    Work("Reminders before deadlines", "Every third late fee is a date somebody forgot.",
         "Fees are preceded by a message.", "Late fees avoided", "fees", 8400),
    Work("Ask once: registers that share", "We ask for what another register knows.",
         "Intake looks things up before it asks.", "Questions not asked twice", "questions", 120000),
    Work("Letters people understand", "One call in four is about a letter of ours.", "Letters are tested with readers.",
         "Calls about letters avoided", "calls", 26000),
    Work("Open data on waiting times", "Nobody outside knows how long a case takes.",
         "Each unit publishes its times monthly.", "Kinds of cases with published times", "kinds", 40),
    Work("Inspection from a tablet", "Inspectors write twice: on site and at the desk.",
         "Reports are finished on site.", "Days from visit to report saved", "days", 9),
    Work("Payments the same day", "Who is owed money waits eleven days.", "Payments run daily, not weekly.",
         "Payments made the same day", "payments", 64000),
    Work("Booking an appointment online", "People queue to get a time to queue.", "Counters work by appointment.",
         "Visits without a queue", "visits", 47000),
    Work("A common identity for staff", "Eleven passwords a person, and a desk to reset them.",
         "Access follows the staff register.", "Password calls avoided", "calls", 15000),
    Work("Automatic decisions for simple cases", "Half of all cases need no judgement.",
         "Case workers take the hard half.", "Cases decided at once", "cases", 38000),
    Work("Translation for every counter", "Interpreters are booked for two sentences.",
         "Counters translate simple matters.", "Visits without an interpreter", "visits", 6100),
    Work("Moving the data centre to the cloud", "The lease of the machine room ends.",
         "Operations buys services, not machines.", "Hours of standstill avoided", "hours", 60),
    Work("Security watch around the clock", "Nobody looks at night, when it happens.",
         "A shared watch serves all agencies.", "Hours until an attack is seen, saved", "hours", 14),
    Work("Buying in small steps", "A tender takes longer than the technology lives.",
         "Purchases are split by what works.", "Weeks from need to contract saved", "weeks", 21),
    Work("Contracts everyone can follow", "Renewals happen because nobody looked.",
         "Each contract has an owner and a day.", "Contracts decided before they renew", "contracts", 130),
    Work("Data stewards in every agency", "Nobody answers for what a figure means.", "Each register has a steward.",
         "Data sets somebody answers for", "data sets", 85),
    Work("Forecasting the case load", "We hire after the queue has grown.", "Planning follows the forecast.",
         "Weeks of notice before a peak", "weeks", 8),
    Work("Digital-ready rules", "Rules say “in writing” and mean paper.", "Drafts are read by those who build.",
         "Rules a machine can follow", "rules", 24),
    Work("Citizens' panel on new services", "We test with colleagues.", "No launch without five outside testers.",
         "Services tested by users", "services", 30),
    Work("Complaints that lead somewhere", "Complaints are answered and forgotten.", "Complaints are counted by cause.",
         "Causes removed", "causes", 45),
    Work("A shared component library", "Nine teams draw the same button.", "Teams take components from one place.",
         "Weeks of building saved", "weeks", 90),
    Work("Digital mailbox for companies", "Letters to companies go to the wrong desk.",
         "Letters go to the mailbox first.", "Letters not printed", "letters", 210000),
    Work("Legacy register renewal", "Two people know the old register.", "The register is renewed part by part.",
         "Changes made within a week", "changes", 140),
    Work("Recruiting without a form", "Good people stop at page six.", "Applications begin with a conversation.",
         "Days until a post is filled, saved", "days", 32),
    Work("Maps behind every permit", "Where is asked in words.", "Applicants point at a map.",
         "Questions about the place avoided", "questions", 9800),
    Work("Accessible forms everywhere", "Some forms cannot be filled in with a keyboard.",
         "No form goes live untested.", "Forms everybody can fill in", "forms", 160),
    Work("Benefits followed to the end", "Nobody looks whether it was worth it.",
         "Each benefit has an owner and a day.", "Benefits reviewed on their day", "benefits", 50),
    Work("AI assistants with care", "Staff use assistants nobody has looked at.", "One is offered, with rules.",
         "Hours of drafting saved", "hours", 12000),
    Work("Learning weeks for managers", "Managers decide on what they have not tried.",
         "Two weeks a year are kept free.", "Managers who have built something", "managers", 60),
    Work("Grants from application to report", "A grant crosses six systems.", "One file from application to report.",
         "Hours of typing saved", "hours", 7600),
    Work("Sensors on bridges", "We learn of a crack when somebody sees it.", "Inspection follows the sensors.",
         "Inspections that found something", "inspections", 45),
    Work("A single price list for services", "The same service costs differently next door.",
         "Fees are set once a year, together.", "Fees with a reason", "fees", 75),
    Work("Mobile access for field staff", "Field staff drive back to look something up.",
         "Work begins at the first visit.", "Drives avoided", "drives", 18000),
    Work("Archive at the click of a button", "Archiving is a week in December.", "Closing a case archives it.",
         "Hours of archiving saved", "hours", 5400),
    Work("Peer support for digital officers", "Each officer solves it alone.", "Officers meet every second week.",
         "Questions answered by a peer", "questions", 300),
)  # fmt: skip
# Those that are in the portfolio alone.
OTHERS = (
    Work("Name a child in one visit", "Parents of a newborn fill in four forms.", "Four forms become one.",
         "Parents who come once", "parents", 11000),
    Work("Moving house, told once", "Who moves tells nine authorities.", "One notice reaches them all.",
         "Notices not repeated", "notices", 88000),
    Work("Register of addresses", "Three registers spell one street in three ways.",
         "One authority answers for addresses.", "Letters that arrive", "letters", 34000),
    Work("Sign in with a national identity", "Our own sign-in is one more to forget.", "Our sign-in closes.",
         "Forgotten passwords avoided", "passwords", 52000),
    Work("A telephone line that knows the case", "Callers tell their story three times.", "The line opens the file.",
         "Calls settled at once", "calls", 43000),
    Work("Death in the family, one contact", "Survivors inform eleven offices.", "One contact informs the rest.",
         "Families with one contact", "families", 6900),
    Work("Reading aloud every letter", "Some cannot read what we write.", "Each letter has a voice.",
         "Letters that were listened to", "letters", 15000),
    Work("A map of road works", "Five agencies dig the same street.", "Works are planned on one map.",
         "Streets dug once", "streets", 210),
    Work("Invoices only electronic", "Clerks type what a machine has printed.", "Paper invoices go back.",
         "Invoices not typed", "invoices", 96000),
    Work("Travel claims without receipts", "Receipts are glued to paper.", "Claims come from the card.",
         "Hours of gluing saved", "hours", 3100),
    Work("A second pair of eyes by machine", "Errors in notices are found in court.",
         "Drafts are checked before they go out.", "Errors found before sending", "errors", 1900),
    Work("Consent people can take back", "Nobody knows what they agreed to.", "Consents stand in one place.",
         "Consents that can be seen", "consents", 240000),
    Work("School places by one deadline", "Each district has its own day.", "One day, one list.",
         "Families told in one week", "families", 14500),
    Work("The driving licence on the phone", "A card that takes nine days to print.", "Checks accept the phone.",
         "Cards not printed", "cards", 70000),
    Work("Health certificates on line", "Doctors fax certificates.", "Certificates arrive as data.",
         "Faxes not sent", "faxes", 41000),
    Work("Shared calendar of hearings", "Hearings clash, and are moved twice.", "Courts and lawyers see one calendar.",
         "Hearings not moved", "hearings", 2300),
    Work("Backups that were tried", "A backup nobody restored is a hope.", "Each quarter one system is restored.",
         "Systems restored in a test", "systems", 36),
    Work("Retire the fax servers", "They still answer, and nobody knows who calls.", "The last twelve lines close.",
         "Lines closed", "lines", 12),
    Work("One contract for licences", "Seven agencies pay seven prices.", "One buys for all.",
         "Licences nobody uses, returned", "licences", 2600),
    Work("Data from the weather to the plough", "Ploughs leave when it has snowed.",
         "Drivers are called by the forecast.", "Roads clear by six", "roads", 380),
    Work("Quick help for new colleagues", "A new colleague waits nine days for access.",
         "Access is there on the first day.", "Days of waiting saved", "days", 8),
    Work("Wood permits by satellite", "Felling is found a year later.", "Pictures are compared each month.",
         "Fellings seen in time", "fellings", 130),
    Work("Statistics without a questionnaire", "Companies report what they have reported.",
         "Statistics come from registers.", "Questionnaires not sent", "questionnaires", 22000),
    Work("A chat that hands over", "The chat ends where the question begins.", "It hands over to a person.",
         "Questions settled in the chat", "questions", 36000),
    Work("Library card for everything", "A card for each branch.", "One card for all.",
         "Cards not issued", "cards", 58000),
    Work("Parking fines explained", "Half of all objections ask what happened.", "The picture comes with the fine.",
         "Objections avoided", "objections", 4700),
    Work("Water readings from afar", "Readers ring at empty homes.", "Meters report by themselves.",
         "Visits avoided", "visits", 92000),
    Work("Emergency plans that are read", "The plan is a folder in a cupboard.", "Plans are practised twice a year.",
         "Units that have practised", "units", 28),
    Work("Open source first", "We pay for what others share.", "Purchases look at shared code first.",
         "Purchases avoided", "purchases", 17),
    Work("The same question, the same answer", "Three agencies answer a third each.", "One answers for all three.",
         "Answers that agree", "answers", 9400),
)  # fmt: skip
BY_TITLE = {work.title: work for work in NAMED}


def work_of(title: str) -> Work:
    """The words for an initiative the sector names itself; plain ones where the demo has none for it."""
    plain = Work(
        title,
        "Users asked for it.",
        "The unit that does it today works otherwise.",
        "Cases settled faster",
        "cases",
        500,
    )
    return BY_TITLE.get(title, plain)
