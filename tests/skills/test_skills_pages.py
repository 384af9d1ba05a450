"""Skills, frameworks, roles and needs: everybody of the sector reads them, nobody else does."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.core.offices import DAY, Office, signed_in
from tests.skills.pages import page, taken
from tests.skills.rooms import Room
from vested.core.models import Person
from vested.core.scope import System, acting
from vested.core.search import search
from vested.skills.models import Demand, Framework, Post, Requirement, Role, Skill, Source

PAGES = ("/skills/", "/skills/{data}/", "/frameworks/", "/demands/", "/roles/", "/roles/{clerk}/")


@pytest.fixture
def needed(office: Office, room: Room) -> Room:
    """An initiative that needs people who can work with data."""
    with acting(System("a test")):
        source = Source.objects.create(sector=office.sector, code="I-1", title="Åbne data")
        for unit, people, period in ((None, 12, 2), (office.north, 3, 1)):
            Demand.objects.create(
                sector=office.sector,
                source=source,
                skill=room.data,
                unit=unit,
                level=3.5,
                people=people,
                by_period=period,
            )
        framework = Framework.objects.create(sector=office.sector, name="DigComp på ét sted")
        room.data.framework = framework
        room.data.save()
    return room


def addresses(room: Room) -> list[str]:
    return [url.format(data=room.data.pk, clerk=room.clerk.pk) for url in PAGES]


@pytest.mark.parametrize("who", ["cdo", "manager", "clerk"])
def test_everybody_in_the_sector_reads_them(office: Office, needed: Room, who: str) -> None:
    for url in addresses(needed):
        assert "<h1>" in page(office, who, url)


def test_a_stranger_finds_none_of_it(office: Office, other: Office, needed: Room) -> None:
    for url in (f"/skills/{needed.data.pk}/", f"/roles/{needed.clerk.pk}/", f"/roles/{needed.clerk.pk}/people/"):
        page(other, "cdo", url, 404)
    for url in ("/skills/", "/frameworks/", "/demands/", "/roles/"):
        html = page(other, "cdo", url)
        assert "Nothing is here yet" in html
        assert "Working with data" not in html
        assert Client().get(url)["location"].startswith("/sign-in/")
    assert office.sector.pk != other.sector.pk


def test_what_a_host_shares_is_there_for_every_sector(office: Office, other: Office, needed: Room) -> None:
    with acting(System("a test")):
        needed.data.shared = True
        needed.data.save()
    assert "Working with data" in page(other, "clerk", "/skills/")
    html = page(other, "clerk", f"/skills/{needed.data.pk}/")
    assert f"<dt>Shared by</dt><dd>{office.sector}</dd>" in html
    assert "No role asks for it." in html  # the host's own roles stay its own
    assert "Clerk" not in html
    assert "Åbne data" not in html
    assert "<dt>Shared by" not in page(office, "clerk", f"/skills/{needed.data.pk}/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"data", "law"}),
        ("name=DÁTA", {"data"}),
        ("area=Law", {"law"}),
        ("framework={framework}", {"data"}),
        ("asked=roles", {"data", "law"}),
        ("asked=needs", {"data"}),
        ("asked=none", set()),
    ],
)
def test_skills_are_filtered(office: Office, needed: Room, query: str, found: set[str]) -> None:
    with acting(System("a test")):
        framework = Framework.objects.get().pk
    html = page(office, "clerk", f"/skills/?{query.format(framework=framework)}")
    rows = {"data": f'href="/skills/{needed.data.pk}/"', "law": f'href="/skills/{needed.law.pk}/"'}
    assert {name for name, row in rows.items() if row in html} == found


def test_a_skill_that_nobody_asks_for_is_found_and_says_so(office: Office, needed: Room) -> None:  # noqa: ARG001 - the others are asked for
    with acting(office.viewer("cdo")):
        idle = Skill.objects.create(sector=office.sector, code="IDLE", name="Idle")
    assert f'href="/skills/{idle.pk}/"' in page(office, "clerk", "/skills/?asked=none")
    html = page(office, "clerk", f"/skills/{idle.pk}/")
    assert "No role asks for it." in html
    assert "No initiative needs it." in html


def test_a_skill_shows_which_roles_ask_for_it_and_what_initiatives_need(office: Office, needed: Room) -> None:
    html = page(office, "clerk", f"/skills/{needed.data.pk}/")
    assert "2 roles ask for it, Data officer the most, at level 4." in html
    assert html.index(f'href="/roles/{needed.officer.pk}/"') < html.index(f'href="/roles/{needed.clerk.pk}/"')
    assert '<td class="n"><b>4</b></td>' in html
    assert 'width="50.00%"' in html  # two of four
    assert "12 people at level 3.5 in ours" in html
    assert "3 people at level 3.5 in ours north" in html
    assert "1 role asks for it, Clerk, at level 3." in page(office, "clerk", f"/skills/{needed.law.pk}/")


def test_long_lists_on_a_skill_s_page_lead_to_the_rest(office: Office, needed: Room) -> None:
    with acting(System("a test")):
        for number in range(32):
            role = Role.objects.create(sector=office.sector, code=f"r{number}", name=f"Role {number}")
            Requirement.objects.create(sector=office.sector, role=role, skill=needed.law, level=1)
            Demand.objects.create(
                sector=office.sector, source=Source.objects.get(), skill=needed.law, level=1, people=1, by_period=3
            )
    html = page(office, "clerk", f"/skills/{needed.law.pk}/")
    assert f'href="/roles/?skill={needed.law.pk}">3 more roles</a>' in html
    assert f'href="/demands/?skill={needed.law.pk}"' in html


def test_frameworks_lead_to_their_skills(office: Office, needed: Room) -> None:  # noqa: ARG001 - it is what is listed
    html = page(office, "clerk", "/frameworks/?name=PÅ+et")
    assert ">DigComp på ét sted</a>" in html
    assert '<td class="n" data-l="Skills">1</td>' in html
    with acting(System("a test")):
        assert f'href="/skills/?framework={Framework.objects.get().pk}"' in html


@pytest.mark.parametrize(
    ("query", "rows"),
    [("", 2), ("name=abne", 2), ("name=other", 0), ("skill={law}", 0), ("below={north}", 1), ("by=2", 1), ("by=7", 2)],
)
def test_needs_are_filtered(office: Office, needed: Room, query: str, rows: int) -> None:
    html = page(office, "clerk", f"/demands/?{query.format(law=needed.law.pk, north=office.north.pk)}")
    assert html.count('data-l="Level">3.5</td>') == rows
    assert ("Whole sector</td>" in html) == (rows == 2 or query == "by=2")


def test_roles_are_filtered(office: Office, needed: Room) -> None:
    officer, clerk = (f'href="/roles/{role.pk}/"' for role in (needed.officer, needed.clerk))
    for query, found in (
        ("name=OFFICER", {officer}),
        (f"family={needed.legal.pk}", {clerk}),
        (f"skill={needed.law.pk}", {clerk}),
    ):
        html = page(office, "clerk", f"/roles/?{query}")
        assert {row for row in (officer, clerk) if row in html} == found


@pytest.mark.parametrize(("who", "told"), [("cdo", True), ("auditor", False), ("manager", False), ("clerk", False)])
def test_how_many_hold_a_role_is_told_to_who_may_see_all_people(
    office: Office,
    needed: Room,
    who: str,
    told: bool,  # noqa: FBT001 - a case
) -> None:
    html = page(office, who, "/roles/")
    assert ('data-l="People who hold it">12</td>' in html) == told
    assert ("is shown only to who may see all people" in html) != told
    assert ("<dt>People who hold it</dt><dd>12</dd>" in page(office, who, f"/roles/{needed.officer.pk}/")) == told
    assert "sort=people" not in page(office, who, "/roles/?sort=-people") or told


def test_a_role_shows_what_it_asks_for_with_weights(office: Office, needed: Room) -> None:
    html = page(office, "clerk", f"/roles/{needed.clerk.pk}/")
    assert "It asks for 2 skills, the most for Law in practice, at level 3." in html
    assert "A weight says" not in html
    with acting(System("a test")):
        Requirement.objects.filter(role=needed.clerk, skill=needed.law).update(weight=2.5)
        bare = Role.objects.create(sector=office.sector, code="bare", name="Bare")
    html = page(office, "clerk", f"/roles/{needed.clerk.pk}/")
    assert "<small>weight 2.5</small>" in html
    assert "A weight says" in html
    assert "It asks for no skill yet." in page(office, "clerk", f"/roles/{bare.pk}/")
    assert "It asks for 1 skill: Working with data, at level 4." in page(
        office, "clerk", f"/roles/{needed.officer.pk}/"
    )


def test_who_holds_a_role_is_shown_as_far_as_one_may_see_people(office: Office, needed: Room) -> None:
    with acting(System("a test")):
        Post.objects.create(sector=office.sector, person=office.people["clerk"], role=needed.clerk, since=DAY)
        left = Post.objects.filter(role=needed.clerk, person__code="north-1")
        left.update(until=DAY)
    url = f"/roles/{needed.clerk.pk}/"
    cdo, manager = (page(office, who, f"{url}people/") for who in ("cdo", "manager"))
    assert ("11 people" in cdo, "10 people" in manager) == (True, True)
    assert "clerk of ours</a>" in manager
    assert "ours south" in cdo
    assert f'data-l="Unit">{office.south}' not in manager
    assert "1 person" in page(office, "clerk", f"{url}people/")  # oneself
    assert f'href="{url}people/"' in page(office, "manager", url)
    assert "Who holds it" not in page(office, "clerk", url)
    with acting(System("a test")):
        empty = Role.objects.create(sector=office.sector, code="bare", name="Bare")
    assert "Nobody you may see holds it." in page(office, "manager", f"/roles/{empty.pk}/")


def test_skills_and_roles_are_found_by_words(office: Office, other: Office, needed: Room) -> None:
    clerk, stranger = office.viewer("clerk"), other.viewer("cdo")
    with acting(clerk):
        hits = {(hit.title, hit.url, hit.note) for group in search(clerk, "DÁTA") for hit in group.hits}
        initiative = Source.objects.get(code="I-1")
    assert hits == {
        ("Åbne data", f"/initiatives/{initiative.pk}/", "I-1"),
        ("Working with data", f"/skills/{needed.data.pk}/", "Data"),
        ("Data officer", f"/roles/{needed.officer.pk}/", "Digital"),
    }
    with acting(stranger):
        assert search(stranger, "data") == []


def test_rows_from_before_are_found_after_the_migration(office: Office, needed: Room) -> None:  # noqa: ARG001 - it is what is found
    with acting(System("a test")):
        for model in (Skill, Role, Source):
            model.objects.update(find="")
        import_module("vested.skills.migrations.0002_find").fill(apps, connection.schema_editor())
        Framework.objects.update(find="")
        import_module("vested.skills.migrations.0004_find_frameworks").fill(apps, connection.schema_editor())
        assert Framework.objects.all().finding("digcomp ET").count() == 1
        assert Source.objects.all().finding("ABNE i-1").count() == 1
        assert Skill.objects.all().finding("working DATA").count() == 1
        assert Role.objects.all().finding("clerk").count() == 1


def test_the_pages_ask_few_questions(office: Office, needed: Room, django_assert_max_num_queries: Any) -> None:
    with acting(System("a test")):
        for number in range(60):
            skill = Skill.objects.create(sector=office.sector, code=f"S{number}", name=f"Skill {number}")
            Requirement.objects.create(sector=office.sector, role=needed.clerk, skill=skill, level=1)
            person = Person.objects.create(sector=office.sector, code=f"x{number}")
            Post.objects.create(sector=office.sector, person=person, role=needed.clerk, since=DAY)
            Demand.objects.create(
                sector=office.sector, source=Source.objects.get(), skill=skill, level=1, people=1, by_period=3
            )
    client = Client()
    client.force_login(office.user("cdo"))
    for url in [*addresses(needed), f"/roles/{needed.clerk.pk}/people/"]:
        with django_assert_max_num_queries(11):
            assert client.get(url).status_code == 200


def test_the_figures_of_a_chart_are_there_to_take_away(office: Office, other: Office, needed: Room) -> None:
    for url, rows in (
        (f"/skills/{needed.data.pk}/", ["Role,Level", "Data officer,4.0", "Clerk,2.0"]),
        (f"/roles/{needed.clerk.pk}/", ["Skill,Level", "Law in practice,3.0", "Working with data,2.0"]),
    ):
        html = page(office, "clerk", url)
        assert 'href="?format=csv">Download the figures</a>' in html
        assert taken(signed_in(office, "clerk").get(f"{url}?format=csv")) == rows
        page(other, "cdo", f"{url}?format=csv", 404)


def test_a_long_chart_is_taken_away_whole(office: Office, needed: Room) -> None:
    with acting(System("a test")):
        for number in range(32):
            role = Role.objects.create(sector=office.sector, code=f"r{number}", name=f"Role {number}")
            Requirement.objects.create(sector=office.sector, role=role, skill=needed.law, level=1)
    assert len(taken(signed_in(office, "clerk").get(f"/skills/{needed.law.pk}/?format=csv"))) == 34
