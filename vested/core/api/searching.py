"""The search, for programs."""

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from vested.core.search import LONGEST, MOST, Found, search
from vested.core.viewer import viewer_of

router = Router()


class HitOut(Schema):
    """Something found."""

    title: str
    url: str = Field(description="Its page, without a host.")
    note: str = Field(description="What tells it from others of that title.")


class FoundOut(Schema):
    """What was found of one sort."""

    label: str = Field(description="Of which sort, in the language asked for.")
    hits: list[HitOut] = Field(description=f"At most {MOST}.")
    more: bool = Field(description="true: there are more.")
    rest: str = Field(description="The page of them all, without a host; empty where there is none.")


class SearchOut(Schema):
    """What was found."""

    found: list[FoundOut]


class Words(Schema):
    """What to search for."""

    q: str = Field(min_length=1, max_length=LONGEST, description="Each word has to be in what is found.")


@router.get("/search", response=SearchOut)
def search_all(request: HttpRequest, asked: Query[Words]) -> dict[str, list[Found]]:
    """Search everything that exists for you, as the search of the pages does."""
    return {"found": search(viewer_of(request), asked.q)}
