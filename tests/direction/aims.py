"""A small direction, so that every figure can be counted by hand."""

from datetime import date

from tests.core.offices import DAY, Office
from tests.direction.promises import at, escalation, obstacle, promise
from vested.core.scope import acting
from vested.direction.actions import (
    add_duty,
    add_future,
    add_measure,
    add_need,
    call_session,
    decide_escalation,
    invite,
    note_retelling,
    observe,
    open_objective,
    open_opportunity,
    say_hope,
    write_vision,
)
from vested.direction.models import Measure, Objective

YEAR_END = date(2026, 12, 31)


def objective(office: Office, who: str = "cdo", title: str = "ours aim", **given: object) -> Objective:
    """An objective of the north, opened and owned by somebody of the office."""
    viewer = office.viewer(who)
    words: dict[str, object] = {
        "why": "ours because", "about": "users", "code": "", "parent": None, "unit": office.north, "owner": None,
        "starts_on": DAY, "ends_on": YEAR_END,
    }  # fmt: skip
    with acting(viewer):
        return open_objective(by=viewer, title=title, **{**words, **given})  # type: ignore[arg-type]  # as given


def measure(office: Office, of: Objective, **given: object) -> Measure:
    """A measure that goes from 10 on 5 January to 46 on 5 January of the next year: about 0.1 a day."""
    viewer = office.viewer("cdo")
    words: dict[str, object] = {
        "name": "ours share", "counts": "%", "better": "more", "baseline": 10.0, "baseline_on": DAY, "target": 46.5,
        "target_on": date(2027, 1, 5), "path": [], "every_days": 92,
    }  # fmt: skip
    with acting(viewer):
        return add_measure(by=viewer, objective=of, **{**words, **given})  # type: ignore[arg-type]  # as given


def see(office: Office, of: Measure, on: date, value: float, error: float | None = None) -> None:
    viewer = office.viewer("cdo")
    with acting(viewer):
        observe(
            by=viewer, measure=of, on=on, value=value, error=error, source="ours register", doubt="", today=YEAR_END
        )


def aim(office: Office) -> dict[str, int]:
    """Something of every noun, and the ids of what addresses lead to."""
    cdo = office.viewer("cdo")
    with acting(cdo):
        write_vision(by=cdo, purpose="ours purpose", why="", on=DAY)
        future = add_future(by=cdo, title="ours world", year=2036, story="ours", stays="", good_at="", on=DAY)
        need = add_need(by=cdo, group="ours users", words="ours need", evidence="ours survey", evidence_on=DAY, on=DAY)
        note_retelling(by=cdo, audience="ours leaders", heard=12, words="", unit=office.north, told_on=DAY, today=DAY)
    of = objective(office)
    counted = measure(office, of)
    see(office, counted, date(2026, 2, 4), 13.0)
    made = promise(office, "cdo")
    stuck = obstacle(office)
    asked, settled = escalation(office), escalation(office)
    with acting(cdo):
        demanded = add_duty(
            by=cdo, title="ours duty", kind="law", source="ours act", words="ours text", code="", unit=office.north,
            owner=None, due_on=YEAR_END,
        )  # fmt: skip
        decided = decide_escalation(by=cdo, escalation=settled, chosen="ours yes", why="ours", at=at(DAY))
        window = open_opportunity(
            by=cdo, title="ours window", intention="ours", unit=office.north, owner=None, opens_on=DAY,
            closes_on=YEAR_END,
        )  # fmt: skip
        invited = invite(by=cdo, opportunity=window, party="ours partner", on=DAY)
        session = call_session(by=cdo, forum="ours forum", on=DAY, unit=office.north)
        hope = say_hope(by=cdo, unit=office.north, words="ours hope", on=DAY)
    return {
        "objectives": of.pk,
        "measures": counted.pk,
        "commitments": made.pk,
        "obstacles": stuck.pk,
        "escalations": asked.pk,
        "decisions": decided.pk,
        "duties": demanded.pk,
        "futures": future.pk,
        "needs": need.pk,
        "meanings": office.north.pk,
        "opportunities": window.pk,
        "invitations": invited.pk,
        "steering": session.pk,
        "hopes": hope.pk,
    }
