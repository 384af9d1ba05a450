"""What the portfolio keeps about people, field by field."""

from django.utils.translation import gettext_lazy as _

from vested.core.labels import TASK, Label, label, of, plain
from vested.portfolio.models import (
    Baseline,
    Benefit,
    Block,
    BlockUse,
    Capacity,
    Claim,
    Contract,
    Cost,
    Crew,
    Dependence,
    Difference,
    Handover,
    Increment,
    Initiative,
    Judgement,
    Mode,
    Money,
    Passage,
    Pool,
    Review,
    Spending,
    Thresholds,
    Waiver,
)

UNDERTAKING = Label(
    name="undertaking",
    purpose=_("To know who answers for what the office undertakes, and who decided on it"),
    basis=TASK,
    audience=_("Everybody of the sector"),
    after=_("after the person left; the words stay, without the name"),
)

label(
    Initiative,
    _("Initiatives somebody owns"),
    of("owner", UNDERTAKING, "source"),
    plain="why changes unit kind mandatory risk earliest latest group stage stage_since mode starts_on live_on "
    "reopened_on opened_on closed_on outcome closed_why lesson version",
)
label(
    Mode,
    _("Pilots somebody scales"),
    of("scaling_owner", UNDERTAKING, "initiative"),
    plain="kind quarters benefit scaling_path pilot_ends_on",
)
label(
    Benefit,
    _("Benefits somebody answers for"),
    of("owner", UNDERTAKING, "initiative words review_on"),
    plain="economic amount counts reminded",
)
label(Review, _("What somebody found of a benefit"), of("reviewed_by", UNDERTAKING, "benefit on found words"))
label(Judgement, _("What somebody judged at a gate"), of("judged_by", UNDERTAKING, "initiative code met words on"))
label(
    Waiver,
    _("What somebody waived"),
    of("approved_by", UNDERTAKING, "initiative code reason on until"),
    plain="warned told",
)
label(Passage, _("Gates somebody let pass"), of("passed_by", UNDERTAKING, "initiative gate on words"), plain="waived")
label(
    Baseline,
    _("Baselines somebody decided on"),
    of("decided_by", UNDERTAKING, "initiative number on why"),
    plain="kind starts_on ends_on cost costs benefits",
)
label(
    Spending,
    _("What somebody noted as spent"),
    of("noted_by", UNDERTAKING, "initiative quarter amount source noted_on"),
)
label(
    Claim,
    _("What somebody said of how an initiative stands"),
    of("said_by", UNDERTAKING, "initiative cost schedule economic other words on"),
)
label(
    Difference,
    _("Differences somebody closed"),
    of("closed_by", UNDERTAKING, "initiative closed_on closed_why"),
    plain="claim side claimed computed seen_on",
)
label(
    Increment,
    _("Increments somebody noted"),
    of("noted_by", UNDERTAKING, "initiative on shown to_whom learnt decided why"),
)
label(
    Handover,
    _("What somebody owns in operation"),
    of("operator", UNDERTAKING, "initiative"),
    plain="support running_cost continuity skills",
)
label(
    Contract,
    _("Contracts somebody answers for"),
    of("owner", UNDERTAKING, "title supplier decide_by ends_on"),
    plain="initiative block unit decided_on decided",
)
label(
    Block,
    _("Systems somebody answers for"),
    of("owner", UNDERTAKING, "name"),
    plain="find code purpose unit supplier exists since ends_on supplied_by replaced_by ended_on ended_why version",
)
plain(Dependence, "initiative needs")
plain(Pool, "find code name rate")
plain(Capacity, "pool quarter people")
plain(Money, "quarter amount")
plain(BlockUse, "mode block")
plain(Cost, "mode quarter cost")
plain(Crew, "mode pool quarter people")
plain(Thresholds, "large_from watch off stale_days increment_days explore_least explore_most version")
