"""A list: the same rows on its page, in its downloads and in its addresses."""

import csv
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.forms import Select
from django.http import FileResponse, QueryDict
from django.test import RequestFactory
from django.test.html import parse_html
from django.utils import timezone
from django_filters import CharFilter, DateFilter, FilterSet, MultipleChoiceFilter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.core.offices import DAY, Office
from vested.core.downloads import LONGEST_TEXT, download, write_csv, write_xlsx
from vested.core.errors import Invalid
from vested.core.filters import ManyOptions
from vested.core.listing import ROWS, Column, Listing
from vested.core.models import Event, Membership, Person
from vested.core.scope import acting
from vested.formats.sector_folder import escape

COLUMNS = (
    Column("Name", "name", "name", link=lambda person: f"/{person.code}/"),
    Column("Code", "code", "code"),
    Column("Letters", lambda person: len(person.name), number=True),
)


class People(FilterSet):  # type: ignore[misc]  # django-filter carries no types
    """A filter of each sort."""

    name = CharFilter(lookup_expr="contains", label="Name")
    code = MultipleChoiceFilter(choices=[("cdo", "The officer"), ("clerk", "The clerk")], label="Who")
    since = DateFilter(field_name="memberships__since", label="Since")


def listing(office: Office, query: str = "", *, who: str = "cdo", form: dict[str, str] | None = None) -> Listing:
    """The list as one of the office asks for it; within acting."""
    path = f"/people/?{query}"
    request = RequestFactory().get(path) if form is None else RequestFactory().post(path, form)
    viewer = office.viewer(who)
    request.viewer = viewer  # type: ignore[attr-defined]  # the middleware sets it
    return Listing(
        request,
        Person.objects.all().visible_to(viewer),
        filters=People,
        columns=COLUMNS,
        order="name",
        name="people",
        counted=lambda n: f"{n} people",
    )


def names(office: Office, query: str = "", *, who: str = "cdo") -> list[str]:
    with acting(office.viewer(who)):
        return [person.code for person in listing(office, query, who=who).page]


def more(office: Office, count: int) -> None:
    with acting(office.viewer("cdo")):
        people = [Person(sector=office.sector, code=f"n{n}", name="Nobody") for n in range(count)]
        Person.objects.bulk_create(people)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["auditor", "cdo", "clerk", "manager", "neighbour"]),
        ("sort=-name", ["neighbour", "manager", "clerk", "cdo", "auditor"]),
        ("sort=sector__slug", ["auditor", "cdo", "clerk", "manager", "neighbour"]),
        ("name=c&sort=-code", ["clerk", "cdo"]),
        ("code=cdo&code=clerk", ["cdo", "clerk"]),
        ("since=soon&name=neigh", ["neighbour"]),
        ("since=2026-01-06", []),
    ],
)
def test_rows_are_filtered_and_sorted_as_the_address_says(office: Office, query: str, found: list[str]) -> None:
    assert names(office, query) == found


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "count"), [("cdo", 5), ("manager", 2), ("clerk", 1)])
def test_only_rows_that_exist_for_the_viewer_are_listed(office: Office, other: Office, who: str, count: int) -> None:
    assert len(names(office, who=who)) == count
    assert other.people["clerk"].pk not in {office.people[code].pk for code in names(office, who=who)}


@pytest.mark.django_db
def test_an_invalid_filter_says_why_and_the_list_stays(office: Office) -> None:
    with acting(office.viewer("cdo")):
        found = listing(office, "since=soon")
        assert list(found.form.errors) == ["since"]
        assert found.chips == []
        assert found.found == "5 people"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "shown"), [("1", 1), ("3", 3), ("4", 3), ("0", 1), ("-7", 1), ("x", 1), ("", 1), ("9" * 5000, 3)]
)
def test_a_page_that_is_none_gives_the_nearest(office: Office, asked: str, shown: int) -> None:
    more(office, 2 * ROWS)
    with acting(office.viewer("cdo")):
        found = listing(office, f"page={asked}")
        assert found.page.number == shown
        assert found.found == {1: "105 people, 1 to 50", 2: "105 people, 51 to 100", 3: "105 people, 101 to 105"}[shown]


@pytest.mark.django_db
def test_rows_that_are_equal_keep_their_order_from_page_to_page(office: Office) -> None:
    more(office, 2 * ROWS)
    assert len({code for page in "123" for code in names(office, f"sort=-name&page={page}")}) == 105
    with acting(office.viewer("cdo")):
        assert listing(office, "sort=-name").rows.query.order_by[-1] == "pk"  # by chance a database may do without


@pytest.mark.django_db
def test_every_address_keeps_the_rest(office: Office) -> None:
    with acting(office.viewer("cdo")):
        found = listing(office, "name=c&code=cdo&code=clerk&sort=-code&page=1&since=")
        chips = {words: parse_qs(url[1:]) for words, url in found.chips}
        assert chips == {
            "Name: c": {"code": ["cdo", "clerk"], "sort": ["-code"]},
            "Who: The officer": {"name": ["c"], "code": ["clerk"], "sort": ["-code"]},
            "Who: The clerk": {"name": ["c"], "code": ["cdo"], "sort": ["-code"]},
        }
        assert parse_qs(found.clear()[1:]) == {"sort": ["-code"]}
        assert found.before().endswith("&page=")
        assert QueryDict(found.before()[1:]).getlist("code") == ["cdo", "clerk"]
        head = {words: (parse_qs(url[1:]).get("sort"), state) for words, url, state, _ in found.head}
        assert head == {"Name": (["name"], ""), "Code": (["code"], "descending"), "Letters": (None, "")}
        assert [value for value, _, now in found.sorts if now] == ["-code"]
        again = listing(office, "sort=code")
        assert [(state, url) for words, url, state, _ in again.head if words == "Code"] == [
            ("ascending", "?sort=-code")
        ]


