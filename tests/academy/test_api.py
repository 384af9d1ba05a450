"""The API's lists of the rooms take the filters of their pages."""

import pytest
from django.test import Client

from tests.academy.catalogue import Catalogue
from tests.core.offices import Office


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("courses?name=donnees", ["Données ouvertes"]),
        ("courses?mode=online", ["Données ouvertes"]),
        ("courses", ["Data in law", "Données ouvertes", "Safety"]),
        ("providers?name=ACADEMIE", ["Académie"]),
        ("providers?name=other", []),
        ("frameworks?name=other", []),
        ("skills?area=Law", ["Law in practice"]),
        ("skills?asked=none", []),
    ],
)
def test_a_list_is_filtered_as_its_page_is(
    office: Office,
    catalogue: Catalogue,  # noqa: ARG001 - it is what is listed
    asked: str,
    found: list[str],
) -> None:
    client = Client()
    client.force_login(office.user("cdo"))
    rows = client.get(f"/api/v1/{asked}").json()["items"]
    assert [row.get("title") or row["name"] for row in rows] == found


def test_a_filter_there_is_none_of_is_refused(office: Office, catalogue: Catalogue) -> None:  # noqa: ARG001 - as above
    client = Client()
    client.force_login(office.user("cdo"))
    assert client.get("/api/v1/courses?colour=red").status_code == 422
