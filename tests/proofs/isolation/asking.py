"""Everything that could be asked for, and how it is: forms filled in, and the jobs done that it starts."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from itertools import islice, product
from typing import Any

from django import forms
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from tests.core.api.calls import CALLS, Call, sample
from tests.proofs.isolation.world import SECTORS, World
from tests.security.planted import word
from tests.security.policy import FILLED
from tests.security.walking import Route, finished, routes
from vested.academy.models import Provider
from vested.core.jobs.running import run
from vested.core.models import Hat, Job, Person, Unit
from vested.core.scope import System, acting
from vested.core.viewer import viewer_of
from vested.direction.models import SteeringSession
from vested.ecosystem.models import Share
from vested.plans.models import Plan
from vested.portfolio.models import Benefit, Block, Contract, Difference, Initiative, Pool
from vested.skills.models import Demand, Framework

ASKED = ("?q=kanarieours", "?q=kanarietheirs", "?sort=-name", "?by=role", "?page=2", "?scope=all", "?whose=all")
IDS: dict[str, type[models.Model]] = {
    **FILLED,
    "frameworks/": Framework,
    "providers/": Provider,
    "steering/": SteeringSession,
    "v1/initiatives/": Initiative,
    "v1/differences/": Difference,
    "v1/benefits/": Benefit,
    "v1/contracts/": Contract,
    "v1/demands/": Demand,
    "v1/shares/": Share,
}
# Questions that name a row by its key, or by its code, whose canary is its word; and what an address may name besides.
NAMING: dict[str, tuple[str, type[models.Model], str]] = {
    "core:hat-wear": ("wear", Hat, "{pk}"),
    "core:hat-new": ("person", Person, "{word}"),
    "portfolio:contract-new": ("system", Block, "{word}"),
    "portfolio:mode": ("crews", Pool, "{word} 1"),
    "portfolio:system-change": ("unit", Unit, "{pk}"),
}
BESIDES: dict[str, tuple[str, str, type[models.Model]]] = {
    "direction:escalation-decide": ("post", "session={}", SteeringSession),
    "plans:compare": ("get", "one={}&other={}", Plan),
}
LONG = {"plans.curve", "plans.draws"}  # jobs that search again and again
LATER = ("_by", "due_on", "ends_on", "until", "latest", "closes_on", "target_on")  # how days to come are named
WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
ASIDE = {"django_session"}


@dataclass(frozen=True)
class Request:
    """One request, by the name of its route or operation, with the rows in its address."""

    name: str
    method: str
    address: str
    rows: tuple[tuple[type[models.Model], int], ...] = ()
    call: Call | None = field(default=None, compare=False)
    form: tuple[tuple[str, str], ...] = ()


def requests(world: World, *, most: int) -> Iterator[Request]:
    """Everything there is to ask for, with at most so many rows of a kind and sector in an address."""
    for route in routes():
        for rows, address in _filled(route, world, most):
            yield Request(route.name, "get", address, rows)
            yield Request(route.name, "post", address, rows)
            if not rows:
                for query in ASKED:
                    yield Request(route.name, "get", address + query, rows)
                for kind in ("csv", "xlsx"):
                    yield Request(route.name, "post", address, rows, form=(("format", kind),))
            if route.name in NAMING:
                name, model, says = NAMING[route.name]
                for pk in world.ids[model]["ours"]:
                    said = says.format(pk=pk, word=word(model(pk=pk), "ours"))
                    yield Request(route.name, "post", address, rows, form=((name, said),))
            if route.name in BESIDES:
                method, query, model = BESIDES[route.name]
                for said in dict.fromkeys(query.format(*two) for two in product(world.ids[model]["ours"], repeat=2)):
                    yield Request(route.name, method, f"{address}?{said}", rows)
    for call in CALLS.values():
        route = Route(call.name, call.path.replace("{", "<").replace("}", ">").removeprefix("/"))
        for rows, address in _filled(route, world, most):
            yield Request(call.name, call.method, address, rows, call=call)


def _filled(route: Route, world: World, most: int) -> Iterator[tuple[tuple[tuple[type[models.Model], int], ...], str]]:
    kinds = [model for _place, model in route.keys(IDS)]
    known = [model for model in kinds if model is not None]
    if len(known) < len(kinds):
        raise LookupError(f"nobody knows a key for {route.address}")
    ways = [
        [(model, pk) for name in SECTORS for pk in [*world.ids[model][name][-most:], *world.hidden[model][name]]]
        for model in known
    ]
    for rows in islice(product(*ways), most * 4 + 4):
        address = f"/{route.address}"
        for place, (_model, pk) in zip(route.keys(IDS), rows, strict=True):
            address = address.replace(place[0], str(pk), 1)
        yield rows, address


def send(world: World, client: Client, request: Request) -> Any:
    """Send it, do the jobs it starts, and give the answer, read to its end.

    It says how many rows it ``changed``, and what was ``typed``.
    """
    changed = Counter[str]()

    def note(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 - Django's
        done = execute(sql, params, many, context)
        if (wrote := WRITES.match(sql)) and wrote[1] not in ASIDE:
            changed[f"{wrote[0]}"] += max(context["cursor"].rowcount, 0)
        return done

    with connection.execute_wrapper(note):
        answer = _sent(world, client, request)
    answer.changed, answer.typed = +changed, [said for _name, said in request.form]
    return answer


def _sent(world: World, client: Client, request: Request) -> Any:
    if request.method == "get":
        return _answer(world, client, request)
    with acting(System("the proof looks for jobs")):
        last = Job.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    answer = _answer(world, client, request)
    with acting(System("the proof looks for jobs")):
        started = list(Job.objects.filter(pk__gt=last, state=Job.State.WAITING).exclude(kind__in=LONG))
    answer.came, answer.broke = [], []
    for job in started:
        run(job.pk)
        with acting(System("the proof looks for jobs")):
            job.refresh_from_db()
        answer.broke += [job.kind] if job.error.startswith("Something broke") else []
        pages = [f"/jobs/{job.pk}/", (job.result or {}).get("url", "")]
        answer.came += [finished(client.get(page)) for page in filter(None, pages)]
    return answer


def _answer(world: World, client: Client, request: Request) -> Any:
    if request.call is None:
        if request.method == "get":
            return _looked(client, request.address)
        data = dict(request.form)
        if "format" not in data:
            data = {**_typed(_looked(client, request.address)), **data}
        return finished(client.post(request.address, data))
    needed = [one["name"] for one in request.call.parameters if one["in"] == "query" and one["required"]]
    query = "?" + "&".join(f"{name}={_id(world, name)}" for name in needed) if needed else ""
    body = sample(request.call, _ids(world))
    told, held = json.dumps(body) if body is not None else "", {"If-Match": "*"} if request.method != "get" else {}
    address, kind = request.address + query, "application/json"
    return finished(client.generic(request.method.upper(), address, told, kind, headers=held))


def _looked(client: Any, address: str) -> Any:
    """A page, and not anew the one that was looked at last: its form is what is sent next."""
    if address != getattr(client, "looked_at", ("",))[0]:
        client.looked_at = address, finished(client.get(address))
    return client.looked_at[1]


def _typed(page: Any) -> dict[str, Any]:
    """What somebody might type into the form of a page: what stands there, else something that fits."""
    form, request = (page.context or {}).get("form"), page.wsgi_request
    if page.status_code != HTTPStatus.OK or not isinstance(form, forms.BaseForm) or request.user.is_anonymous:
        return {}
    with acting(viewer_of(request)):
        return {one.html_name: said for one in form if (said := _said(one)) not in (None, "", [])}


def _said(one: forms.BoundField) -> Any:
    field, there = one.field, one.value()
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField) and there in (None, "", []):
        choices: Any = field.choices
        values = [value for value, _label in choices if value not in (None, "")]
        return values[0] if values else ""
    if there not in (None, "") or not field.required:
        return there
    if isinstance(field, forms.DateField):
        return timezone.localdate() + timedelta(days=30 if one.name.endswith(LATER) else 0)
    if isinstance(field, forms.IntegerField):
        return field.min_value or 1
    return "on" if isinstance(field, forms.BooleanField) else "Words that are nobody's"


def _ids(world: World) -> dict[str, int]:
    found = {
        words.strip("/").rpartition("/")[2]: world.ids[model]["ours"][0]
        for words, model in IDS.items()
        if world.ids.get(model)
    }
    return {**found, "to": world.offices["ours"].south.pk, "others": found["scenarios"]}


def _id(world: World, name: str) -> int:
    return _ids(world).get(f"{name}s", 1)
