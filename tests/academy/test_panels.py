"""What the academy shows on others' pages, and to whom."""

from datetime import date

import pytest

from tests.academy.catalogue import Catalogue
from tests.core.offices import DAY, Office, signed_in
from tests.skills.pages import page, taken
from tests.skills.rooms import Room
from vested.academy.models import Budget, Completion, Course, Enrolment, Learner, Outcome, Wish
from vested.academy.queries.catalogue import learning
from vested.core.models import Grant
from vested.core.permissions import Role as Held
from vested.core.scope import System, acting
from vested.skills.models import Post


@pytest.fixture
def learner(office: Office, room: Room, catalogue: Catalogue) -> Catalogue:
    """The clerk of the north is a clerk who has learnt, wants more, and answered."""
    sector, clerk = office.sector, office.people["clerk"]
    with acting(System("a test")):
        Post.objects.create(sector=sector, person=clerk, role=room.clerk, since=DAY)
        Learner.objects.create(sector=sector, person=clerk, hours=20, languages=["da", "fr"])
        Completion.objects.create(sector=sector, person=clerk, course=catalogue.first, completed_on=date(2025, 5, 2))
        Wish.objects.create(sector=sector, person=clerk, course=catalogue.second)
        Enrolment.objects.create(
            sector=sector, person=clerk, session=catalogue.spring, status=Enrolment.Status.DECLINED
        )
    return catalogue


def own(office: Office) -> str:
    return f"/people/{office.people['clerk'].pk}/"


@pytest.mark.parametrize("who", ["clerk", "manager", "cdo"])
def test_a_person_s_page_shows_their_learning(office: Office, learner: Catalogue, who: str) -> None:
    html = page(office, who, own(office))
    assert "2 compulsory courses are missing" in html  # one of the role, one for everybody
    assert f'<a href="/courses/{learner.safety.pk}/">Safety</a>' in html
    assert "<dd>20</dd>" in html
    assert "<dd>Danish, French</dd>" in html
    assert ("What you ask for" in html) == (who == "clerk")
    assert ("What they ask for" in html) == (who != "clerk")
    assert "1 course completed" in html
    assert "2 May 2025" in html
    assert "Declined</span>" in html
    assert "Period 2, 13 April 2026" in html
    with acting(System("a test")):
        Enrolment.objects.update(status=Enrolment.Status.ACCEPTED)
    assert "Accepted</span>" in page(office, who, own(office))


@pytest.mark.parametrize("who", ["neighbour", "auditor"])
def test_learning_is_no_colleague_s_business(office: Office, learner: Catalogue, who: str) -> None:
    assert "Safety" not in page(office, who, own(office), 404)
    viewer = office.viewer(who)
    with acting(viewer):
        found = learning(viewer, office.people["clerk"])
    assert (found.learner, found.completions, found.wishes, found.enrolments) == (None, [], [], [])
    assert learner.spring.pk


def test_another_sector_finds_nobody(office: Office, other: Office, learner: Catalogue) -> None:
    page(other, "cdo", own(office), 404)
    assert learner.spring.pk


def test_what_is_completed_is_not_missing_and_where_nothing_is_known_a_sentence_says_so(
    office: Office, learner: Catalogue
) -> None:
    clerk = office.people["clerk"]
    with acting(System("a test")):
        Completion.objects.create(sector=office.sector, person=clerk, course=learner.safety)
    assert "1 compulsory course is missing" in page(office, "clerk", own(office))
    with acting(System("a test")):
        Completion.objects.create(sector=office.sector, person=clerk, course=learner.second)
        Learner.objects.update(languages=[])
    html = page(office, "clerk", own(office))
    assert "Learning</h2>" in html
    assert "<dd>every language</dd>" in html
    with acting(System("a test")):
        for model in (Learner, Completion, Wish, Enrolment, Course):
            model.objects.filter(**{} if model is not Course else {"pk": 0}).delete()
        learner.safety.compulsory_for.all().delete()
        learner.second.compulsory_for.all().delete()
    assert "No courses, wishes or hours for learning are recorded." in page(office, "clerk", own(office))


