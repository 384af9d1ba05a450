"""What the room of plans keeps about people, field by field."""

from django.utils.translation import gettext_lazy as _

from vested.core.labels import TASK, Label, Trace, label, of
from vested.plans.models import Assignment, Comment, Plan, Scenario
from vested.plans.traces import due, expire, forget, told

PLANNING = Label(
    name="planning",
    purpose=_("To compute which training to propose to whom, and to say why"),
    basis=TASK,
    audience=_("The person, of the plan that is followed; who may see plans and people; others, figures"),
    days=1825,
    since="asked_at",
    after=_("after the plan was asked for; then without who anybody is"),
)
DECIDING = Label(
    name="deciding",
    purpose=_("To know who asked for a plan, who decided on it and why"),
    basis=TASK,
    audience=_("Who may see plans"),
    after=_("after the person left; the words stay, without the name"),
)

label(
    Scenario,
    _("Scenarios somebody made"),
    of("by", DECIDING, "find name note created_at"),
    plain="copied_from shared asked version",
)
label(Comment, _("What somebody said about a scenario"), of("by", DECIDING, "scenario at words"))
label(
    Plan,
    _("What plans were computed from, and what they give to whom"),
    of("by", DECIDING, "scenario number asked_at"),
    of("proposed_by", DECIDING, "proposed_at proposed_because"),
    of("decided_by", DECIDING, "decided_at decided_because"),
    Trace(label=PLANNING, fields=("frozen", "curve", "draws"), told=told, forget=forget, due=due, expire=expire),
    plain="state job extra asked solved_at seen figures frontier answer_by replaces version",
)
label(Assignment, _("Sessions a plan gives to somebody"), of("person", PLANNING, "plan session row stays"))
