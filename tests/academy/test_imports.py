"""What the rooms keep of a sector folder: brought in, compared, changed and taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tests.academy.catalogue import Catalogue
from tests.academy.enrolling import enrolled, propose
from tests.core.offices import Office
from vested.academy.actions import record_attendance
from vested.academy.models import Budget, Compulsory, Course, Enrolment, Learner, Session
from vested.core import models
from vested.core.errors import Invalid
from vested.core.imports.tables import Diff, Key, Row, apply_all, difference, tables
from vested.core.models import Job, Membership, Unit
from vested.core.scope import System, acting
from vested.formats.sector_folder import Fixed, FixedStatus, Sector, read
from vested.skills.jobs import count_after
from vested.skills.models import Demand, Framework, Level, Post, Role, Skill, Source
from vested.skills.queries.roles import roles_listed, roles_named

HARBOUR = Path(__file__).parents[2] / "examples" / "harbour"
Status = Enrolment.Status
NOON, LATER = datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 9, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def harbour() -> Sector:
    return read(HARBOUR)


def changes(sector: Sector) -> dict[str, Diff]:
    """What it takes to come to the sector, without taking away what the office had."""
    found = {}
    for table in tables():
        diff = difference(table.current(), table.wanted(sector))
        kept = table.name.startswith(("units", "staff"))
        found[table.name] = Diff(diff.added, diff.changed, {} if kept else diff.removed)
    return found


def brought(office: Office, sector: Sector, at: datetime = NOON) -> dict[str, Diff]:
    viewer = office.viewer("cdo")
    with acting(viewer), transaction.atomic():
        diffs = changes(sector)
        apply_all(diffs, by=viewer, at=at)
    return diffs


def test_what_is_brought_is_there_and_bringing_it_again_changes_nothing(office: Office, harbour: Sector) -> None:
    brought(office, harbour)
    with acting(office.viewer("cdo")):
        assert not any(changes(harbour).values())
        assert Level.objects.count() == len(harbour.levels.level)
        assert Course.objects.count() == len(harbour.courses)
        assert Post.objects.filter(until=None).count() == len(harbour.staff)
        assert set(Framework.objects.values_list("name", flat=True)) == {s.framework for s in harbour.skills} - {""}
        assert Compulsory.objects.count() == sum(len(course.compulsory_for) for course in harbour.courses)
        assert Source.objects.count() == len(harbour.initiatives)
        assert Demand.objects.count() == len(harbour.initiative_skills)


def test_what_is_brought_and_changed_is_found_by_its_words(office: Office, harbour: Sector) -> None:
    brought(office, harbour)
    with acting(office.viewer("cdo")):
        first = harbour.courses[0]
        assert Course.objects.all().finding(f"{first.title.upper()} {first.course_id}").count() == 1
        for model, count in ((Role, harbour.roles), (Skill, harbour.skills), (Source, harbour.initiatives)):
            assert model.objects.exclude(find="").count() == len(count)
    renamed = replace(harbour, courses=(replace(first, title="Søfart"), *harbour.courses[1:]))
    brought(office, renamed, LATER)
    with acting(office.viewer("cdo")):
        assert Course.objects.all().finding("sofart").get().code == first.course_id


def test_taking_it_back_leaves_what_was(office: Office, harbour: Sector) -> None:
    viewer = office.viewer("cdo")
    with acting(viewer):
        before = {table.name: table.current() for table in tables()}
    diffs = brought(office, harbour)
    with acting(viewer), transaction.atomic():
        apply_all({name: diff.back() for name, diff in diffs.items()}, by=viewer, at=NOON)
        assert {table.name: table.current() for table in tables()} == before


CHANGES: dict[str, Callable[[Sector], Sector]] = {
    "role": lambda s: replace(s, staff=(replace(s.staff[0], role_id=s.roles[-1].role_id), *s.staff[1:])),
    "course": lambda s: replace(
        s,
        courses=(
            replace(s.courses[0], title="Another", cost=12.5, compulsory_for=("all",), provider="Somebody new"),
            *s.courses[1:],
        ),
    ),
    "budget": lambda s: replace(s, budgets=tuple(replace(budget, amount=7.25) for budget in s.budgets)),
    "hours": lambda s: replace(s, staff=(replace(s.staff[0], hours=1.5, languages=("da", "fr")), *s.staff[1:])),
    "session": lambda s: replace(s, sessions=(replace(s.sessions[0], seats=None, starts_on=None), *s.sessions[1:])),
    "skill": lambda s: replace(s, skills=(replace(s.skills[0], area="Elsewhere", framework=""), *s.skills[1:])),
    "need": lambda s: replace(
        s, initiative_skills=(replace(s.initiative_skills[0], people=99), *s.initiative_skills[1:])
    ),
    "nothing more": lambda s: replace(s, wishes=(), completions=(), initiatives=(), initiative_skills=(), budgets=()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_made_and_can_be_taken_back(
    office: Office, harbour: Sector, change: Callable[[Sector], Sector]
) -> None:
    brought(office, harbour)
    changed = change(harbour)
    diffs = brought(office, changed, at=LATER)
    viewer = office.viewer("cdo")
    assert any(diffs.values())
    with acting(viewer), transaction.atomic():
        assert not any(changes(changed).values())
        apply_all({name: diff.back() for name, diff in diffs.items()}, by=viewer, at=LATER)
        assert not any(changes(harbour).values())


def test_what_is_kept_says_what_the_files_say(office: Office, harbour: Sector) -> None:
    brought(office, CHANGES["course"](CHANGES["hours"](CHANGES["budget"](harbour))))
    with acting(office.viewer("cdo")):
        course = Course.objects.get(code=harbour.courses[0].course_id)
        assert (course.title, course.cost, str(course.provider)) == ("Another", Decimal("12.50"), "Somebody new")
        assert [held.role for held in course.compulsory_for.all()] == [None]
        learner = Learner.objects.get(person__code=harbour.staff[0].person_id)
        assert (learner.hours, learner.languages) == (1.5, ["da", "fr"])
        assert {budget.amount for budget in Budget.objects.all()} == {Decimal("7.25")}
        needs_before = {c.course_id: c.prerequisite_id for c in harbour.courses if c.prerequisite_id}
        assert {c.code: c.prerequisite.code for c in Course.objects.exclude(prerequisite=None) if c.prerequisite} == (
            needs_before
        )
        assert Session.objects.count() == len(harbour.sessions)
        assert Enrolment.objects.count() == len(harbour.fixed)


def test_who_changes_role_keeps_the_former_post(office: Office, harbour: Sector) -> None:
    brought(office, harbour)
    brought(office, CHANGES["role"](harbour), at=LATER)
    with acting(office.viewer("cdo")):
        posts = Post.objects.filter(person__code=harbour.staff[0].person_id).order_by("since")
        assert [(post.since, post.until) for post in posts] == [(NOON.date(), LATER.date()), (LATER.date(), None)]
        assert Membership.objects.filter(person__code=harbour.staff[0].person_id).count() == 1


def test_a_role_that_was_held_ends_and_may_come_back(office: Office, harbour: Sector) -> None:
    brought(office, harbour)
    viewer, code = office.viewer("cdo"), harbour.roles[0].role_id
    without = replace(
        harbour,
        roles=harbour.roles[1:],
        staff=tuple(replace(p, role_id=harbour.roles[1].role_id) if p.role_id == code else p for p in harbour.staff),
        role_requirements=tuple(asked for asked in harbour.role_requirements if asked.role_id != code),
        courses=tuple(
            replace(course, compulsory_for=tuple(role for role in course.compulsory_for if role != code))
            for course in harbour.courses
        ),
    )
    diffs = brought(office, without, at=LATER)
    with acting(viewer):
        role = Role.objects.get(code=code)
        assert role.ended_on == LATER.date()
        assert role not in roles_listed(viewer)
        assert role not in roles_named(viewer, role.name, 50)
        assert Post.objects.filter(role=role).exclude(until=None).exists()
        assert code not in {key[0] for table in tables() if table.name == "roles" for key in table.current()}
    with acting(viewer), transaction.atomic():
        apply_all({name: diff.back() for name, diff in diffs.items()}, by=viewer, at=LATER)
        assert Role.objects.get(code=code).ended_on is None
        assert not any(changes(harbour).values())


def test_what_a_host_shares_is_not_the_files_to_change(office: Office, harbour: Sector) -> None:
    with acting(office.viewer("cdo")):
        Skill.objects.create(sector=office.sector, code="HOST", name="Of the host", shared=True)
    brought(office, harbour)
    with acting(office.viewer("cdo")):
        assert Skill.objects.filter(code="HOST").exists()
        assert not any(changes(harbour).values())


def test_what_is_still_needed_cannot_be_left_out(office: Office, harbour: Sector) -> None:
    brought(office, harbour)
    viewer = office.viewer("cdo")
    [roles] = [table for table in tables() if table.name == "roles"]
    with acting(viewer), transaction.atomic(), pytest.raises(Invalid, match="still needs"):
        roles.apply(by=viewer, added={}, changed={}, removed=list(roles.current()), at=NOON)
    with acting(viewer):
        assert Role.objects.count() == len(harbour.roles)


def test_gaps_are_counted_anew_after_an_import(office: Office, harbour: Sector) -> None:
    viewer = office.viewer("cdo")
    with acting(viewer):
        count_after(viewer, NOON)
        assert not Job.objects.exists()  # nobody holds a post yet
    brought(office, harbour)
    with acting(viewer):
        count_after(viewer, NOON)
        assert [job.kind for job in Job.objects.all()] == ["skills.count"]
        assert Unit.objects.filter(code=harbour.units[0].unit_id).exists()


def test_who_leaves_later_keeps_the_post_they_had(office: Office, harbour: Sector) -> None:
    brought(office, harbour)
    viewer = office.viewer("cdo")
    [posts] = [table for table in tables() if table.name == "staff: posts"]
    leaving = harbour.staff[0].person_id
    with acting(viewer), transaction.atomic():
        posts.apply(by=viewer, added={}, changed={}, removed=[(leaving,)], at=LATER)
        post = Post.objects.get(person__code=leaving)
        assert (post.since, post.until) == (NOON.date(), LATER.date())


def answers(office: Office) -> dict[Key, Row]:
    """The table of answers as it is given out."""
    [table] = [table for table in tables() if table.name == "fixed"]
    with acting(office.viewer("cdo")):
        return table.current()


def asked_of(office: Office, catalogue: Catalogue, status: str) -> Key:
    """Propose a session to the clerk, who then is so far."""
    propose(office, catalogue.spring, "clerk")
    enrolled(office, catalogue.spring, "clerk", status)
    if status not in {Status.PROPOSED, Status.WAITING}:
        with acting(office.viewer("cdo")):
            Enrolment.objects.update(answered_at=NOON)
    return ("clerk", "S-1")


GIVEN_OUT = {
    Status.ACCEPTED: "accepted",
    Status.ATTENDED: "accepted",
    Status.DECLINED: "declined",
    Status.WITHDRAWN: "declined",  # said no later
}


@pytest.mark.parametrize("status", Status)
def test_what_was_answered_here_is_given_out_in_the_file_s_words(
    office: Office, catalogue: Catalogue, status: str
) -> None:
    key = asked_of(office, catalogue, status)
    assert answers(office) == ({key: (GIVEN_OUT[Status(status)],)} if status in GIVEN_OUT else {})


def test_a_proposal_taken_back_is_no_answer(office: Office, catalogue: Catalogue) -> None:
    propose(office, catalogue.spring, "clerk")
    propose(office, catalogue.spring)
    assert answers(office) == {}


@pytest.mark.parametrize(
    "case",
    [
        (Status.ACCEPTED, None, Status.ACCEPTED),  # the files are silent: what was answered here stays
        (Status.WITHDRAWN, None, Status.WITHDRAWN),
        (Status.ATTENDED, "declined", Status.ATTENDED),  # what took place stays
        (Status.ACCEPTED, "declined", Status.DECLINED),
        (Status.PROPOSED, "accepted", Status.ACCEPTED),
        (Status.WAITING, "declined", Status.DECLINED),
    ],
)
def test_files_bring_answers_and_take_away_none_given_here(
    office: Office, catalogue: Catalogue, harbour: Sector, case: tuple[str, str | None, str]
) -> None:
    status, said, after = case
    key = asked_of(office, catalogue, status)
    [table] = [table for table in tables() if table.name == "fixed"]
    rows = (Fixed(key[0], key[1], FixedStatus(said)),) if said else ()
    viewer = office.viewer("cdo")
    with acting(viewer), transaction.atomic():
        diff = difference(table.current(), table.wanted(replace(harbour, fixed=rows)))
        apply_all({"fixed": diff}, by=viewer, at=LATER)
        row = Enrolment.objects.get()
        assert row.status == after
        if status == Status.PROPOSED:
            assert (row.answered_at, row.answered_by) == (LATER, office.people["cdo"])
        apply_all({"fixed": diff.back()}, by=viewer, at=LATER)
        assert Enrolment.objects.get().status == (Status.PROPOSED if status == Status.WAITING else status)


def test_an_answer_that_files_brought_is_theirs_to_take_away(
    office: Office, catalogue: Catalogue, harbour: Sector
) -> None:
    enrolled(office, catalogue.spring, "clerk", Status.ACCEPTED)
    [table] = [table for table in tables() if table.name == "fixed"]
    viewer = office.viewer("cdo")
    with acting(viewer), transaction.atomic():
        diff = difference(table.current(), table.wanted(replace(harbour, fixed=())))
        apply_all({"fixed": diff}, by=viewer, at=LATER)
        assert not Enrolment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_answers_of_an_older_version_become_enrolments() -> None:
    before = [("academy", "0002_find"), ("core", "0008_links")]
    executor = MigrationExecutor(connection)
    try:
        with acting(System("a test")):
            executor.migrate(before[:1])
            old = executor.loader.project_state(before).apps
            sector = models.Sector.objects.create(name="old", slug="old")  # as it is now: core is not taken back
            person = old.get_model("core", "Person")._base_manager.create(sector_id=sector.pk, code="P1")
            course = old.get_model("academy", "Course")._base_manager.create(
                sector_id=sector.pk, code="C", title="C", hours=1, cost=0
            )
            session = old.get_model("academy", "Session")._base_manager.create(
                sector_id=sector.pk, code="S", course_id=course.pk, period=1
            )
            old.get_model("academy", "Answer")._base_manager.create(
                sector_id=sector.pk, person_id=person.pk, session_id=session.pk, status="declined"
            )
    finally:
        call_command("migrate", verbosity=0)
    with acting(System("a test")):
        row = Enrolment.objects.select_related("person", "session").get()
        assert (row.person.code, row.session.code, row.status, row.version) == ("P1", "S", Status.DECLINED, 1)


def test_who_attended_is_given_out_once(office: Office, catalogue: Catalogue) -> None:
    """Files that say both, completed and accepted, are refused when they are brought again."""
    found = enrolled(office, catalogue.spring, "clerk", Status.ACCEPTED)
    viewer, key = office.viewer("cdo"), ("clerk", "C-1")
    with acting(viewer), transaction.atomic():
        record_attendance(by=viewer, session=catalogue.spring, marks={found.pk: "attended"}, at=NOON)
        [table] = [table for table in tables() if table.name == "completions"]
        assert table.current() == {}
        assert answers(office) == {("clerk", "S-1"): ("accepted",)}
        table.apply(by=viewer, added={key: ("2026-05-02",)}, changed={}, removed=(), at=NOON)
        assert table.current() == {key: ("2026-05-02",)}
        assert answers(office) == {}
