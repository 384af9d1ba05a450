"""Asking for pages as somebody of an office."""

from django.test import Client

from tests.core.offices import Office


def page(office: Office, who: str, url: str, status: int = 200) -> str:
    """The page as that person gets it."""
    client = Client()
    client.force_login(office.user(who))
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()
