"""What direction keeps about people, field by field."""

from django.utils.translation import gettext_lazy as _

from vested.core.labels import TASK, Label, label, of, plain
from vested.direction.models import (
    Attendance,
    Commitment,
    Decision,
    Duty,
    Escalation,
    FollowUp,
    Future,
    Hope,
    Invitation,
    Meaning,
    Measure,
    Momentum,
    Need,
    Objective,
    Observation,
    Obstacle,
    Opportunity,
    Reply,
    Retelling,
    SteeringSession,
    Vision,
)

LEADING = Label(
    name="leading",
    purpose=_("To know who answers for what the office wants, promises and decides"),
    basis=TASK,
    audience=_("Everybody of the sector; promises marked public, everybody"),
    after=_("after the person left; the words stay, without the name"),
)
HEARING = Label(
    name="hearing",
    purpose=_("To hear what people hope for and what stands in their way, and to answer"),
    basis=TASK,
    audience=_("Who leads their unit; what was answered, everybody of the sector"),
)

label(
    Vision,
    _("Who wrote the vision"),
    of("written_by", LEADING, "number purpose why since"),
)
label(
    Meaning, _("What somebody says the vision means"), of("said_by", LEADING, "words said_on"), plain="unit reminded_on"
)
label(
    Retelling,
    _("When somebody told the vision again"),
    of("told_by", LEADING, "told_on audience words"),
    plain="unit heard",
)
label(
    Objective,
    _("Objectives somebody owns"),
    of("owner", LEADING, "title"),
    plain="find code why about parent unit starts_on ends_on closed_on closed_why reached version",
)
label(
    Observation,
    _("Observations somebody noted"),
    of("noted_by", LEADING, "measure on value source doubt"),
    plain="error",
)
label(
    Commitment,
    _("Promises somebody made"),
    of("person", LEADING, "find words to_whom made_on due_on proof_is kept_on proof withdrawn_on withdrawn_why"),
    plain="unit objective session public reminded",
)
label(Reply, _("What somebody said about a promise"), of("said_by", LEADING, "commitment words said_on"))
label(
    Duty,
    _("Duties somebody answers"),
    of("owner", LEADING, "title"),
    plain="find code kind source words unit due_on met_on met_how",
)
label(
    Opportunity,
    _("Opportunities somebody owns"),
    of("owner", LEADING, "title"),
    plain="find intention unit opens_on closes_on ended_on seized ended_why",
)
label(Momentum, _("What somebody noted of an opportunity"), of("noted_by", LEADING, "opportunity words noted_on"))
label(
    Escalation,
    _("Decisions somebody asked for, or has to make"),
    of("raised_by", LEADING, "find title words asked options raised_on"),
    of("owner", LEADING),
    plain="unit about_type about_id owner_by director_by top_by decided_on climbed",
)
label(
    Decision,
    _("What somebody decided"),
    of("decided_by", LEADING, "find what chosen why decided_on"),
    plain="unit escalation session",
)
label(FollowUp, _("What somebody noted of a decision"), of("noted_by", LEADING, "decision words noted_on"))
label(
    Obstacle,
    _("What stood in somebody's way, and who answered"),
    of("raised_by", HEARING, "find kind words wish raised_on"),
    of("owner", LEADING),
    of("answered_by", LEADING, "outcome answer answered_on"),
    plain="unit answer_by reminded",
)
label(
    Hope,
    _("What a leader hopes for, and the answer"),
    of("person", HEARING, "unit words said_on outcome answer answered_on need"),
    of("answered_by", LEADING),
)
label(Attendance, _("Steering sessions somebody was at"), of("person", LEADING, "session"))
plain(Measure, "objective name counts better baseline baseline_on target target_on path every_days")
plain(Invitation, "opportunity party asked_on answer answered_on words")
plain(SteeringSession, "find forum on unit")
plain(Future, "since until why_ended title year story stays good_at")
plain(Need, "since until why_ended group words evidence evidence_on")
