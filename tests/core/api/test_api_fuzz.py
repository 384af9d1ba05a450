"""No request, however odd, is a mistake of ours: generated from the parameters that are described."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

import tests.core.jobs_done  # noqa: F401 - a kind of job to repeat
from tests.core.api.calls import CALLS, PROBLEM, Call, fill
from tests.core.offices import Office, make_office, signed_in

WORDS = st.one_of(
    st.text(max_size=20), st.sampled_from(["", "\0", "'", "%", "é", "\u2028", "x" * 300, "-", "null", "1e400"])
)
NUMBERS = st.one_of(st.integers(-3, 300), st.sampled_from([2**31, 2**63 - 1, 2**63, 10**40, -(2**63)]))
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, st.floats(allow_nan=False, allow_infinity=False), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=4,
)


def values(shape: dict[str, Any]) -> st.SearchStrategy[str]:
    """What a parameter may be, and what it may not."""
    right = st.sampled_from(shape["enum"]) if "enum" in shape else NUMBERS if shape.get("type") == "integer" else WORDS
    if shape.get("format") == "date":
        right = st.one_of(st.dates().map(str), st.just("0000-00-00"))
    return st.one_of(right.map(str), WORDS)


@st.composite
def requests(draw: st.DrawFn) -> tuple[Call, dict[str, str], dict[str, str], Any, Any]:
    call = draw(st.sampled_from(list(CALLS.values())))
    query = {
        one["name"]: draw(values(one["schema"]))
        for one in call.parameters
        if one["in"] == "query" and draw(st.booleans())
    }
    pk = draw(st.one_of(st.none(), NUMBERS, st.text(max_size=5)))
    fields = {name: draw(st.one_of(ANYTHING, NUMBERS, WORDS)) for name in call.body.get("properties", {})}
    body = draw(st.one_of(st.just(fields), ANYTHING)) if call.method != "get" else None
    headers = {"If_Match": draw(st.sampled_from(["*", '"v1"', "x", 'W/"']))}
    return call, query, headers, pk, body


class Odd(TestCase):
    """Against one furnished sector."""

    office: Office
    ids: dict[str, int]

    @classmethod
    def setUpTestData(cls) -> None:
        """Furnish it."""
        cls.office = make_office("ours")
        cls.ids = fill(cls.office)

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(requests())
    def test_no_request_is_a_mistake_of_ours(self, made: tuple[Call, dict[str, str], dict[str, str], Any, Any]) -> None:
        call, query, headers, pk, body = made
        client = signed_in(self.office, "cdo")
        room = call.path.removeprefix("/api/v1/").partition("/")[0]
        one = self.ids.get(room, 1) if pk is None else pk
        url = call.path.format(pk=one, unit=self.ids["units"], person=self.ids["people"])
        answer = client.generic(
            call.method.upper(), url, query_params=query, data=json.dumps(body), content_type="application/json",
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )  # fmt: skip
        assert answer.status_code < 500
        assert answer.status_code < 400 or answer.headers["Content-Type"] == PROBLEM
