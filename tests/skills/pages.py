"""Asking for pages as somebody of an office."""

from typing import Any

from tests.core.offices import Office, signed_in


def page(office: Office, who: str, url: str, status: int = 200) -> str:
    """The page as that person gets it."""
    answer = signed_in(office, who).get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def taken(answer: Any) -> list[str]:
    """The lines of a table that was taken away."""
    assert answer["Content-Type"].startswith("text/csv")
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