def content(answer: Any) -> bytes:
    assert isinstance(answer, FileResponse)
    assert answer.file_to_stream
    with closing(answer.file_to_stream):  # closing the answer would end the request, and the test's connection with it
        return b"".join(answer)


def sheet(file: BytesIO) -> list[list[Any]]:
    """Rows of the one sheet."""
    found = load_workbook(file).active
    assert found
    return [[cell.value for cell in row] for row in found.rows]


@pytest.mark.django_db
def test_a_download_has_all_rows_found_and_is_recorded(office: Office) -> None:
    more(office, ROWS)
    with acting(office.viewer("cdo")):
        text = content(listing(office, "name=o&sort=-code&page=2", form={"format": "csv"}).answer(""))
        assert text.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(StringIO(text.decode("utf-8-sig"))))
        codes = [row[1] for row in rows[1:]]
        assert rows[0] == ["Name", "Code", "Letters"]
        assert codes == sorted(codes, reverse=True)
        assert len(codes) == 55  # all five are "of ours"
        told = Event.objects.get(kind="list.exported")
        assert told.new == {"list": "people", "format": "csv", "rows": 55, "filters": {"Name": "o"}}
        assert told.by_name == "cdo of ours"
        book = content(listing(office, "code=cdo", form={"format": "xlsx"}).answer(""))
        assert sheet(BytesIO(book)) == [["Name", "Code", "Letters"], ["cdo of ours", "cdo", 11]]
        with pytest.raises(Invalid):
            listing(office, form={"format": "pdf"}).answer("")
        assert Event.objects.filter(kind="list.exported").count() == 2


@pytest.mark.django_db
def test_a_long_list_takes_few_questions(office: Office, django_assert_max_num_queries: Any) -> None:
    more(office, 3 * ROWS)
    with acting(office.viewer("cdo")):
        found = listing(office, "name=o&page=2")
        with django_assert_max_num_queries(2):
            assert (len(list(found.lines())), found.found) == (50, "155 people, 51 to 100")
        assert found.all_words() == "155 people"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_a_spreadsheet_runs_nothing_of_a_csv(text: str) -> None:
    file = BytesIO()
    write_csv(file, [[text]])
    [[cell]] = csv.reader(StringIO(file.getvalue().decode("utf-8-sig"), newline="")) if text else [[""]]
    assert cell in {text, f"'{text}"}
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell == escape(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=50))
def test_a_spreadsheet_runs_nothing_of_a_workbook(text: str) -> None:
    file = BytesIO()
    write_xlsx(file, [["head", text]])
    found = load_workbook(file).active
    assert found
    assert {cell.data_type for row in found.rows for cell in row} <= {"s", "n"}  # empty cells count as numbers
    assert all(isinstance(cell.value, str | None) for row in found.rows for cell in row)


def test_values_keep_their_type_in_a_workbook_and_are_plain_in_a_csv() -> None:
    now = timezone.make_aware(datetime.fromisoformat("2026-03-01T09:30"))
    row = ["=1+1", -2, 2.5, Decimal("1.5"), DAY, now, None, True]
    file = BytesIO()
    write_xlsx(file, [row])
    [cells] = sheet(file)
    assert cells[:4] == ["=1+1", -2, 2.5, 1.5]
    assert [cell.date() for cell in cells[4:6]] == [DAY, date(2026, 3, 1)]
    assert cells[6:] == [None, "True"]
    file = BytesIO()
    write_csv(file, [row])
    assert file.getvalue().decode("utf-8-sig").strip() == "'=1+1,-2,2.5,1.5,2026-01-05,2026-03-01T09:30:00,,True"


def test_a_workbook_that_cannot_hold_it_says_so() -> None:
    with pytest.raises(Invalid):
        write_xlsx(BytesIO(), [["x" * (LONGEST_TEXT + 1)]])


@pytest.mark.django_db
def test_a_page_may_write_a_value_otherwise_than_a_download(office: Office) -> None:
    letters = Column("Letters", lambda person: len(person.name), shown=lambda person: f"about {len(person.name)}")
    with acting(office.viewer("clerk")):
        found = listing(office, who="clerk")
        found.columns = (COLUMNS[0], letters)
        assert [[value for _column, value, _link in line] for line in found.lines()] == [["clerk of ours", "about 13"]]
        text = content(download(found, "csv")).decode("utf-8-sig")
        assert text.splitlines() == ["Name,Letters", "clerk of ours,13"]


@pytest.mark.django_db
def test_an_attribute_of_an_attribute_is_a_value(office: Office) -> None:
    with acting(office.viewer("cdo")):
        assert Column("Unit", "unit.name").of(Membership.objects.get(person=office.people["clerk"])) == "ours north"


@given(st.dictionaries(st.text(max_size=4), st.text(max_size=8), max_size=5), st.text(max_size=4), st.booleans())
def test_many_options_are_written_as_django_writes_them(choices: dict[str, str], chosen: str, named: bool) -> None:  # noqa: FBT001 - drawn
    attrs = {"id": "id_a", "aria-invalid": "true", "required": named}
    ours, theirs = (kind(choices=choices.items()).render("a", chosen, attrs) for kind in (ManyOptions, Select))
    assert parse_html(ours) == parse_html(theirs)
