"""What each gate asks: checks as data, computed from what is known, or judged by somebody in a named role.

A computed check answers with what would satisfy it, and with nothing where it is met.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vested.core.permissions import Role
from vested.portfolio.models import Block, Handover, Initiative, Mode, Thresholds

Stage = Initiative.Stage
Computed = Callable[[Initiative, Thresholds, date], str]
FINISHED = {Stage.LIVE.value, Stage.CLOSED.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a gate asks: computed, or judged by one of the ``judges`` who does not own the initiative.

    One for ``large`` initiatives alone is asked from the threshold of cost up; one not ``waivable`` has to be met. What
    ``stays`` is asked again at every later gate, since the way and the cost may change after its own.
    """

    code: str
    gate: Stage
    asks: str | Promise
    computed: Computed | None = None
    judges: tuple[Role, ...] = ()
    large: bool = False
    waivable: bool = True
    stays: bool = False


def _objective(one: Initiative, _rules: Thresholds, _day: date) -> str:
    return "" if one.serves else _("Name an objective that it serves.")  # type: ignore[attr-defined]  # annotated


def _owner(one: Initiative, _rules: Thresholds, _day: date) -> str:
    return "" if one.owner else _("Name somebody who owns it.")


def _changes(one: Initiative, _rules: Thresholds, _day: date) -> str:
    return "" if one.changes.strip() else _("Say which process and which part of the organisation it changes.")


def _costed(one: Initiative, _rules: Thresholds, _day: date) -> str:
    modes = list(one.modes.all())
    if not modes:
        return _("Say at least one way to do it, with its costs in each quarter.")
    bare = [str(mode) for mode in modes if not mode.costs.all()]
    return _("Say what this costs in each quarter: %(modes)s.") % {"modes": ", ".join(bare)} if bare else ""


def _chosen(one: Initiative, _rules: Thresholds, _day: date) -> str:
    if one.mode is None or one.starts_on is None:
        return _("Choose the way to do it, and the day it starts.")
    if one.earliest and one.starts_on < one.earliest:
        return _("Let it start on %(day)s or later.") % {"day": date_format(one.earliest)}
    if one.latest and one.starts_on > one.latest:
        return _("Let it start on %(day)s or earlier.") % {"day": date_format(one.latest)}
    return ""


def _pilot(one: Initiative, _rules: Thresholds, _day: date) -> str:
    if one.mode is None or one.mode.kind != Mode.Kind.PILOT:
        return ""
    needed = (
        (one.mode.scaling_owner_id, _("who scales it")),
        (one.mode.scaling_path.strip(), _("from which money it is scaled")),
        (one.mode.pilot_ends_on, _("on which day it ends")),
    )
    missing = [words for given, words in needed if not given]
    return _("Say of the pilot: %(missing)s.") % {"missing": ", ".join(missing)} if missing else ""


def _benefits(one: Initiative, _rules: Thresholds, _day: date) -> str:
    benefits = list(one.benefits.all())
    if not benefits:
        return _("Name what it brings, who answers for that, and when somebody looks.")
    bare = [str(row) for row in benefits if row.owner_id is None or (row.review_on is None and not row.reviews.all())]
    return _("Name an owner and a day of review for: %(benefits)s.") % {"benefits": "; ".join(bare)} if bare else ""


def _waits(one: Initiative, _rules: Thresholds, _day: date) -> str:
    """What it builds on is there when it starts, or will be."""
    late = [str(row.needs) for row in one.dependences.all() if not _in_time(row.needs, one.starts_on)]
    used = [use.block for mode in one.modes.all() if mode.pk == one.mode_id for use in mode.block_uses.all()]
    late += [str(block) for block in used if not _is_there(block, one)]
    words = _("Start later, or see to it that this is finished first: %(names)s.")
    return words % {"names": ", ".join(late)} if late else ""


def _in_time(other: Initiative, starts_on: date | None) -> bool:
    if other.stage in FINISHED:
        return other.outcome != Initiative.Outcome.STOPPED
    return other.ends_on is not None and starts_on is not None and other.ends_on <= starts_on


def _is_there(block: Block, one: Initiative) -> bool:
    if block.ended_on:
        return False
    return block.exists or (block.supplied_by is not None and _in_time(block.supplied_by, one.starts_on))


def _finished_first(one: Initiative, _rules: Thresholds, _day: date) -> str:
    late = [str(row.needs) for row in one.dependences.all() if row.needs.stage not in FINISHED]
    return _("Wait until this is live: %(names)s.") % {"names": ", ".join(late)} if late else ""


def _frozen(one: Initiative, _rules: Thresholds, _day: date) -> str:
    return "" if one.baselines.all() else _("Let it pass approval, which freezes its baseline.")


def _shown(one: Initiative, _rules: Thresholds, _day: date) -> str:
    return "" if one.increments.all() else _("Show something that works to those who will use it, and note it.")


