"""Make, change, copy, share and remove scenarios, and say something about one."""

from dataclasses import replace
from datetime import datetime
from operator import attrgetter

from django.db import transaction
from django.utils.translation import gettext as _

from vested.core.errors import Invalid
from vested.core.history import record
from vested.core.locking import hold
from vested.core.permissions import Permission, require
from vested.core.viewer import Viewer
from vested.plans.asked import Asked, different, kept
from vested.plans.models import Comment, Plan, Scenario


@transaction.atomic
def ask_for_scenario(*, by: Viewer, name: str, note: str = "", asked: Asked, at: datetime) -> Scenario:
    """Make a scenario."""
    require(by, Permission.PLAN_MAKE)
    scenario = Scenario.objects.create(
        sector=by.sector, name=name, note=note, by=by.person, asked=kept(asked), created_at=at
    )
    record("scenario.made", by=by, on=scenario, new=kept(asked))
    return scenario


@transaction.atomic
def change_scenario(*, by: Viewer, scenario: Scenario, name: str, note: str, asked: Asked, version: int) -> Scenario:
    """Change what a scenario asks for; the plans it has keep what they were asked."""
    require(by, Permission.PLAN_MAKE)
    scenario = hold(scenario, version=version, yours={_("Name"): (attrgetter("name"), name)})
    _require_own(scenario, by)
    differs = different(scenario.settings, asked)
    old = {"name": scenario.name} | {field: here for field, (here, _there) in differs.items()}
    scenario.name, scenario.note, scenario.asked = name, note, kept(asked)
    scenario.save(update_fields=["name", "note", "asked"])
    new = {"name": name} | {field: there for field, (_here, there) in differs.items()}
    record("scenario.changed", by=by, on=scenario, old=old, new=new)
    return scenario


@transaction.atomic
def copy_scenario(*, by: Viewer, scenario: Scenario, name: str, at: datetime, money: float | None = None) -> Scenario:
    """Make a scenario that asks for the same, or for the same with other money."""
    require(by, Permission.PLAN_MAKE)
    asked = scenario.settings if money is None else replace(scenario.settings, money=money)
    copy = ask_for_scenario(by=by, name=name, asked=asked, at=at)
    copy.copied_from = scenario
    copy.save(update_fields=["copied_from"])
    return copy


@transaction.atomic
def share_scenario(*, by: Viewer, scenario: Scenario, shared: bool, version: int) -> Scenario:
    """Let all who may see plans see a scenario, or keep it to oneself."""
    require(by, Permission.PLAN_MAKE)
    scenario = hold(scenario, version=version)
    _require_own(scenario, by)
    if not shared and Plan.objects.filter(scenario=scenario).exclude(state__in=_UNDECIDED).exists():
        raise Invalid(_("A plan of it was proposed or adopted, so everybody who may see plans goes on seeing it."))
    scenario.shared = shared
    scenario.save(update_fields=["shared"])
    record("scenario.shared", by=by, on=scenario, new={"shared": shared})
    return scenario


@transaction.atomic
def remove_scenario(*, by: Viewer, scenario: Scenario, version: int) -> None:
    """Remove a scenario with the plans nobody has decided on; one that was proposed or adopted stays."""
    require(by, Permission.PLAN_MAKE)
    scenario = hold(scenario, version=version)
    _require_own(scenario, by)
    plans = Plan.objects.filter(scenario=scenario)
    if plans.exclude(state__in=_UNDECIDED).exists():
        raise Invalid(_("A plan of “%(scenario)s” was proposed or adopted, so it stays.") % {"scenario": scenario})
    if plans.filter(state=Plan.State.SOLVING, job__ended_at=None).exclude(job=None).exists():
        raise Invalid(_("“%(scenario)s” is being solved. Stop that first.") % {"scenario": scenario})
    record("scenario.removed", by=by, on=scenario, old={"name": scenario.name, "plans": plans.count()})
    plans.delete()
    scenario.delete()


@transaction.atomic
def comment(*, by: Viewer, scenario: Scenario, words: str, at: datetime) -> Comment:
    """Say something about a scenario; everybody who may see it may."""
    require(by, Permission.PLAN_SEE)
    said = Comment.objects.create(sector=by.sector, scenario=scenario, by=by.person, at=at, words=words)
    record("scenario.commented", by=by, on=scenario, new={"words": words})
    return said


_UNDECIDED = (Plan.State.SOLVING, Plan.State.SOLVED)


def _require_own(scenario: Scenario, by: Viewer) -> None:
    """What somebody keeps to themself is theirs alone; a shared one belongs to all who may make plans."""
    if not scenario.shared and not scenario.is_of(by):
        raise Invalid(_("This scenario is somebody else's. Copy it to change it."))
