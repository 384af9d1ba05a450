"""The portfolio's tables: given out as a roadmap is computed from them, brought in, undone; what is wrong is said."""

import zipfile
from dataclasses import fields
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.core.imports.bringing import brought_in, files, latest, undone, uploaded, work, zipped
from tests.core.offices import DAY, Office, signed_in
from tests.plans.portfolios import random_portfolio
from tests.plans.rooms import fill
from tests.plans.test_undertaking import portfolio, soon
from tests.portfolio.undertaken import idea, mode
from vested.academy.models import Learner
from vested.core.imports.exports import pack
from vested.core.models import Grant, Import
from vested.core.permissions import Role as Rights
from vested.core.scope import System, acting
from vested.direction.models import Objective
from vested.formats.sector_folder import Sector, check
from vested.plans import solving
from vested.plans.asked import Asked
from vested.plans.queries.gathering import gathered
from vested.portfolio.actions import name_block, wait_for
from vested.portfolio.models import Block, BlockUse, Capacity, Initiative, Mode, Money, Pool, Thresholds
from vested.portfolio.queries.quarters import later
from vested.skills.models import Post, Role, Skill, Source

pytestmark = pytest.mark.django_db
PLANNED = (
    "initiatives", "initiative_modes", "initiative_costs", "initiative_people", "initiative_links", "blocks", "pools",
    "portfolio_budgets",
)  # fmt: skip


@pytest.fixture
def office(office: Office) -> Office:
    """An office whose people all hold a post, so that its tables are whole."""
    with acting(System("a test")):
        role = Role.objects.create(sector=office.sector, code="any", name="ours any")
        for person in office.people.values():
            Post.objects.create(sector=office.sector, person=person, role=role, since=DAY)
            Learner.objects.create(sector=office.sector, person=person, hours=10.0)
    return office


def given_out(office: Office) -> dict[str, bytes]:
    """The files an office takes, by name."""
    with acting(office.viewer("cdo")):
        name, _counts = pack(office.viewer("cdo"), lambda _done, _total: None)
    with default_storage.open(name) as file, zipfile.ZipFile(BytesIO(file.read())) as archive:
        return {entry: archive.read(entry) for entry in archive.namelist()}


def in_order(entries: dict[str, bytes]) -> dict[str, list[bytes]]:
    return {name: sorted(content.splitlines()) for name, content in entries.items()}


def as_sector(entries: dict[str, bytes], folder: Path) -> Sector:
    folder.mkdir()
    for name, content in entries.items():
        (folder / name).write_bytes(content)
    report = check(folder)
    assert report.problems == ()
    assert report.sector is not None
    return report.sector


def rows(sector: Sector, name: str) -> set[tuple[object, ...]]:
    return {tuple(getattr(row, field.name) for field in fields(row)) for row in getattr(sector, name)}


def counts(imported: Import) -> list[object]:
    return [row for row in imported.counts if any(row[1:])]


def test_what_is_given_out_is_what_a_roadmap_is_computed_from(office: Office, tmp_path: Path) -> None:
    found = portfolio(office, soon())
    viewer, clerk = office.viewer("cdo"), signed_in(office, "clerk")
    with acting(viewer):
        Thresholds.objects.create(sector=office.sector, explore_least=0.0, explore_most=0.6)
        built = name_block(by=viewer, code="FORMS", name="ours forms", exists=False, supplied_by=found["A1"])
        there = name_block(by=viewer, code="LOGIN", name="ours login", exists=True)
        for block in (built, there):
            BlockUse.objects.create(sector=office.sector, mode=found["A3"].modes.get(), block=block)
        Initiative.objects.filter(pk=found["A1"].pk).update(mandatory=True, risk=2.5, group="ours", kind="explore")
    idea(office, "Z1", mandatory=True)
    entries = given_out(office)
    sector = as_sector(entries, tmp_path / "out")
    with acting(viewer):
        now = gathered(viewer, Asked(), on=soon() - timedelta(days=1)).sector
    for name in PLANNED[1:]:
        assert rows(sector, name) == rows(now, name), name
    planned = {row.initiative_id: row for row in now.initiatives}
    for row in sector.initiatives:
        same = ("title", "class_", "mandatory", "latest", "risk", "group")
        if row.initiative_id in {"A1", "A2", "A3", "A4", "D1"}:
            other = planned[row.initiative_id]
            assert [getattr(row, name) for name in same] == [getattr(other, name) for name in same]
            assert (row.earliest or 1) == other.earliest
        assert row.mandatory == (row.initiative_id in {"A1", "D1"})
    assert len(sector.objectives) == 6
    for name in ("currency", "periods_per_quarter", "explore_least", "explore_most"):
        assert getattr(sector.settings, name) == getattr(now.settings, name)
    outcome = solving.solve(sector, seconds=2)
    assert outcome.roadmap is not None
    assert len(outcome.roadmap.index.initiatives) == 5

    imported = uploaded(signed_in(office, "cdo"), zipped(entries))
    assert (imported.state, counts(imported)) == (Import.State.READY, [])
    assert clerk.post("/imports/new/").status_code == 403


