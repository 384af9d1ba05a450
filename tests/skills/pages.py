"""Asking for pages as somebody of an office."""

from tests.core.offices import Office, signed_in


def page(office: Office, who: str, url: str, status: int = 200) -> str:
    """The page as that person gets it."""
    answer = signed_in(office, who).get(url)
    assert answer.status_code == status, url
    return answer.content.decode()
