"""Lists of the API: the rows of a page's list, filtered by the same filters, sorted, and never all at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import F, QuerySet, TextChoices
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_filters import BooleanFilter, ChoiceFilter, DateFilter, Filter, FilterSet, ModelChoiceFilter, NumberFilter
from ninja import Field, Schema
from ninja.errors import ValidationError
from ninja.params import P, PathEx

from vested.core.looks import shown

MOST = 200
T = TypeVar("T")

Key = PathEx[int, P(ge=1, le=2**63 - 1, description="Its id.")]


class Paging(Schema):
    """Which rows of a list."""

    limit: int = Field(50, ge=1, le=MOST, description="How many rows at most.")
    offset: int = Field(0, ge=0, le=10**9, description="How many rows to leave out from the beginning.")


class Listed(Schema, Generic[T]):
    """Some rows of a list: ``count`` is how many there are in all, with these filters."""

    count: int
    limit: int
    offset: int
    items: list[T]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf:
    """How a list can be asked for: by which names it is sorted, in which order usually, and with which filters."""

    sorts: Mapping[str, str]  # the name a caller uses, and what to sort by
    usual: str
    filters: type[FilterSet] | None = None

    def page(
        self, request: HttpRequest, rows: QuerySet[Any], paging: Paging, *, also: Iterable[str] = ()
    ) -> dict[str, object]:
        """The rows asked for; a parameter that is wrong, or that there is none of, is refused and never left out.

        ``also`` are parameters that the operation reads itself.
        """
        known = {*Paging.model_fields, "sort", *(self.filters.base_filters if self.filters else ()), *also}
        faults = [_fault(name, _("There is no such parameter.")) for name in request.GET if name not in known]
        asked = request.GET.get("sort") or self.usual
        if asked.removeprefix("-") not in self.sorts:
            faults.append(_fault("sort", _("Sort by one of: %(names)s") % {"names": ", ".join(self.sorts)}))
        if self.filters:
            filtered = self.filters(request.GET, rows, request=request)
            faults += [_fault(name, words) for name, errors in filtered.form.errors.items() for words in errors]
        if faults:
            raise ValidationError(faults)
        rows = filtered.qs if self.filters else rows
        by = F(self.sorts[asked.removeprefix("-")])
        rows = rows.order_by(by.desc(nulls_last=True) if asked.startswith("-") else by.asc(nulls_last=True), "pk")
        items = shown(list(rows[paging.offset : paging.offset + paging.limit]))
        return {"count": rows.count(), "limit": paging.limit, "offset": paging.offset, "items": items}

    def described(self) -> dict[str, Any]:
        """Its parameters beside those of paging, for the API's description."""
        names = [sign + name for name in self.sorts for sign in ("", "-")]
        sort = {"type": "string", "enum": names, "default": self.usual}
        parameters = [_parameter("sort", "What to sort by; with - before it, falling.", sort)]
        with override(None):  # the description is in English, whoever asks first
            for name, one in (self.filters.base_filters if self.filters else {}).items():
                parameters.append(_parameter(name, str(one.label or name), _schema(one)))
        return {"parameters": parameters}


def one_of(choices: type[TextChoices], words: str = "", **given: Any) -> Any:  # noqa: ANN401 - as pydantic's Field
    """A field of a text that is one of these. Enums of one name in two rooms would be one in the description."""
    named: Any = {"enum": choices.values}
    return Field(description=words or None, json_schema_extra=named, **given)


def checked(form: Form) -> dict[str, Any]:
    """What a form's fields were given, as its page checks them."""
    if not form.is_valid():
        way = {"__all__": ("body", "")}
        raise ValidationError(
            [
                {"loc": way.get(name, ("body", "", name)), "msg": words}
                for name, errors in form.errors.items()
                for words in errors
            ]
        )
    return dict(form.cleaned_data)


def _fault(name: str, words: str) -> dict[str, Any]:
    return {"loc": ("query", name), "msg": words}


def _parameter(name: str, words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"in": "query", "name": name, "description": words, "schema": schema, "required": False}


def _schema(one: Filter) -> dict[str, Any]:
    if isinstance(one, ModelChoiceFilter):
        return {"type": "integer"}
    if isinstance(one, ChoiceFilter):
        choices = getattr(one.extra["choices"], "choices", one.extra["choices"])
        known = {} if callable(choices) else {"enum": [value for value, _words in choices]}  # else each sector's own
        return {"type": "string", **known}
    if isinstance(one, BooleanFilter):
        return {"type": "boolean"}
    if isinstance(one, NumberFilter):
        return {"type": "number"}
    return {"type": "string", "format": "date"} if isinstance(one, DateFilter) else {"type": "string"}
