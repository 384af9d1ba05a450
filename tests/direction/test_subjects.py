"""A decision is asked for from any thing, and the thing shows it; a session's minutes take it."""

from datetime import date, timedelta

import pytest

from tests.core.offices import DAY, Office, signed_in
from tests.direction.aims import measure, objective
from tests.direction.promises import at, escalation, obstacle, promise
from tests.direction.test_escalations import decide
from tests.direction.test_steering import session
from tests.direction.test_windows import duty, window
from tests.plans.rooms import ask
from tests.skills.pages import page
from vested.academy.models import Course
from vested.core.errors import NotAllowed
from vested.core.scope import SectorModel, System, acting
from vested.direction.actions import decide_escalation
from vested.direction.models import Decision
from vested.skills.models import Source


def things(office: Office) -> list[tuple[SectorModel, str]]:
    """One of each thing a decision can be asked for from, and its page."""
    of = objective(office)
    with acting(System("a test")):
        course = Course.objects.create(sector=office.sector, code="C", title="ours course", hours=1, cost=0)
        initiative = Source.objects.create(sector=office.sector, code="I", title="ours initiative")
    decision = decide(office, escalation(office), "cdo")
    found = [
        (of, "objectives"), (measure(office, of), "measures"), (promise(office), "commitments"),
        (obstacle(office), "obstacles"), (decision, "decisions"), (duty(office), "duties"),
        (window(office), "opportunities"), (initiative, "initiatives"), (course, "courses"),
        (ask(office), "scenarios"),
    ]  # fmt: skip
    return [(thing, f"/{room}/{thing.pk}/") for thing, room in found]


def test_every_thing_asks_for_a_decision_and_shows_it_to_who_may_see_it(office: Office) -> None:
    for thing, address in things(office):
        way = f"/escalations/new/?about={thing._meta.label_lower}&amp;id={thing.pk}"
        assert way in page(office, "cdo", address)
        assert f'value="{thing._meta.label_lower}"' in page(office, "cdo", way.replace("&amp;", "&"))
        raised = escalation(office, "manager", about=thing, asked="ours asked?")
        line = f'<a href="/escalations/{raised.pk}/">ours asked?</a>'
        assert line in page(office, "cdo", address)
        assert f'<a href="{address}">' in page(office, "cdo", f"/escalations/{raised.pk}/")
        assert line not in signed_in(office, "neighbour").get(address).content.decode()


def test_a_decision_asked_for_is_taken_in_a_session_and_stands_in_its_minutes(office: Office, other: Office) -> None:
    of, asked, strange = session(office), escalation(office), session(other)
    here = f"/steering/{of.pk}/"
    html = page(office, "cdo", here)
    assert "Among what: ours yes · ours no" in " ".join(html.split())
    way = f"/escalations/{asked.pk}/decide/?session={of.pk}"
    assert way in html
    assert "Decide it here" not in page(office, "manager", here)
    client = signed_in(office, "cdo")
    assert "in the minutes of ours forum" in client.get(way).content.decode()
    for odd in ("x", str(strange.pk)):
        assert "in the minutes" not in client.get(f"/escalations/{asked.pk}/decide/?session={odd}").content.decode()
    assert client.post(way, {"choice": "0", "why": "ours why"})["location"] == here
    html = page(office, "neighbour", here)
    assert "ours question?" in html
    assert "ours yes" in html
    with acting(System("a test")):
        assert Decision.objects.get().session == of
    assert "Decide it here" not in page(office, "cdo", here)


@pytest.mark.parametrize("who", ["clerk", "neighbour"])
def test_only_who_leads_a_session_writes_into_its_minutes(office: Office, other: Office, who: str) -> None:
    of, asked = session(office), escalation(office)
    viewer = office.viewer(who)
    with acting(viewer), pytest.raises(NotAllowed):
        decide_escalation(by=viewer, escalation=asked, chosen="x", why="x", at=at(DAY), session=of)
    cdo = office.viewer("cdo")
    with acting(System("a test")):
        assert not Decision.objects.exists()
    strange = session(other)
    with acting(cdo), pytest.raises(NotAllowed):
        decide_escalation(by=cdo, escalation=asked, chosen="x", why="x", at=at(DAY), session=strange)


def test_who_leads_a_part_decides_in_its_session_what_is_their_turn(office: Office) -> None:
    of, far = session(office, "manager", whole=False), date(2098, 1, 1)
    escalation(office, owner_by=far, director_by=far + timedelta(days=7), top_by=far + timedelta(days=14))
    here = f"/steering/{of.pk}/"
    assert "Decide it here" in page(office, "manager", here)
    assert "Decide it here" not in page(office, "clerk", here)


def test_all_of_it_is_found_by_its_words_where_it_may_be_seen(office: Office, other: Office) -> None:
    found = [address for _thing, address in things(office) if "measures" not in address]
    found += [f"/steering/{session(office).pk}/", f"/escalations/{escalation(office).pk}/"]
    html = page(office, "cdo", "/search/?q=ours")
    for address in found:
        if "scenarios" not in address:
            assert f'href="{address}"' in html
    html = page(office, "neighbour", "/search/?q=ours")
    for address in found:
        closed = any(room in address for room in ("obstacles", "escalations", "scenarios"))
        assert (f'href="{address}"' in html) != closed
    html = page(other, "cdo", "/search/?q=ours")
    for address in found:
        assert f'href="{address}"' not in html
