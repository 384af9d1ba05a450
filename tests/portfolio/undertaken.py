"""A small portfolio, so that every figure can be counted by hand."""

from datetime import date
from decimal import Decimal

from tests.core.offices import DAY, Office
from tests.direction.aims import objective
from vested.core.scope import acting
from vested.portfolio.actions import (
    add_benefit,
    add_contract,
    choose_mode,
    claim,
    close_initiative,
    hand_over,
    judge,
    name_block,
    note_spending,
    open_initiative,
    pass_gate,
    set_mode,
    show_increment,
)
from vested.portfolio.models import Benefit, Difference, Initiative, Mode

START, REVIEW = date(2026, 1, 1), date(2027, 1, 5)
STAGES = ("prepared", "approved", "delivery", "live")


def idea(office: Office, code: str = "A1", **given: object) -> Initiative:
    """An initiative of the north that the clerk owns, opened by the manager."""
    aim = objective(office, title=f"ours aim of {code}")
    viewer = office.viewer("manager")
    words: dict[str, object] = {
        "title": f"ours work {code}", "why": "ours because", "objective": aim, "unit": office.north,
        "owner": office.people["clerk"], "kind": "exploit", "on": DAY, "changes": "ours process",
    }  # fmt: skip
    with acting(viewer):
        return open_initiative(by=viewer, code=code, **{**words, **given})  # type: ignore[arg-type]  # as given


def mode(
    office: Office, of: Initiative, kind: str = "rollout", cost: int = 400, starts: date = START, **given: object
) -> Mode:
    """A way to do it over four quarters, a quarter of the cost in each, chosen from the first of January."""
    viewer = office.viewer("manager")
    words: dict[str, object] = {
        "quarters": 4, "benefit": 100.0, "costs": [Decimal(cost) / 4] * 4, "people": {}, "blocks": [],
    }  # fmt: skip
    with acting(viewer):
        made = set_mode(by=viewer, initiative=of, kind=kind, **{**words, **given})  # type: ignore[arg-type]  # as given
        choose_mode(by=viewer, initiative=of, mode=made, starts_on=starts)
    return made


def benefit(office: Office, of: Initiative, *, economic: bool = True, amount: float = 100.0) -> Benefit:
    viewer = office.viewer("manager")
    with acting(viewer):
        return add_benefit(
            by=viewer, initiative=of, words="ours gain", economic=economic, amount=amount, counts="cases",
            owner=office.people["clerk"], review_on=REVIEW,
        )  # fmt: skip


def find(office: Office, of: Initiative, code: str, who: str = "cdo", *, met: bool = True, on: date = DAY) -> None:
    """Judge a check."""
    viewer = office.viewer(who)
    with acting(viewer):
        judge(by=viewer, initiative=of, code=code, met=met, words="ours finding", on=on)


def through(office: Office, of: Initiative, gate: str, on: date = DAY) -> Initiative:
    viewer = office.viewer("cdo")
    with acting(viewer):
        return pass_gate(by=viewer, initiative=of, gate=gate, words="ours decision", on=on)


def undertaken(office: Office, code: str = "A1", *, stage: str = "approved", **given: object) -> Initiative:
    """An initiative that has come as far as a stage, with nothing waived."""
    one = idea(office, code, **given)
    mode(office, one)
    benefit(office, one)
    benefit(office, one, economic=False, amount=50)
    for gate in STAGES[: STAGES.index(stage) + 1] if stage in STAGES else ():
        if gate == "approved":
            find(office, one, "funded")
        if gate == "delivery":
            find(office, one, "team", "manager")
        if gate == "live":
            show(office, one)
            ready(office, one)
        one = through(office, one, gate)
    return one


def show(office: Office, of: Initiative, decided: str = "continue") -> None:
    viewer = office.viewer("manager")
    with acting(viewer):
        show_increment(
            by=viewer, initiative=of, shown="ours form", to_whom="ours users", learnt="ours lesson", decided=decided,
            why="ours reason", on=DAY,
        )  # fmt: skip


def ready(office: Office, of: Initiative, **given: object) -> None:
    viewer = office.viewer("manager")
    words: dict[str, object] = {
        "operator": office.people["manager"], "support": "ours desk", "running_cost": Decimal(0),
        "continuity": "ours paper", "skills": "ours course",
    }  # fmt: skip
    with acting(viewer):
        hand_over(by=viewer, initiative=of, **{**words, **given})  # type: ignore[arg-type]  # as given


def addressed(office: Office) -> dict[str, int]:
    """Something of every noun, and the ids of what addresses lead to."""
    one = undertaken(office)
    find(office, one, "team", "manager")
    way = mode(office, one, cost=800)
    idea(office, "A2")
    boss, clerk = office.viewer("manager"), office.viewer("clerk")
    well = dict.fromkeys(("cost", "schedule", "economic", "other"), "on_course")
    with acting(clerk):
        claim(by=clerk, initiative=one, words="ours", on=DAY, **well)
    with acting(boss):
        note_spending(by=boss, initiative=one, quarter=DAY, amount=Decimal(90), source="ours books", on=DAY)
        paper = add_contract(
            by=boss, title="ours contract", supplier="ours supplier", initiative=one, unit=office.north,
            owner=office.people["manager"], decide_by=REVIEW, ends_on=REVIEW,
        )  # fmt: skip
        thing = name_block(
            by=boss, code="S1", name="ours system", exists=True, purpose="ours purpose", unit=office.north,
            owner=office.people["clerk"],
        )  # fmt: skip
        unlike, gain = Difference.objects.filter(initiative=one)[0], Benefit.objects.filter(initiative=one)[0]
    return {
        "initiatives": one.pk,
        "differences": unlike.pk,
        "benefits": gain.pk,
        "contracts": paper.pk,
        "modes": way.pk,
        "systems": thing.pk,
    }


def through_stop(office: Office, one: Initiative) -> None:
    viewer = office.viewer("clerk")
    with acting(viewer):
        close_initiative(by=viewer, initiative=one, outcome="stopped", why="ours", lesson="ours", on=DAY)
