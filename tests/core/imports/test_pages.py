"""Who comes to the pages of imports and exports, what they ask of the database, and how they are built."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.core.imports.bringing import BAD, STAFF, UNITS, begun, brought_in, files, latest, uploaded, zipped
from tests.core.offices import Office
from vested.core.errors import NotAllowed
from vested.core.imports import actions, exports
from vested.core.imports.layout import Sheet
from vested.core.models import Import
from vested.core.permissions import Role
from vested.core.scope import acting
from vested.formats.sector_folder import Report

STEPS = ("", "columns/", "report/", "report.csv", "preview/", "undo/")
POSTED = ("columns/", "report/", "preview/", "check/", "drop/", "undo/")


def test_a_colleague_without_the_role_is_refused_and_a_stranger_finds_nothing(
    cdo: Client, manager: Client, stranger: Client
) -> None:
    imported = uploaded(cdo, *files(units=UNITS))
    for url in ("/imports/", "/imports/new/", "/exports/", *(f"/imports/{imported.pk}/{step}" for step in STEPS)):
        assert manager.get(url).status_code == 403, url
        assert Client().get(url)["location"].startswith("/sign-in/"), url
    for step in STEPS:
        assert stranger.get(f"/imports/{imported.pk}/{step}").status_code == 404
    for step in POSTED:
        assert manager.post(f"/imports/{imported.pk}/{step}").status_code == 403, step
        assert stranger.post(f"/imports/{imported.pk}/{step}").status_code == 404, step
    assert manager.post("/imports/new/", {"chosen": files(units=UNITS)}).status_code == 403
    assert manager.post("/exports/").status_code == 403
    assert latest().pk == imported.pk
    assert "units.csv" not in stranger.get("/imports/").content.decode()
    assert "units.csv" in cdo.get("/imports/").content.decode()


def test_navigation_leads_those_who_may(cdo: Client, manager: Client) -> None:
    assert 'href="/imports/"' in cdo.get("/").content.decode()
    assert 'href="/imports/"' not in manager.get("/").content.decode()


@pytest.mark.parametrize("who", ["manager", "auditor", "clerk"])
def test_every_action_asks_for_the_permission_first(office: Office, cdo: Client, who: str) -> None:
    imported = uploaded(cdo, *files(units=UNITS))
    by, at = office.viewer(who), timezone.now()
    sheets: list[Sheet] = []
    report = Report((), (), None)
    with acting(by):
        for attempt in (
            lambda: actions.upload_files(by=by, files=files(units=UNITS), at=at),
            lambda: actions.choose_columns(imported=imported, by=by, sheets=sheets, at=at),
            lambda: actions.check_again(imported=imported, by=by, at=at),
            lambda: actions.mend(imported=imported, by=by, file=files(x="")[0], instead_of="units.csv", at=at),
            lambda: actions.drop(imported=imported, by=by, at=at),
            lambda: actions.bring_in(imported=imported, by=by, at=at),
            lambda: actions.undo(imported=imported, by=by, at=at),
            lambda: actions.ask_for_columns(imported=imported, by=by, sheets=sheets),
            lambda: actions.keep_findings(imported=imported, by=by, sheets=sheets, report=report),
            lambda: actions.make_so(imported=imported, by=by, sheets=sheets, report=report, at=at),
            lambda: actions.take_back(imported=imported, by=by, at=at),
            lambda: exports.ask_for_export(by=by, at=at),
            lambda: exports.give_out(by=by, at=at, counts={}),
        ):
            with pytest.raises(NotAllowed):
                attempt()
        assert not Import.objects.all().visible_to(by).exists()


def test_a_role_for_one_unit_is_not_enough(office: Office) -> None:
    by = office.viewer("cdo")
    part = type(by)(by.sector, by.person, tuple(type(held)(Role.HR_OFFICER, office.north.path) for held in by.held))
    with acting(part), pytest.raises(NotAllowed):
        actions.upload_files(by=part, files=files(units=UNITS), at=timezone.now())


def test_what_cannot_be_taken_is_said_at_the_question(cdo: Client) -> None:
    assert "Choose the files to bring." in cdo.post("/imports/new/").content.decode()
    assert "One of the files is empty." in cdo.post("/imports/new/", {"chosen": files(units="")}).content.decode()
    said = cdo.post("/imports/new/", {"chosen": zipped({"../x.csv": b"a"})}).content.decode()
    assert 'role="alert"' in said
    assert "points out of it" in said


def test_pages_ask_a_bounded_number_of_questions(
    cdo: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        brought_in(cdo, *files(units=UNITS.replace("North", f"N{number}"), staff=STAFF))
    ready = uploaded(cdo, *files(units=UNITS))
    broken = uploaded(cdo, *files(units=BAD))
    urls = (
        "/imports/",
        f"/imports/{ready.pk}/preview/",
        f"/imports/{broken.pk}/report/",
        f"/imports/{ready.pk}/columns/",
    )
    for url in (*urls, "/exports/"):
        with django_assert_max_num_queries(9):
            assert cdo.get(url).status_code == 200


def test_pages_are_whole_and_keep_the_policy(cdo: Client) -> None:
    empty = cdo.get("/imports/").content.decode()
    assert "Nothing has been brought in yet" in empty
    done = begun(cdo)
    ready = uploaded(cdo, *files(units=UNITS.replace("North", "<b>N")))
    broken = uploaded(cdo, *files(units=BAD))
    asked = uploaded(cdo, *files(enheder="Enhedsnr;Navn;Type\nA;B;team\n"))
    pages = [empty, *(cdo.get(url).content.decode() for url in (
        "/imports/", "/imports/new/", "/exports/", f"/imports/{done.pk}/", f"/imports/{done.pk}/undo/",
        f"/imports/{ready.pk}/preview/", f"/imports/{broken.pk}/report/", f"/imports/{asked.pk}/columns/",
    ))]  # fmt: skip
    for html in pages:
        assert not re.search(r"<c-|\{\{|\{%|\bNone\b|<b>N|<style|\sstyle=|\son\w+=", html)
        ids = re.findall(r'\sid="([^"]*)"', html)
        assert len(ids) == len(set(ids))
        assert html.count("<h1") == html.count("<main") == 1
        assert set(re.findall(r'\sfor="([^"]+)"', html)) <= set(ids)


def test_the_list_of_problems_runs_nothing_in_a_spreadsheet(cdo: Client) -> None:
    imported = uploaded(cdo, *files(units=BAD))
    imported.report["problems"][0][4] = "=1+1"
    with acting(type("V", (), {"sector": imported.sector, "walls": None, "opened": (), "is_partner": False})()):
        Import.objects.filter(pk=imported.pk).update(report=imported.report)
    assert ",'=1+1," in cdo.get(f"/imports/{imported.pk}/report.csv").content.decode()
