"""Lists: the same rows, filtered and sorted the same way, as a page, as a download and for the API.

The rows given are those that exist for the viewer. Whoever may see a list may download it; each download is recorded.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.forms import BoundField
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_filters import FilterSet

from vested.core.downloads import TYPES, download
from vested.core.looks import shown

ROWS = 50


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its words, a row's value (an attribute, dotted, or a function) and how a page writes it, its sort."""

    words: str | Promise
    value: str | Callable[[Any], object]
    sort: str = ""
    number: bool = False
    link: Callable[[Any], str] | None = None
    shown: Callable[[Any], object] | None = None

    def of(self, row: models.Model) -> object:
        """The value in a row."""
        return attrgetter(self.value)(row) if isinstance(self.value, str) else self.value(row)


class Listing:
    """Rows as their reader asked for them; invalid filters are left out, and ``form`` says why."""

    formats = tuple((kind, kind.upper()) for kind in TYPES)

    def __init__(
        self,
        request: HttpRequest,
        rows: models.QuerySet[Any],
        *,
        filters: type[FilterSet],
        columns: Sequence[Column],
        order: str,
        name: str,
        counted: Callable[[int], str],
    ) -> None:
        """``order``: sorted so unless asked otherwise; ``name``: of downloads; ``counted``: “61 people”."""
        self.request, self.everything, self.columns, self.name, self.counted = request, rows, columns, name, counted
        self._filtered = filters(request.GET, rows, request=request)
        self.form = self._filtered.form
        asked = request.GET.get("sort", "")
        self.sort = asked if asked.removeprefix("-") in {column.sort or None for column in columns} else order
        by = models.F(self.sort.removeprefix("-"))
        first = by.desc(nulls_last=True) if self.sort.startswith("-") else by.asc(nulls_last=True)
        self.rows = self._filtered.qs.order_by(first, "pk")

    @cached_property
    def page(self) -> "Page[Any]":
        """The rows to show now; of a page number that is none, the nearest."""
        paginator, asked = Paginator(self.rows, ROWS), self.request.GET.get("page", "")[:9]
        return shown(paginator.page(min(max(int(asked) if asked.isdecimal() else 1, 1), paginator.num_pages)))

    @property
    def found(self) -> str:
        """How many, and which are shown."""
        page, counted = self.page, self.counted(self.page.paginator.count)
        if not page.has_other_pages():
            return counted
        shown = {"first": localize(page.start_index()), "last": localize(page.end_index())}
        return _("%(counted)s, %(first)s to %(last)s") % {"counted": counted, **shown}

    def all_words(self) -> str:
        """How many there are without filters."""
        return self.counted(self.everything.count())

    @property
    def head(self) -> list[tuple[str, str, str, bool]]:
        """The columns: words, where they are sorted by it, how they are now, is it of numbers."""
        by, state = self.sort.removeprefix("-"), "descending" if self.sort.startswith("-") else "ascending"
        states = [state if column.sort == by else "" for column in self.columns]
        turned = [f"-{c.sort}" if now == "ascending" else c.sort for c, now in zip(self.columns, states, strict=True)]
        return [
            (str(column.words), self._url(sort=[sort]) if sort else "", now, column.number)
            for column, sort, now in zip(self.columns, turned, states, strict=True)
        ]

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """The same choices for who sees no head of a table, as on a phone: value, words, is it so now."""
        ways = (("", _("%(column)s, rising")), ("-", _("%(column)s, falling")))
        choices = [(sign + c.sort, words % {"column": c.words}) for c in self.columns if c.sort for sign, words in ways]
        return [(value, words, value == self.sort) for value, words in choices]

    def lines(self) -> Iterator[list[tuple[Column, object, str]]]:
        """The rows shown, each a list of column, value and link."""
        for row in self.page:
            yield [(c, (c.shown or c.of)(row), c.link(row) if c.link else "") for c in self.columns]

    @property
    def chips(self) -> list[tuple[str, str]]:
        """The filters that are on, each with the address without it."""
        get = self.request.GET.getlist
        return [
            (f"{field.label}: {words}", self._url(**{field.name: [one for one in get(field.name) if one != given]}))
            for field, given, words in self.on()
        ]

    def clear(self) -> str:
        """The address without filters."""
        return self._url(**{name: [] for name in self.form.fields})

    def before(self) -> str:
        """The address of a page, up to its number."""
        return self._url(page=[""])

    def answer(self, template: str, **words: Any) -> HttpResponse | FileResponse:
        """The list's page; where its form was sent, the file asked for."""
        if self.request.method == "POST":
            return download(self, self.request.POST.get("format", ""))
        return render(self.request, template, {"listing": self, **words})

    def on(self) -> Iterator[tuple[BoundField, str, str]]:
        """The filters that are on: the field, what was given, the same in words."""
        for name, value in self.form.cleaned_data.items():
            field = self.form[name]
            for one in value if isinstance(value, (list, tuple, models.QuerySet)) else [value]:
                if one not in {None, ""}:
                    known = {} if isinstance(one, models.Model) else dict(getattr(field.field, "choices", ()))
                    yield field, str(field.field.prepare_value(one)), str(known.get(one, localize(one)))

    def _url(self, **changes: list[str]) -> str:
        """This list with something changed, from its first page."""
        query = QueryDict(mutable=True)
        for name, values in {**dict(self.request.GET.lists()), "page": [], **changes}.items():
            if name in changes or any(values):
                query.setlist(name, values)
        return f"?{query.urlencode()}"
