"""Every page that has an address without keys, and those of files on their way in and out, as the CDO sees them.

Nothing bars the way, and nothing is on the console.
"""

from http import HTTPStatus

import pytest
from playwright.sync_api import expect

from tests.core.imports.bringing import brought_in, files, latest, uploaded, work
from tests.core.offices import DAY, signed_in
from tests.journeys.looking import Desk, barred
from tests.security.walking import Route, routes
from vested.core.models import Import, Job
from vested.core.scope import System, acting
from vested.skills.models import Post, Role

pytestmark = pytest.mark.journey


def plain() -> list[Route]:
    """The routes without keys."""
    return [route for route in routes() if "<" not in route.address]


def test_nothing_bars_the_way_on_any_page(desk: Desk) -> None:
    page = desk.sit("cdo")
    looked, found = set(), []
    for route in plain():
        address = f"/{route.address}"
        answer = page.request.get(address)
        html = "text/html" in answer.headers.get("content-type", "")
        if answer.status == HTTPStatus.OK and html and not answer.headers.get("content-disposition"):
            page.goto(address)
            if page.url not in looked:
                looked.add(page.url)
                found += barred(page)
    assert len(looked) >= 10
    assert found == []


UNITS = (
    "unit_id,name,kind,parent_id\nministry,Ministry,ministry,\nnorth,{},agency,ministry\nsouth,South,agency,ministry\n"
)
GUESSED = "Enhedsnr;Navn;Type;Overordnet enhed\nministry;M;ministry;\n"


@pytest.mark.usefixtures("uploads")
def test_nothing_bars_the_way_of_files_that_are_brought_in_and_taken_out(desk: Desk) -> None:
    page, client, found = desk.sit("cdo"), signed_in(desk.office, "cdo"), []

    def look(address: str, heading: str) -> None:
        page.goto(address)
        assert page.url.endswith(address)
        expect(page.locator("h1")).to_contain_text(heading)
        found.extend(barred(page))

    with acting(System("a test")):  # files of units are checked beside the staff there is, and all of it has a role
        role = Role.objects.get(code="clerk")
        for person in desk.office.people.values():
            Post.objects.create(sector=desk.office.sector, person=person, role=role, since=DAY)
    client.post("/imports/new/", {"chosen": files(units=UNITS.format("North"))})
    waiting = latest()
    look(f"/jobs/{waiting.job_id}/", "Check the files")
    look(f"/jobs/{waiting.job_id}/cancel/", "Stop")
    work()
    look(f"/imports/{waiting.pk}/preview/", "would change")
    look(f"/imports/{uploaded(client, *files(Enheder=GUESSED)).pk}/columns/", "Which column is which?")
    faulty = uploaded(client, *files(units=UNITS.replace("agency", "agenzy").format("North")))
    look(f"/imports/{faulty.pk}/report/", "2 places need mending")
    done = brought_in(client, *files(units=UNITS.format("The north")))
    assert done.state == Import.State.DONE
    look(f"/imports/{done.pk}/", "Your files are brought in")
    look(f"/imports/{done.pk}/undo/", "Undo")
    look("/imports/", "4 imports")
    client.post("/exports/")
    work()
    with acting(desk.office.viewer("cdo")):
        packed = Job.objects.filter(kind="core.export").latest("pk")
    look(f"/jobs/{packed.pk}/", "Pack your files")
    look("/jobs/", "My jobs")
    assert found == []