def _honest(one: Initiative, _rules: Thresholds, _day: date) -> str:
    still = any(row.closed_on is None for row in one.differences.all())
    return _("Close the differences between what is claimed and computed, with a reason.") if still else ""


def _handed(name: str, words: str | Promise) -> Computed:
    """A check that the handover says something."""

    def computed(one: Initiative, _rules: Thresholds, _day: date) -> str:
        handover: Handover | None = getattr(one, "handover", None)
        value = getattr(handover, name, None)
        given = value is not None if name == "running_cost" else bool(str(value or "").strip())
        return "" if given else str(words)

    return computed


def _reviewed(one: Initiative, _rules: Thresholds, _day: date) -> str:
    bare = [str(row) for row in one.benefits.all() if not row.reviews.all()]
    return _("Review what it was to bring: %(benefits)s.") % {"benefits": "; ".join(bare)} if bare else ""


CHECKS: tuple[Check, ...] = (
    Check(code="objective", gate=Stage.PREPARED, asks=gettext_lazy("It serves an objective"), computed=_objective),
    Check(code="owner", gate=Stage.PREPARED, asks=gettext_lazy("Somebody owns it"), computed=_owner),
    Check(
        code="changes", gate=Stage.PREPARED, computed=_changes,
        asks=gettext_lazy("It says which process and structure it changes"),
    ),
    Check(code="costed", gate=Stage.PREPARED, asks=gettext_lazy("It says how, and at which cost"), computed=_costed),
    Check(code="chosen", gate=Stage.APPROVED, asks=gettext_lazy("One way and a start are chosen"), computed=_chosen),
    Check(
        code="pilot", gate=Stage.APPROVED, computed=_pilot, waivable=False, stays=True,
        asks=gettext_lazy("A pilot has who scales it, the money to scale it, and an end"),
    ),
    Check(
        code="benefits", gate=Stage.APPROVED, computed=_benefits,
        asks=gettext_lazy("Each benefit has an owner and a day of review"),
    ),
    Check(
        code="waits", gate=Stage.APPROVED, computed=_waits,
        asks=gettext_lazy("What it builds on is there when it starts"),
    ),
    Check(
        code="funded", gate=Stage.APPROVED, judges=(Role.TOP_LEADER, Role.CDO),
        asks=gettext_lazy("The money is there"),
    ),
    Check(
        code="architecture", gate=Stage.APPROVED, judges=(Role.CDO,), large=True, stays=True,
        asks=gettext_lazy("It fits the architecture, by a recorded decision"),
    ),
    Check(
        code="reuse", gate=Stage.APPROVED, judges=(Role.CDO,), large=True, stays=True,
        asks=gettext_lazy("What exists already was looked at, and reusing it decided"),
    ),
    Check(code="frozen", gate=Stage.DELIVERY, asks=gettext_lazy("Its baseline is frozen"), computed=_frozen),
    Check(
        code="first", gate=Stage.DELIVERY, computed=_finished_first,
        asks=gettext_lazy("What has to be finished first is live"),
    ),
    Check(
        code="team", gate=Stage.DELIVERY, judges=(Role.MANAGER, Role.TOP_LEADER, Role.CDO),
        asks=gettext_lazy("The people it takes are free for it"),
    ),
    Check(code="shown", gate=Stage.LIVE, asks=gettext_lazy("Something that works was shown"), computed=_shown),
    Check(
        code="operator", gate=Stage.LIVE, asks=gettext_lazy("Somebody in operation owns it"),
        computed=_handed("operator", gettext_lazy("Name who owns it in operation.")),
    ),
    Check(
        code="support", gate=Stage.LIVE, asks=gettext_lazy("Users know who helps them"),
        computed=_handed("support", gettext_lazy("Say who helps its users, and how.")),
    ),
    Check(
        code="running", gate=Stage.LIVE, asks=gettext_lazy("What it costs to run is known"),
        computed=_handed("running_cost", gettext_lazy("Say what it costs to run for a year.")),
    ),
    Check(
        code="continuity", gate=Stage.LIVE, asks=gettext_lazy("It is known what happens when it fails"),
        computed=_handed("continuity", gettext_lazy("Say what happens when it fails.")),
    ),
    Check(
        code="skills", gate=Stage.LIVE, asks=gettext_lazy("Those who run it are able to"),
        computed=_handed("skills", gettext_lazy("Say which skills running it takes, and who has them.")),
    ),
    Check(
        code="honest", gate=Stage.LIVE, computed=_honest,
        asks=gettext_lazy("No difference between claimed and computed is open"),
    ),
    Check(
        code="reviewed", gate=Stage.CLOSED, computed=_reviewed,
        asks=gettext_lazy("Each benefit was reviewed at least once"),
    ),
    Check(
        code="honest_end", gate=Stage.CLOSED, computed=_honest,
        asks=gettext_lazy("No difference between claimed and computed is open"),
    ),
)  # fmt: skip
BY_CODE = {check.code: check for check in CHECKS}
