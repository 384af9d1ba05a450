"""Objectives: who opens, changes and closes them, and how they hang together."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.core.offices import DAY, Office, signed_in
from tests.direction.aims import YEAR_END, measure, objective, see
from tests.skills.pages import page
from vested.core.errors import Conflict, Invalid, NotAllowed
from vested.core.models import Event
from vested.core.scope import acting
from vested.direction.actions import change_objective, close_objective
from vested.direction.models import Objective
from vested.direction.queries.objectives import DEEPEST, tree


def change(office: Office, of: Objective, who: str = "cdo", **given: object) -> Objective:
    viewer = office.viewer(who)
    words: dict[str, object] = {
        "title": "ours other", "why": "ours", "about": "together", "code": "", "parent": None, "owner": None,
        "ends_on": YEAR_END, "version": of.version,
    }  # fmt: skip
    with acting(viewer):
        return change_objective(by=viewer, objective=of, **{**words, **given})  # type: ignore[arg-type]  # as given


def close(office: Office, of: Objective, who: str = "cdo", *, reached: bool = True, version: int = 1) -> Objective:
    viewer = office.viewer(who)
    with acting(viewer):
        return close_objective(by=viewer, objective=of, reached=reached, why="ours end", on=DAY, version=version)


def test_everybody_sees_it_and_whose_unit_it_is_changes_it(office: Office, other: Office) -> None:
    of = objective(office, "manager", code="A1")
    assert of.owner == office.people["manager"]
    for who in ("cdo", "manager", "clerk", "neighbour", "auditor"):
        html = page(office, who, f"/objectives/{of.pk}/")
        assert "ours because" in html
        assert ("Change</a>" in html) == (who in {"cdo", "manager"})
        assert "ours aim" in page(office, who, "/objectives/")
        assert "ours aim" in page(office, who, f"/units/{office.north.pk}/")
        assert "ours aim" in page(office, who, "/search/?q=A1")
    page(other, "cdo", f"/objectives/{of.pk}/", 404)
    assert "ours aim" not in page(other, "cdo", "/objectives/")
    changed = change(office, of, "manager", code="A1")
    assert (changed.version, changed.owner) == (2, office.people["manager"])
    with acting(office.viewer("cdo")):
        newest = Event.objects.all().about(of)[0]
        assert (newest.old["title"], newest.new["title"]) == ("ours aim", "ours other")
    assert "before “ours aim”" in page(office, "cdo", f"/objectives/{of.pk}/")


@pytest.mark.parametrize("who", ["clerk", "neighbour", "auditor"])
def test_nobody_else_does(office: Office, who: str) -> None:
    of = objective(office)
    with pytest.raises(NotAllowed):
        objective(office, who)
    with pytest.raises(NotAllowed):
        change(office, of, who)
    with pytest.raises(NotAllowed):
        close(office, of, who)


def test_a_manager_opens_none_elsewhere(office: Office) -> None:
    for unit in (None, office.south):
        with pytest.raises(NotAllowed):
            objective(office, "manager", unit=unit)


def test_what_cannot_be_is_refused(office: Office) -> None:
    of = objective(office, code="A1")
    for given, field in (
        ({"ends_on": DAY - timedelta(days=1)}, "ends_on"),
        ({"code": "A1"}, "code"),
        ({"parent": close(office, objective(office, title="ours closed"))}, "parent"),
    ):
        with pytest.raises(Invalid) as refused:
            objective(office, **given)
        assert refused.value.field == field
    below = objective(office, title="ours below", parent=of)
    for parent in (of, below):
        with pytest.raises(Invalid) as refused:
            change(office, of, parent=parent)
        assert refused.value.field == "parent"
    with pytest.raises(Conflict):
        change(office, of, version=7)


def test_it_is_closed_once_and_stays(office: Office) -> None:
    of = close(office, objective(office), reached=False)
    with pytest.raises(Invalid, match="closed already"):
        close(office, of, version=2)
    with pytest.raises(Invalid, match="closed already"):
        change(office, of, version=2)
    html = page(office, "cdo", f"/objectives/{of.pk}/")
    assert "left" in html
    assert "ours end" in html
    assert "Change</a>" not in html
    assert "ours aim" in page(office, "clerk", "/objectives/?state=left")
    for state in ("open", "reached"):
        assert "ours aim" not in page(office, "clerk", f"/objectives/?state={state}")
    assert "No objective is open" in page(office, "clerk", "/objectives/tree/")


def test_the_tree_goes_down_and_no_deeper_than_it_may(office: Office) -> None:
    top = objective(office, title="ours 0", unit=None)
    last = top
    for depth in range(1, DEEPEST):
        last = objective(office, title=f"ours {depth}", parent=last)
    with pytest.raises(Invalid) as refused:
        objective(office, parent=last)
    assert refused.value.field == "parent"
    viewer = office.viewer("clerk")
    with acting(viewer):
        assert [(depth, one.title) for depth, one in tree(viewer)] == [(n, f"ours {n}") for n in range(DEEPEST)]
        with acting(office.viewer("cdo")):
            close(office, top)
        assert [depth for depth, _one in tree(viewer)] == list(range(DEEPEST - 1))
    assert "Serves ours 1" in page(office, "clerk", "/objectives/tree/")
    assert f'href="/objectives/{top.pk}/">ours 0</a>' in page(office, "clerk", f"/objectives/{last.pk}/")


def test_more_objectives_ask_no_more_questions(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        of = objective(office, title=f"ours {number}")
        see(office, measure(office, of), DAY, 10.0)
    client = signed_in(office, "clerk")
    for address in ("/objectives/", "/objectives/tree/", "/vision/", f"/units/{office.north.pk}/"):
        with django_assert_max_num_queries(20):
            assert client.get(address).status_code == 200


def test_it_is_opened_changed_and_closed_on_pages(office: Office) -> None:
    client = signed_in(office, "manager")
    answers = {
        "title": "ours page", "why": "w", "about": "partners", "unit": str(office.north.pk), "starts_on": "2026-01-05",
        "ends_on": "2026-12-31", "owner": "nobody at all",
    }  # fmt: skip
    assert "whole sector" not in client.get("/objectives/new/").content.decode()
    wrong = client.post("/objectives/new/", answers)
    assert wrong.status_code == 422
    assert "Nobody and nothing is found" in wrong.content.decode()
    assert client.post("/objectives/new/", answers | {"owner": "clerk"})["location"] == "/objectives/"
    with acting(office.viewer("cdo")):
        of = Objective.objects.get()
        assert (of.owner, of.about) == (office.people["clerk"], "partners")
    here = f"/objectives/{of.pk}/"
    assert f'<option value="{of.pk}" selected' in client.get(f"/objectives/new/?under={of.pk}").content.decode()
    assert 'value="clerk"' in client.get(f"{here}change/").content.decode()
    changed = client.post(f"{here}change/", answers | {"owner": "", "version": "1", "title": "ours else"})
    assert changed["location"] == here
    assert client.post(f"{here}close/", {"version": "2", "reached": "", "why": "x"}).status_code == 422
    assert client.post(f"{here}close/", {"version": "2", "reached": "yes", "why": "x"})["location"] == here
    assert "reached" in page(office, "clerk", here)
    assert signed_in(office, "clerk").get("/objectives/new/").status_code == 403
