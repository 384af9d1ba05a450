"""Measures: how they stand beside their path, how sure that is, and who notes what was seen."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.offices import DAY, Office, signed_in
from tests.direction.aims import YEAR_END, aim, measure, objective, see
from tests.skills.pages import page
from vested.core.errors import Invalid, NotAllowed
from vested.core.scope import System, acting
from vested.direction.actions import close_objective, observe
from vested.direction.models import Measure, Observation
from vested.direction.queries.measures import Standing, Verdict, aim_on, error_of, stands, worst

FEBRUARY = date(2026, 2, 4)  # thirty days on: the path asks for 13


def how(of: Measure, on: date) -> Standing:
    with acting(System("a test")):
        return stands(Measure.objects.get(pk=of.pk), on)


@pytest.mark.parametrize(
    ("value", "error", "verdict"),
    [
        (13.5, None, Verdict.ON_COURSE),
        (13.0, None, Verdict.ON_COURSE),
        (12.5, None, Verdict.BEHIND),
        (12.5, 0.5, Verdict.UNSURE),
        (13.5, 0.5, Verdict.UNSURE),
        (15.0, 0.5, Verdict.ON_COURSE),
        (11.0, 0.5, Verdict.BEHIND),
    ],
)
def test_the_verdict_needs_the_whole_range(office: Office, value: float, error: float | None, verdict: Verdict) -> None:
    of = measure(office, objective(office))
    see(office, of, FEBRUARY, value, error)
    found = how(of, FEBRUARY)
    assert found.aim == pytest.approx(13.0)
    assert found.verdict is verdict
    if error is None:
        assert found.range is None
    else:
        assert found.range == pytest.approx((value - 1.645 * error, value + 1.645 * error))


def test_less_can_be_better(office: Office) -> None:
    of = measure(office, objective(office), better="less", baseline=46.5, target=10.0)
    see(office, of, FEBRUARY, 44.0)
    assert how(of, FEBRUARY).verdict is Verdict.BEHIND
    see(office, of, FEBRUARY, 43.0)
    assert how(of, FEBRUARY).verdict is Verdict.ON_COURSE


def test_it_says_when_nobody_has_looked(office: Office) -> None:
    of = measure(office, objective(office), every_days=30)
    assert how(of, FEBRUARY).verdict is Verdict.UNKNOWN
    assert "Nothing was observed yet" in page(office, "clerk", f"/measures/{of.pk}/")
    see(office, of, FEBRUARY, 20.0)
    assert how(of, FEBRUARY + timedelta(days=30)).verdict is Verdict.ON_COURSE
    late = how(of, FEBRUARY + timedelta(days=31))
    assert (late.verdict, late.days) == (Verdict.STALE, 31)
    assert how(of, FEBRUARY - timedelta(days=1)).verdict is Verdict.UNKNOWN
    html = page(office, "clerk", f"/measures/{of.pk}/")
    assert "No observation for " in html
    assert "nobody has looked for long" in html


def test_the_newest_of_a_day_counts_and_the_other_stays(office: Office) -> None:
    of = measure(office, objective(office))
    see(office, of, FEBRUARY, 99.0)
    see(office, of, FEBRUARY, 12.0)
    last = how(of, FEBRUARY).last
    assert last
    assert last.value == 12.0
    html = page(office, "clerk", f"/measures/{of.pk}/")
    assert html.count("corrected since") == 1
    assert "99 %" in html


def test_ups_and_downs_say_how_sure_one_is(office: Office) -> None:
    of = measure(office, objective(office))
    for number, value in enumerate((10.0, 12.0, 10.0, 12.0)):
        see(office, of, DAY + timedelta(days=number), value)
    found = how(of, FEBRUARY)
    assert found.error == pytest.approx(16 / 9 * 1.5**0.5 / 1.128)  # steps of 2, -2, 2, around two thirds
    assert "Nine times of ten it lies between" in page(office, "clerk", f"/measures/{of.pk}/")
    three = [Observation(on=DAY, value=1.0), Observation(on=DAY, value=2.0), Observation(on=DAY, value=3.0)]
    assert error_of(three) is None
    assert error_of([]) is None
    assert error_of([Observation(on=DAY, value=1.0, error=0.0)]) == 0.0


@given(
    values=st.lists(st.floats(-100, 100), min_size=0, max_size=5, unique=True),
    day=st.integers(-50, 500),
)
def test_the_path_passes_its_points_and_stays_between_them(values: list[float], day: int) -> None:
    path = [((DAY + timedelta(days=50 * (at + 1))).isoformat(), value) for at, value in enumerate(values)]
    of = Measure(baseline=0.0, baseline_on=DAY, target=10.0, target_on=DAY + timedelta(days=365), path=path)
    for on, value in path:
        assert aim_on(of, date.fromisoformat(on)) == pytest.approx(value)
    every = [0.0, 10.0, *values]
    assert min(every) - 1e-9 <= aim_on(of, DAY + timedelta(days=day)) <= max(every) + 1e-9
    assert aim_on(of, DAY - timedelta(days=1)) == 0.0
    assert aim_on(of, DAY + timedelta(days=366)) == 10.0


def test_an_objective_stands_as_the_worst_of_its_measures(office: Office) -> None:
    of = objective(office)
    assert worst_of(office, of.pk) is Verdict.UNKNOWN
    good, bad = measure(office, of, name="ours a"), measure(office, of, name="ours b")
    see(office, good, FEBRUARY, 50.0)
    assert worst_of(office, of.pk) is Verdict.UNKNOWN
    see(office, bad, FEBRUARY, 1.0)
    assert worst_of(office, of.pk) is Verdict.BEHIND


def worst_of(office: Office, pk: int) -> Verdict:
    viewer = office.viewer("cdo")
    with acting(viewer):
        found = (
            next(one.objective for one in Measure.objects.filter(objective=pk)) if Measure.objects.exists() else None
        )
        return worst(found, FEBRUARY) if found else Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("given_", "field"),
    [
        ({"target_on": DAY}, "target_on"),
        ({"target": 5.0}, "target"),
        ({"better": "less"}, "target"),
        ({"path": [(date(2026, 3, 1), 1.0), (date(2026, 2, 1), 2.0)]}, "path"),
        ({"path": [(DAY, 1.0)]}, "path"),
        ({"path": [(date(2027, 1, 5), 1.0)]}, "path"),
    ],
)
def test_a_measure_that_cannot_be_is_refused(office: Office, given_: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        measure(office, objective(office), **given_)
    assert refused.value.field == field


def test_its_owner_and_who_may_change_it_note_what_was_seen(office: Office, other: Office) -> None:
    of = measure(office, objective(office, owner=office.people["neighbour"]))
    for who in ("cdo", "manager", "neighbour"):
        viewer = office.viewer(who)
        with acting(viewer):
            observe(by=viewer, measure=of, on=DAY, value=1.0, error=None, source="x", doubt="y", today=DAY)
        assert page(office, who, f"/measures/{of.pk}/observe/")
    for who in ("clerk", "auditor"):
        viewer = office.viewer(who)
        with acting(viewer), pytest.raises(NotAllowed):
            observe(by=viewer, measure=of, on=DAY, value=1.0, error=None, source="x", doubt="", today=DAY)
        page(office, who, f"/measures/{of.pk}/observe/", 404)
    stranger = other.viewer("cdo")
    with acting(stranger), pytest.raises(NotAllowed):
        observe(by=stranger, measure=of, on=DAY, value=1.0, error=None, source="x", doubt="", today=DAY)
    page(other, "cdo", f"/measures/{of.pk}/", 404)


def test_what_is_to_come_is_not_seen_and_what_is_closed_is_not_measured(office: Office) -> None:
    of = objective(office)
    counted, cdo = measure(office, of), office.viewer("cdo")
    with acting(cdo):
        with pytest.raises(Invalid) as refused:
            observe(by=cdo, measure=counted, on=YEAR_END, value=1.0, error=None, source="x", doubt="", today=DAY)
        assert refused.value.field == "on"
        closed = close_objective(by=cdo, objective=of, reached=True, why="x", on=DAY, version=1)
    with pytest.raises(Invalid, match="closed already"):
        measure(office, closed)


def test_it_is_added_and_seen_on_pages_and_its_figures_are_taken_away(office: Office) -> None:
    client = signed_in(office, "manager")
    of = objective(office)
    answers = {
        "name": "ours m", "counts": "days", "better": "less", "baseline": "40", "baseline_on": "2026-01-05",
        "target": "10.5", "target_on": "2026-12-31", "path": "2026-06-30 20\n\n2026-09-30 15.5", "every_days": "60",
    }  # fmt: skip
    address = f"/objectives/{of.pk}/measures/new/"
    assert client.get(address).status_code == 200
    for wrong in ("soon 20", "2026-06-30 many", "2026-06-30"):
        refused = client.post(address, answers | {"path": wrong})
        assert refused.status_code == 422
        assert "is not a day and a value" in refused.content.decode()
    assert client.post(address, answers)["location"] == f"/objectives/{of.pk}/"
    with acting(System("a test")):
        made = Measure.objects.get()
    assert made.path == [["2026-06-30", 20.0], ["2026-09-30", 15.5]]
    note = client.post(f"/measures/{made.pk}/observe/", {"value": "38.5", "on": "2026-01-20", "source": "s"})
    assert note["location"] == f"/measures/{made.pk}/"
    csv = b"".join(client.get(f"/measures/{made.pk}/figures.csv")).decode("utf-8-sig")
    assert csv.splitlines()[0] == "Day,Seen,Path to the target"
    assert "20 January 2026,38.5," in csv
    assert "38.5 days" in page(office, "clerk", f"/objectives/{of.pk}/")


def test_a_program_notes_what_was_seen(office: Office) -> None:
    ids = aim(office)
    client = signed_in(office, "cdo")
    address = f"/api/v1/measures/{ids['measures']}/observations"
    body = {"on": "2026-02-10", "value": 17.25, "source": "register", "error": 0.5}
    answer = client.post(address, body, content_type="application/json")
    assert answer.status_code == 201
    assert answer.json()["error"] == 0.5
    assert client.get(address).json()["count"] == 2
    wrong = client.post(address, body | {"source": ""}, content_type="application/json")
    assert wrong.json()["errors"][0]["pointer"] == "#/source"
    found = client.get("/api/v1/objectives").json()["items"][0]
    assert (found["owner"], found["title"]) == ("cdo of ours", "ours aim")