def test_a_skill_shows_the_courses_that_teach_it(office: Office, room: Room, catalogue: Catalogue) -> None:
    html = page(office, "clerk", f"/skills/{room.data.pk}/")
    taught = html[html.index("Which courses teach it") :]
    assert taught.index("Data in law") < taught.index("Données ouvertes")
    assert "<b>2 to 3.5</b>" in taught
    with acting(System("a test")):
        for number in range(21):
            course = Course.objects.create(sector=office.sector, code=f"X{number}", title="More", hours=1, cost=1)
            Outcome.objects.create(sector=office.sector, course=course, skill=room.data, to_level=1)
    with acting(System("a test")):
        Outcome.objects.filter(skill=room.law).delete()
    assert "No course of the catalogue teaches it." in page(office, "clerk", f"/skills/{room.law.pk}/")
    assert f'href="/courses/?skill={room.data.pk}">3 more courses</a>' in page(
        office, "clerk", f"/skills/{room.data.pk}/"
    )
    assert catalogue.first.pk


def test_a_role_shows_its_compulsory_courses(office: Office, room: Room, catalogue: Catalogue) -> None:
    html = page(office, "clerk", f"/roles/{room.clerk.pk}/")
    assert f'<a href="/courses/{catalogue.second.pk}/">Data in law</a></li>' in html
    assert 'Safety</a><span class="v-small v-quiet">for everybody</span>' in html
    html = page(office, "clerk", f"/roles/{room.officer.pk}/")
    assert "Data in law" not in html
    with acting(System("a test")):
        catalogue.safety.compulsory_for.all().delete()
    assert "No course is compulsory in this role." in page(office, "clerk", f"/roles/{room.officer.pk}/")


@pytest.mark.parametrize(("who", "shown"), [("cdo", True), ("auditor", True), ("manager", True), ("clerk", False)])
def test_a_unit_s_budget_is_for_who_may_see_its_figures(
    office: Office,
    who: str,
    shown: bool,  # noqa: FBT001 - a case
) -> None:
    with acting(System("a test")):
        Budget.objects.create(sector=office.sector, unit=office.north, amount=48_000)
    assert ("€48,000 for the unit" in page(office, who, f"/units/{office.north.pk}/")) == shown
    assert "Training budget" not in page(office, who, f"/units/{office.south.pk}/")
    if who == "manager":
        with acting(System("a test")):
            Budget.objects.create(sector=office.sector, unit=office.south, amount=1)
        assert "Training budget" not in page(office, who, f"/units/{office.south.pk}/")


def test_a_leader_of_an_agency_gets_no_figures_of_the_whole_sector(office: Office, catalogue: Catalogue) -> None:
    with acting(System("a test")):
        Grant.objects.create(
            sector=office.sector, person=office.people["clerk"], role=Held.TOP_LEADER, unit=office.north, since=DAY
        )
    assert "What is known of the sector" not in page(office, "clerk", "/")
    assert catalogue.first.pk


def test_which_courses_teach_a_skill_is_there_to_take_away(
    office: Office, other: Office, room: Room, catalogue: Catalogue
) -> None:
    url = f"/skills/{room.data.pk}/courses/"
    assert f'href="{url}">Download the figures</a>' in page(office, "clerk", f"/skills/{room.data.pk}/")
    with acting(System("a test")):
        for number in range(21):
            course = Course.objects.create(sector=office.sector, code=f"X{number}", title="More", hours=1, cost=1)
            Outcome.objects.create(sector=office.sector, course=course, skill=room.data, to_level=1)
    lines = taken(signed_in(office, "clerk").get(url))
    assert lines[:2] == ["Course,Level,From level,To level", f"{catalogue.second},3.5,2.0,3.5"]
    assert len(lines) == 24
    page(other, "cdo", url, 404)
