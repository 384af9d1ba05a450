"""Where on the loop a page is."""

import pytest
from django.test import Client

from tests.core.offices import Office


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/skills/", "/skills/gaps/", "/units/"])
def test_of_pages_one_within_another_only_the_inner_is_the_current_one(office: Office, url: str) -> None:
    client = Client()
    client.force_login(office.user("cdo"))
    stations = client.get(url).context["navigation"]
    assert [page["url"] for station in stations for page in station["pages"] if page["current"]] == [url]
    assert [station["station"] for station in stations if station["current"]] == ["know"]
