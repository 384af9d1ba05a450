"""Where a person stands: said as surely as it is known, and only to who may know."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.core.offices import DAY, Office, signed_in
from tests.skills.pages import page, taken
from tests.skills.rooms import Room
from vested.core.models import Event
from vested.core.scope import System, acting
from vested.skills.models import Level, Post, Requirement, Role, Skill
from vested.skills.queries.standing import Standing, Verdict, stands


@given(st.floats(0, 8), st.none() | st.floats(0, 4), st.floats(0.1, 8))
def test_a_verdict_is_given_only_where_the_whole_range_says_so(level: float, error: float | None, asked: float) -> None:
    one = Standing(skill=Skill(), level=Level(level=level, error=error), asked=asked)
    low, high = one.range
    assert 0 <= low <= level <= high
    assert (one.verdict is Verdict.MEETS) == (low >= asked)
    assert (one.verdict is Verdict.SHORT) == (high < asked)
    assert (one.verdict is Verdict.UNSURE) == (low < asked <= high)
    if not error:
        assert one.verdict is not Verdict.UNSURE
    nothing = Standing(skill=Skill(), level=None, asked=asked)
    assert (nothing.verdict, nothing.short, nothing.range) == (Verdict.UNKNOWN, asked, (0, 0))


@pytest.fixture
def assessed(office: Office, room: Room) -> Room:
    """The clerk of the north is a clerk, with a level of each sort."""
    with acting(System("a test")):
        sector, clerk = office.sector, office.people["clerk"]
        Post.objects.create(sector=sector, person=clerk, role=room.clerk, since=DAY)
        extra = [Skill.objects.create(sector=sector, code=code, name=f"Skill {code}") for code in ("A", "B", "C")]
        for skill in extra[:2]:
            Requirement.objects.create(sector=sector, role=room.clerk, skill=skill, level=3)
        for skill, level, error, source in (
            (room.data, 4.0, 0.5, "test"),  # 3.2 to 4.8 meets 2
            (room.law, 1.0, 0.3, "manager"),  # 0.5 to 1.5 is short of 3
            (extra[0], 3.0, 0.6, "self"),  # 2.0 to 4.0
            (extra[2], 2.0, None, "ledger"),  # not asked for
        ):
            Level.objects.create(
                sector=sector, person=clerk, skill=skill, level=level, error=error, source=source,
                assessed_on=date(2026, 3, 2),
            )  # fmt: skip
    return room


def own(office: Office, who: str = "clerk") -> str:
    return f"/people/{office.people[who].pk}/"


@pytest.mark.parametrize("who", ["clerk", "manager", "cdo"])
def test_the_page_says_what_is_met_what_is_short_and_what_nobody_knows(
    office: Office, assessed: Room, who: str
) -> None:
    html = page(office, who, own(office))
    assert "Surely meets 1 of the 4 skills asked for" in html
    assert f'<a href="/roles/{assessed.clerk.pk}/">Clerk</a>, since 5 January 2026.' in html
    assert html.index("short by 2.0") < html.index("not known, so it counts as 0") < html.index("not sure yet")
    assert html.index("not sure yet") < html.index("meets it</span>")
    assert '<b>4.0</b> <span class="v-small v-quiet">(3.2 to 4.8)</span>' in html
    assert "manager&#x27;s view, 2 March 2026" in html
    others = html[html.index("Other levels that are known") :]
    assert "Skill C" in others
    assert "(how sure is not known)" in others
    assert "ledger, 2 March 2026" in others


@pytest.mark.parametrize(("who", "status"), [("neighbour", 404), ("auditor", 404)])
def test_levels_are_no_colleague_s_business(office: Office, assessed: Room, who: str, status: int) -> None:  # noqa: ARG001 - it is what is hidden
    assert "Law in practice" not in page(office, who, own(office), status)
    viewer = office.viewer(who)
    with acting(viewer):
        found = stands(viewer, office.people["clerk"])
    assert (found.post, found.asked, found.others) == (None, [], [])  # even where a page forgot to look


def test_another_sector_finds_nobody(office: Office, other: Office, assessed: Room) -> None:  # noqa: ARG001 - it is what is hidden
    page(other, "cdo", own(office), 404)


def test_where_nothing_is_known_a_sentence_says_so(office: Office, room: Room) -> None:  # noqa: ARG001 - others are assessed
    html = page(office, "clerk", own(office))
    assert "No role is recorded, so nothing is asked." in html
    assert "No level of yours is known." in html
    assert "No level is known of this person." in page(office, "manager", own(office))
    with acting(System("a test")):
        role = Role.objects.create(sector=office.sector, code="bare", name="Bare")
        Post.objects.create(sector=office.sector, person=office.people["clerk"], role=role, since=DAY)
    assert "The role asks for no skill yet." in page(office, "clerk", own(office))


def test_many_levels_take_few_questions(office: Office, assessed: Room, django_assert_max_num_queries: Any) -> None:
    with acting(System("a test")):
        for number in range(40):
            skill = Skill.objects.create(sector=office.sector, code=f"S{number}", name=f"Skill {number}")
            Level.objects.create(sector=office.sector, person=office.people["clerk"], skill=skill, level=1)
            if number % 2:
                Requirement.objects.create(sector=office.sector, role=assessed.clerk, skill=skill, level=2)
    viewer = office.viewer("manager")
    with acting(viewer), django_assert_max_num_queries(4):
        found = stands(viewer, office.people["clerk"])
    assert (len(found.asked), len(found.others)) == (24, 21)
    client = Client()
    client.force_login(office.user("manager"))
    with django_assert_max_num_queries(24):
        client.get(own(office))


@pytest.mark.parametrize("who", ["clerk", "manager", "cdo"])
def test_levels_are_taken_away_by_who_sees_them_and_history_says_so(
    office: Office,
    assessed: Room,  # noqa: ARG001 - it is what is taken
    who: str,
) -> None:
    client, url = signed_in(office, who), f"{own(office)}levels/"
    html = page(office, who, own(office))
    assert f'action="{url}"' in html
    assert 'name="csrfmiddlewaretoken"' in html[html.index(f'action="{url}"') :]
    assert client.get(url).status_code == 405
    assert taken(client.post(url)) == [
        "Skill,Level,Lower end,Upper end,Asked,Known from,Assessed on",
        "Law in practice,1.0,0.51,1.49,3.0,manager's view,2026-03-02",
        "Skill B,,,,3.0,,",
        "Skill A,3.0,2.01,3.99,3.0,own view,2026-03-02",
        "Working with data,4.0,3.18,4.82,2.0,test,2026-03-02",
        "Skill C,2.0,,,,ledger,2026-03-02",
    ]
    told = page(office, "cdo", own(office))
    assert "The figures “levels of clerk of ours” were downloaded" in told
    assert f"By {office.people[who]}." in told


@pytest.mark.parametrize("who", ["neighbour", "auditor"])
def test_nobody_else_takes_levels_away(office: Office, other: Office, assessed: Room, who: str) -> None:  # noqa: ARG001 - as above
    for client in (signed_in(office, who), signed_in(other, "cdo")):
        assert client.post(f"{own(office)}levels/").status_code == 404
    with acting(System("a test")):
        assert not Event.objects.filter(kind="figures.exported").exists()