def test_files_change_the_portfolio_and_it_is_undone(office: Office, other: Office) -> None:
    found = portfolio(office, soon())
    client, entries = signed_in(office, "cdo"), given_out(office)
    modes = entries["initiative_modes.csv"].decode("utf-8-sig")
    assert modes.count("\n") == 6
    changed = {
        "initiative_modes": modes.replace("A1,roll_out,2,100", "A1,roll_out,3,120")
        + "A2,pilot,2,80\nN1,roll_out,1,9\n",
        "initiative_costs": entries["initiative_costs.csv"].decode("utf-8-sig")
        + "A1,roll_out,3,7.5\nN1,roll_out,1,5\n",
        "initiatives": entries["initiatives.csv"].decode("utf-8-sig") + "N1,ours new,north,,explore,,2,3,1.5,\n",
        "initiative_links": "initiative_id,needs,mode\nA4,A3,\nN1,A1,\nA1,LOGIN,\n",
        "blocks": "block_id,name,exists,built_by\nLOGIN,ours login,yes,\nNEXT,ours next,no,N1\n",
        "pools": "pool_id,quarter,name,capacity,rate\nDEV,1,ours DEV,5,100\nOPS,2,ours ops,1.5,0\n",
        "portfolio_budgets": "quarter,amount\n1,300\n8,50\n",
    }
    head = entries["initiatives.csv"].decode("utf-8-sig").splitlines()[0]
    assert head == "initiative_id,title,unit_id,objective_id,class,mandatory,earliest,latest,risk,group"
    imported = brought_in(client, *files(**changed))
    assert imported.state == Import.State.DONE
    viewer = office.viewer("cdo")
    with acting(viewer):
        one = found["A1"].modes.get()
        assert (one.quarters, one.benefit, [float(row.cost) for row in one.costs.all()]) == (
            3,
            120.0,
            [50.0, 50.0, 7.5],
        )
        assert set(found["A2"].modes.values_list("kind", flat=True)) == {"rollout", "pilot"}
        new = Initiative.objects.get(source__code="N1")
        assert (new.kind, new.risk, new.stage, new.unit) == ("explore", 1.5, "idea", office.north)
        assert (new.earliest, new.latest) == (later(soon(), 1), later(soon(), 3) - timedelta(days=1))
        assert list(new.dependences.values_list("needs__source__code", flat=True)) == ["A1"]
        assert not found["A2"].dependences.exists()
        assert Block.objects.get(code="NEXT").supplied_by == new
        assert BlockUse.objects.get().mode == one
        people = {row.quarter: row.people for row in Capacity.objects.filter(pool__code="DEV")}
        assert people[soon()] == 5.0
        assert sorted(people.values()) == [0, 0, 0, 0, 2, 5]  # what is in delivery takes two in the second quarter
        assert Pool.objects.get(code="DEV").rate == 100
        assert sorted(float(row.amount) for row in Money.objects.all()) == [0, 0, 0, 0, 0, 50, 100, 300]
    again = uploaded(client, *files(**changed))
    assert counts(again) == []
    assert signed_in(other, "cdo").get(f"/imports/{imported.pk}/").status_code == 404

    assert undone(client, imported).state == Import.State.UNDONE
    assert in_order(given_out(office)) == in_order(entries)
    with acting(viewer):
        assert not Initiative.objects.filter(source__code="N1").exists()
        assert not Source.objects.filter(code="N1").exists()
        assert set(Pool.objects.values_list("code", flat=True)) == {"DEV"}


def test_a_whole_sector_is_brought_in_and_given_out_alike(office: Office, tmp_path: Path) -> None:
    sector = random_portfolio(2)
    fill(office, sector)
    back = as_sector(given_out(office), tmp_path / "back")
    for name in ("initiative_modes", "initiative_costs", "initiative_people", "portfolio_budgets"):
        assert rows(back, name) == rows(sector, name), name
    assert {row.initiative_id: row.risk for row in back.initiatives} == {
        row.initiative_id: row.risk for row in sector.initiatives
    }
    with acting(office.viewer("cdo")):
        assert Mode.objects.count() == len(sector.initiative_modes)
        assert {row.why for row in Objective.objects.all()} <= {"It was brought in from files."}


