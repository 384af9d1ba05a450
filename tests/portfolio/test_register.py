"""A published register brought in: read whole, frozen year by year, and nothing taken off."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.utils import timezone
from django.utils.translation import override

from tests.core.imports.bringing import work
from tests.core.offices import Office, signed_in
from vested.core.errors import NotAllowed
from vested.core.jobs import cancel
from vested.core.models import Job, Notification
from vested.core.scope import acting
from vested.portfolio.actions import BroughtIn, ask_for_register, bring_register_in, claim, close_initiative
from vested.portfolio.imports import read
from vested.portfolio.models import Baseline, Claim, Difference, Initiative
from vested.portfolio.models.following import Side, Standing
from vested.portfolio.queries.standing import look
from vested.portfolio.queries.thresholds import thresholds_of

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)
HEAD = (
    "project_number,project_name,department,colour_rating,description_aims,rating_comment,start_date,end_date,"
    "schedule_comment,yearly_budget,yearly_forecast,wlc_baseline_incl_NCG,budget_comment,year,total_benefits\n"
)
ROWS = (
    'A-1,Ours harbour,North,Green,Ours quay,Going well,,,"The end-date is 31 March 2024. This is primarily due to: '
    'in 2019 somebody began.",10,10,40,First figure,2021,\n'
    'A-1,Ours harbour,North,Amber,Ours quay,Slower,,,"Increased from 31 MAR 2024 to 31 MAR 2025 . This is primarily '
    'due to",10,12,60,More steel,2022,\n'
    "A-1,Ours harbour wall,North,Green,Ours quay,Fine,2020-04-01,2025-03-31,,20,40,60,,2023,5\n"
    "B-2,Ours tunnel,Nowhere,,Ours hole,,,,,,,,,2021,\n"
)


def brought(office: Office, rows: str = ROWS, who: str = "cdo") -> BroughtIn:
    reports, problems = read(HEAD + rows)
    assert problems == []
    viewer = office.viewer(who)
    with acting(viewer):
        return bring_register_in(by=viewer, reports=reports, source="ours register", at=NOON)


def test_days_come_from_the_first_sentence_and_money_from_millions() -> None:
    reports, problems = read("\ufeff" + HEAD + ROWS)
    assert problems == []
    assert [(one.code, one.year) for one in reports] == [("A-1", 2021), ("A-1", 2022), ("A-1", 2023), ("B-2", 2021)]
    assert [one.ends_on for one in reports] == [date(2024, 3, 31), date(2025, 3, 31), date(2025, 3, 31), None]
    assert [one.cost for one in reports] == [Decimal(40_000_000), Decimal(60_000_000), Decimal(60_000_000), None]
    assert [one.rating for one in reports] == [Standing.ON_COURSE, Standing.WATCH, Standing.ON_COURSE, None]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("A-1,Ours,North,Blue,,,,,,,,,,2021,\n", "Line 2: “blue” is no rating."),
        ("A-1,Ours,North,Red,,,,,,,,,,soon,\n", "Line 2: “soon” is no year."),
        ("A-1,Ours,North,Red,,,,,,,,much,,2021,\n", "Line 2: “much” is no amount."),
        ("A-1,Ours,North,Red,,,x,,,,,,,2021,\n", "Line 2: “x” is no day."),
        (",Ours,North,Red,,,,,,,,,,2021,\n", "Line 2: a project has no number or no name."),
        ("A-1,Ours,N,Red,,,,,,,,,,2021,\n" * 2, "Line 3: A-1 is there twice for 2021."),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(rows: str, words: str) -> None:
    assert read(HEAD + rows)[1] == [words]
    assert read("name\nOurs\n") == ([], ["The file has no column project_number, project_name, year, colour_rating."])


def test_a_sentence_with_a_day_that_cannot_be_says_nothing() -> None:
    reports, _problems = read(HEAD + "A-1,Ours,N,Red,,,,,It ends on 30 Feb 2024 or 1 Foo 2024,,,,,2021,\n")
    assert reports[0].ends_on is None


def test_each_new_cost_or_end_is_a_baseline_and_each_rating_a_claim(office: Office) -> None:
    counted = brought(office)
    assert (counted.initiatives, counted.baselines, counted.claims) == (2, 2, 3)
    viewer = office.viewer("clerk")
    with acting(viewer):
        one = Initiative.objects.all().looked_at().get(source__code="A-1")
        first, second = one.baselines.all()
        assert (first.cost, first.ends_on, first.why) == (Decimal(40_000_000), date(2024, 3, 31), "First figure")
        assert (second.number, second.cost, second.ends_on) == (2, Decimal(60_000_000), date(2025, 3, 31))
        assert (one.stage, str(one), one.starts_on) == ("delivery", "Ours harbour wall", date(2020, 4, 1))
        rules, end = thresholds_of(viewer), date(2023, 3, 31)
        assert look(one, rules, end, beside=first)[Side.COST].standing is Standing.OFF
        # 20 more than budgeted were spent in the last year, a third of all
        assert look(one, rules, end)[Side.COST].standing is Standing.OFF
        unlike = {row.side: (row.claimed, row.computed) for row in Difference.objects.filter(initiative=one)}
        assert unlike["cost"] == ("on_course", "off")
        assert counted.differences == len(unlike)
        tunnel = Initiative.objects.get(source__code="B-2")
        assert not tunnel.baselines.exists()
        assert tunnel.mode is None


def test_it_belongs_to_the_unit_named_like_its_department(office: Office) -> None:
    rows = ROWS.replace(",North,", f",{office.north.name.upper()},")
    brought(office, rows)
    with acting(office.viewer("cdo")):
        found = dict(Initiative.objects.values_list("source__code", "unit"))
    assert found == {"A-1": office.north.pk, "B-2": None}


def test_brought_in_again_only_newer_years_are_added(office: Office) -> None:
    lines = ROWS.splitlines(keepends=True)
    brought(office, "".join(lines[:2]))
    nothing = brought(office, "".join(lines[:2]))
    assert nothing == BroughtIn(opened=[], baselines=0, claims=0, differences=0)
    later = brought(
        office,
        "".join(lines[:3])
        .replace("Ours harbour wall,North", "Ours harbour,North")
        .replace(",60,,2023,5", ",70,,2023,5"),
    )
    assert (later.initiatives, later.baselines, later.claims) == (0, 1, 1)
    with acting(office.viewer("cdo")):
        assert [(row.number, int(row.cost)) for row in Baseline.objects.all()] == [
            (1, 40_000_000),
            (2, 60_000_000),
            (3, 70_000_000),
        ]
        assert Claim.objects.count() == 3
        assert Initiative.objects.get().mode.cost.quantize(Decimal(1)) == 70_000_000  # type: ignore[union-attr]  # it has one


def test_only_who_decides_brings_a_register_in(office: Office, other: Office) -> None:
    for who in ("clerk", "manager"):
        with pytest.raises(NotAllowed):
            brought(office, who=who)
        assert signed_in(office, who).get("/portfolio/register/").status_code == 403
    brought(office)
    with acting(other.viewer("cdo")):
        assert not Initiative.objects.exists()


def test_the_page_checks_first_and_refuses_a_file_whole(office: Office) -> None:
    client = signed_in(office, "cdo")

    def send(text: bytes, **also: str) -> str:
        file = SimpleUploadedFile("register.csv", text)
        answer = client.post("/portfolio/register/", {"file": file, "source": "ours register", **also}, follow=True)
        return answer.content.decode()

    assert "multipart/form-data" in client.get("/portfolio/register/").content.decode()
    assert "It can be read: 2 projects, in the years 2021, 2022, 2023." in send((HEAD + ROWS).encode(), only_check="on")
    assert "Line 2: “blue” is no rating." in send((HEAD + "A,O,N,Blue,,,,,,,,,,2021,\n" + ROWS).encode())
    assert "And 2 more." in send((HEAD + "A,O,N,Blue,,,,,,,,,,2021,\n" * 12).encode())
    assert "not written in UTF-8" in send(HEAD.encode("utf-16"))
    assert "There is no project in it." in send(HEAD.encode())
    with acting(office.viewer("cdo")):
        assert not Initiative.objects.exists()
    assert "It is being brought in." in send((HEAD + ROWS).encode())
    work()
    with acting(office.viewer("cdo")):
        told, job = Notification.objects.get(), Job.objects.get()
        assert Initiative.objects.count() == 2
    assert (told.title, told.url) == ("“ours register” is brought in", f"/portfolio/register/{job.pk}/")
    assert told.body.startswith("Opened: 2. Baselines frozen: 2. Claims: 3.")
    assert (job.state, job.result and job.result["initiatives"]) == ("done", 2)
    assert not default_storage.exists(job.args["file"])


def test_a_register_that_was_stopped_brings_nothing_and_is_forgotten_after_a_day(office: Office) -> None:
    boss = office.viewer("cdo")
    with acting(boss):
        for who in ("clerk", "manager"):
            viewer = office.viewer(who)
            with acting(viewer), pytest.raises(NotAllowed):
                ask_for_register(by=viewer, file=ContentFile(b""), source="x", at=NOON)
        job = ask_for_register(by=boss, file=ContentFile((HEAD + ROWS).encode()), source="ours", at=timezone.now())
        cancel(job=job, by=boss, at=timezone.now())
    work()
    assert default_storage.exists(job.args["file"])
    with acting(boss), TestCase.captureOnCommitCallbacks(execute=True):
        assert not Initiative.objects.exists()
        later = timezone.now() + timedelta(days=2)
        ask_for_register(by=boss, file=ContentFile(b""), source="ours", at=later)
    assert not default_storage.exists(job.args["file"])


def test_taken_back_what_nobody_has_worked_on_is_closed_and_opens_when_it_is_brought_again(
    office: Office, other: Office
) -> None:
    third = "".join(ROWS.splitlines(keepends=True)[:3]).replace("A-1", "C-3")
    client, file = signed_in(office, "cdo"), (HEAD + ROWS + third).encode()

    def bring() -> int:
        given = {"file": SimpleUploadedFile("register.csv", file), "source": "ours register"}
        assert client.post("/portfolio/register/", given).status_code == 302
        work()
        with acting(office.viewer("cdo")):
            return Job.objects.order_by("-pk").values_list("pk", flat=True)[0]

    def stages() -> dict[str, str]:
        with acting(office.viewer("cdo")):
            return dict(Initiative.objects.values_list("source__code", "stage"))

    url = f"/portfolio/register/{bring()}/"
    for who, status in (("clerk", 403), ("manager", 403)):
        assert signed_in(office, who).get(url).status_code == status
        assert signed_in(office, who).post(f"{url}back/", {"why": "x"}).status_code == status
    assert signed_in(other, "cdo").get(url).status_code == 404
    assert signed_in(other, "cdo").post(f"{url}back/", {"why": "x"}).status_code == 404
    with acting(office.viewer("cdo")):
        worked_on = Initiative.objects.get(source__code="A-1")
        claim(
            by=office.viewer("cdo"), initiative=worked_on, words="ours", on=NOON.date(),
            **dict.fromkeys(map(str, Side), str(Standing.WATCH)),
        )  # fmt: skip
    html = client.get(url).content.decode()
    assert "2 initiatives that it opened can be closed at once" in html
    assert "Initiatives opened" in html
    assert "2 initiatives that it opened are closed" in client.get(f"{url}back/").content.decode()
    assert client.post(f"{url}back/", {"why": ""}).status_code == 422
    assert (
        "2 initiatives are closed." in client.post(f"{url}back/", {"why": "ours reason"}, follow=True).content.decode()
    )
    assert stages() == {"A-1": "delivery", "B-2": "closed", "C-3": "closed"}
    assert "There is nothing to take back" in client.get(url).content.decode()
    assert client.post(f"{url}back/", {"why": "x"}).status_code == 422
    with acting(office.viewer("cdo")):
        one = Initiative.objects.get(source__code="B-2")
        assert (one.outcome, one.closed_why, Baseline.objects.count()) == ("stopped", "ours reason", 4)
        differences = Difference.objects.order_by("initiative__source__code").values_list(
            "initiative__source__code", "closed_why"
        )
        assert set(differences) == {("A-1", ""), ("C-3", "ours reason")}
    assert "Closed on" in client.get(f"/portfolio/{one.pk}/").content.decode()
    again = f"/portfolio/register/{bring()}/"
    assert stages() == {"A-1": "delivery", "B-2": "delivery", "C-3": "delivery"}
    assert "2 initiatives are closed." in client.post(f"{again}back/", {"why": "x"}, follow=True).content.decode()


def test_what_an_office_has_closed_itself_stays_closed(office: Office) -> None:
    brought(office)
    cdo = office.viewer("cdo")
    with acting(cdo):
        one = Initiative.objects.get(source__code="B-2")
        close_initiative(by=cdo, initiative=one, outcome="stopped", why="ours", lesson="ours", on=NOON.date())
    brought(office)
    with acting(cdo):
        assert Initiative.objects.get(source__code="B-2").stage == "closed"


@pytest.mark.real_data
def test_three_years_of_a_published_portfolio_show_what_rebaselining_hid(office: Office, real_data: Path) -> None:
    text = (real_data / "portfolio" / "gmpp" / "2021_2023.csv").read_text(encoding="utf-8-sig")
    reports, problems = read(text)
    assert problems == []
    assert len(reports) == 663
    viewer = office.viewer("cdo")
    with acting(viewer), override("en"):
        counted = bring_register_in(by=viewer, reports=reports, source="GMPP 2021-23", at=NOON)
        assert (counted.initiatives, counted.claims) == (298, 629)
        rules, hidden = thresholds_of(viewer), 0
        for one in Initiative.objects.all().looked_at().filter(baselines__number=2).distinct():
            first = min(one.baselines.all(), key=lambda row: row.number)
            day = max(row.on for row in one.claims.all())
            sides = (look(one, rules, day, beside=base).get(Side.COST) for base in (first, None))
            beside_first, beside_newest = (side.standing for side in sides if side)
            hidden += beside_first is Standing.OFF and beside_newest is Standing.ON_COURSE
        rebaselined = Initiative.objects.filter(baselines__number=2).count()
    assert (counted.baselines, rebaselined, hidden) == (466, 150, 39)
