"""What core keeps about people, field by field."""

from django.utils.translation import gettext_lazy as _

from vested.core.labels import DUTY, TASK, Label, Trace, label, of, plain
from vested.core.models import (
    Counterparty,
    Daily,
    Event,
    Grant,
    Hat,
    Import,
    Job,
    Link,
    Look,
    Membership,
    Notification,
    Opening,
    OpeningLook,
    Pairing,
    Person,
    Sector,
    Token,
    Unit,
    UnitMove,
    User,
    Wall,
)
from vested.core.traces import in_history, in_imports, in_links

EMPLOYMENT = Label(
    name="employment",
    purpose=_("To know who works where, so that each sees and does what is theirs"),
    basis=TASK,
    audience=_("The person, and who may see the people of their unit"),
)
ACCOUNT = Label(
    name="account",
    purpose=_("To let people sign in"),
    basis=TASK,
    audience=_("Nobody; the password is kept as a digest"),
)
ROLES = Label(
    name="roles",
    purpose=_("To decide who may see and do what, and to answer later who could"),
    basis=DUTY,
    audience=_("The person, and who gives roles"),
)
HATS = Label(
    name="hats",
    purpose=_("To keep apart what the office is to somebody outside: its customer, its inspector"),
    basis=DUTY,
    audience=_("The person, and who may see who is what to whom"),
)
NOTICES = Label(
    name="notices",
    purpose=_("To tell people what was done that concerns them"),
    basis=TASK,
    audience=_("The person alone"),
    days=365,
    since="at",
    after=_("after they were told"),
)
PROGRAMS = Label(
    name="programs",
    purpose=_("To let a program act for its person"),
    basis=TASK,
    audience=_("The person alone"),
    days=365,
    since="expires_at",
    after=_("after the token ended"),
)
WORK = Label(
    name="work",
    purpose=_("To do long work, and to say how far it is and who asked for it"),
    basis=TASK,
    audience=_("Who started it, and who may see history"),
    days=90,
    since="ended_at",
    after=_("after it ended"),
)
FILES = Label(
    name="files",
    purpose=_("To bring the office's own files in, and to undo that for a day"),
    basis=TASK,
    audience=_("Who may bring files in"),
    days=730,
    since="at",
    after=_("after they were brought; the files themselves 30 days, the rows that undo it one"),
)
HISTORY = Label(
    name="history",
    purpose=_("To answer who changed what and when"),
    basis=DUTY,
    audience=_("Who may see history, and each what they did themselves"),
    days=3650,
    since="at",
    after=_("after it happened; then without names and words"),
)
LOOKS = Label(
    name="looks",
    purpose=_("To let people see who has looked at their data"),
    basis=DUTY,
    audience=_("The person who was looked at"),
    days=365,
    since="on",
    after=_("after the day"),
)

label(
    Person,
    _("Who works in the sector, or is let in from outside"),
    of("pk", EMPLOYMENT, "find code name email counterparty let_go_on"),
    of("pk", ACCOUNT, "user"),
    plain="version",
)
label(User, _("Accounts"), of("people", ACCOUNT, "email password is_active"))
label(
    Membership,
    _("Where somebody works and worked"),
    of("person", EMPLOYMENT, "unit grade since until"),
    of("manager", EMPLOYMENT),
)
label(Grant, _("Roles held, and until when"), of("person", ROLES, "role unit since until"))
label(Hat, _("What somebody is towards organisations outside"), of("person", HATS, "wall since until"))
label(
    Opening,
    _("That somebody asked to look behind walls, and what was decided"),
    of("person", HATS, "counterparty why hours asked_at answered_at granted answer until ended_at"),
    of("answered_by", HATS),
)
label(OpeningLook, _("What somebody looked at behind walls"), of("person", HATS, "opening path at"))
label(Notification, _("What somebody was told"), of("person", NOTICES, "kind title body said url at read_at"))
label(
    Token,
    _("How programs of a person sign in"),
    of("person", PROGRAMS, "name digest read_only created_at expires_at last_used_on revoked_at"),
    plain="worn",
)
label(
    Job,
    _("Work somebody asked for"),
    of("by", WORK, "kind title language args result error doing created_at started_at ended_at", goes=True),
    plain="held worn state attempt stop_asked best_asked done total seconds_left trace beat_at",
)
label(
    Import,
    _("Files somebody brought, and the rows of people in them"),
    of("person", FILES, "name at files state done_at undone_at"),
    Trace(
        label=FILES,
        fields=("report", "preview", "before"),
        told=in_imports.told,
        forget=in_imports.forget,
        due=in_imports.due,
        expire=in_imports.expire,
    ),
    plain="job folder mapping counts digest",
)
label(
    Event,
    _("What somebody did, and what was done that concerns them"),
    Trace(
        label=HISTORY,
        fields=("by_id", "by_name", "subject_type", "subject_id", "subject_name", "old", "new", "at", "kind"),
        told=in_history.told,
        forget=in_history.forget,
        due=in_history.due,
        expire=in_history.expire,
    ),
    plain="number salt digest chain left",
)
label(
    Look,
    _("Who has looked at somebody's data"),
    of("person", LOOKS, "what about on"),
    of("by", LOOKS),
)
label(
    Link,
    _("What somebody has to do with other things, such as the courses they teach"),
    Trace(
        label=EMPLOYMENT,
        fields=("kind", "source_id", "target_id", "since"),
        told=in_links.told,
        forget=in_links.forget,
    ),
)
plain(Sector, "name slug currency opening_hours")
plain(Unit, "find code name kind parent path ended_on version")
plain(UnitMove, "unit left moved_on")
plain(Daily, "name done_on")
plain(Counterparty, "find code name ended_on version")
plain(Wall, "counterparty kind")
plain(Pairing, "one other rule")
