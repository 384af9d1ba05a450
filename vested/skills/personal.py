"""What the skills room keeps about people, field by field."""

from django.utils.translation import gettext_lazy as _

from vested.core.labels import TASK, Label, Trace, label, of, plain
from vested.core.personal import EMPLOYMENT
from vested.skills.models import (
    Demand,
    Framework,
    JobFamily,
    Level,
    Post,
    Requirement,
    Role,
    Skill,
    Snapshot,
    Source,
)
from vested.skills.traces import forget, told

SKILLS = Label(
    name="skills",
    purpose=_("To see where skills are short of what the work asks for, and which training would help"),
    basis=TASK,
    audience=_("The person, and who may see the people of their unit; others see figures, small groups hidden"),
)

label(
    Level,
    _("How well somebody can do something, and how that is known"),
    of("person", SKILLS, "skill level error source assessed_on"),
)
label(Post, _("What somebody is employed to do"), of("person", EMPLOYMENT, "role since until"))
label(
    Snapshot,
    _("Everybody's levels, without names, as the gap explorer counts them"),
    Trace(label=SKILLS, fields=("arrays",), told=told, forget=forget),
    plain="taken_at",
)
plain(Framework, "find name shared")
plain(Skill, "find code name area framework uri shared")
plain(JobFamily, "name")
plain(Role, "find code name family weight ended_on")
plain(Requirement, "role skill level weight")
plain(Source, "find code title")
plain(Demand, "source skill unit level people by_period weight due_on")