def test_needs_said_on_pages_are_given_out_and_files_without_them_say_so(office: Office, tmp_path: Path) -> None:
    one, client = idea(office), signed_in(office, "cdo")
    with acting(System("a test")):
        Skill.objects.create(sector=office.sector, code="DATA", name="ours data")
    said = {"skill": "DATA", "level": "7.5", "people": "3", "unit": "", "by_period": "9", "weight": "0.5"}
    for unit in ("", str(office.north.pk)):
        assert client.post(f"/portfolio/{one.pk}/plan/need/", said | {"unit": unit}).status_code == 302
    entries = given_out(office)
    asked = {("A1", "DATA", 7.5, 3, 9, None, 0.5), ("A1", "DATA", 7.5, 3, 9, "north", 0.5)}
    assert rows(as_sector(entries, tmp_path / "out"), "initiative_skills") == asked  # due after the last session
    assert counts(uploaded(client, zipped(entries))) == []
    less = b"".join(entries["initiative_skills.csv"].splitlines(keepends=True)[:2]).decode("utf-8-sig")
    settings = SimpleUploadedFile("plan.toml", entries["plan.toml"])
    imported = uploaded(client, *files(initiative_skills=less), settings)
    assert counts(imported) == [["initiative_skills", 0, 0, 1]]
    assert "1 need will be removed." in client.get(f"/imports/{imported.pk}/preview/").content.decode()


def test_what_is_wrong_is_said_with_its_mend_and_nothing_is_done(office: Office) -> None:
    portfolio(office, soon())
    client, entries = signed_in(office, "cdo"), given_out(office)
    costs = "initiative_id,mode,quarter,cost\nA1,pilot,1,5\nA2,roll_out,3,5\nNONE,roll_out,1,x\n"
    wrong = uploaded(client, *files(initiative_costs=costs))
    assert wrong.state == Import.State.CHECKED
    text = client.get(f"/imports/{wrong.pk}/report/").content.decode()
    assert "initiative_modes has no mode pilot of" in text
    assert "is after the last of 2 quarters" in text
    assert "NONE" in text
    idea(office, "Z1")
    entries = given_out(office)
    less = {
        f"{name}.csv": b"\n".join(line for line in entries[f"{name}.csv"].splitlines() if not line.startswith(b"Z1,"))
        for name in PLANNED
    }
    left = uploaded(client, zipped(less))
    assert left.state == Import.State.READY
    client.post(f"/imports/{left.pk}/preview/")
    work()
    failed = latest()
    assert failed.job is not None
    assert "is undertaken. Put it back" in failed.job.error
    with acting(office.viewer("cdo")):
        assert Initiative.objects.filter(source__code="Z1").exists()


def test_what_waits_for_what_never_comes_is_not_the_files(office: Office, tmp_path: Path) -> None:
    found = portfolio(office, soon())
    viewer = office.viewer("manager")
    bare = idea(office, "Z1")
    with acting(viewer):
        wait_for(by=viewer, initiative=found["A3"], needs=bare)  # which has no way; A4 waits for A3
    mode(office, idea(office, "Z2", latest=soon() - timedelta(days=200)))
    entries = given_out(office)
    sector = as_sector(entries, tmp_path / "out")
    assert {row.initiative_id for row in sector.initiative_modes} == {"A1", "A2", "D1"}
    assert counts(uploaded(signed_in(office, "cdo"), zipped(entries))) == []
    with acting(viewer):
        assert found["A3"].modes.exists()


def test_an_idea_whose_last_day_is_over_is_given_out_without_it(office: Office, tmp_path: Path) -> None:
    portfolio(office, soon())
    one = idea(office, "Z1")
    with acting(office.viewer("cdo")):
        Initiative.objects.filter(pk=one.pk).update(latest=DAY)
    entries = given_out(office)
    back = as_sector(entries, tmp_path / "back")
    assert [row.latest for row in back.initiatives if row.initiative_id == "Z1"] == [None]
    assert counts(uploaded(signed_in(office, "cdo"), zipped(entries))) == []


def test_who_brings_staff_in_does_not_decide_on_money(office: Office) -> None:
    portfolio(office, soon())
    entries = given_out(office)
    with acting(System("a test")):
        who = office.people["neighbour"]
        Grant.objects.create(sector=office.sector, person=who, role=Rights.HR_OFFICER, since=DAY)
    officer = signed_in(office, "neighbour")
    assert counts(uploaded(officer, zipped(entries))) == []
    imported = uploaded(officer, *files(portfolio_budgets="quarter,amount\n1,900\n"))
    officer.post(f"/imports/{imported.pk}/preview/")
    work()
    failed = latest()
    assert failed.job is not None
    assert "portfolio.decide" in failed.job.error
    with acting(office.viewer("cdo")):
        assert {float(row.amount) for row in Money.objects.all()} == {200.0}
