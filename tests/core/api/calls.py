"""Calling the API, and an office furnished so that every operation has something to show."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client

from tests.core.hats import counterparty, hat
from tests.core.offices import Office
from tests.direction.aims import aim
from tests.plans.solved import ready
from tests.portfolio.undertaken import addressed
from tests.skills.rooms import furnish
from vested.academy.models import Course, Enrolment, Objection, Outcome, Provider, Session, Wish
from vested.config.api import api
from vested.core.actions import create_token
from vested.core.models import Grant, Job, Notification, Opening
from vested.core.scope import acting
from vested.ecosystem.models import Agreement, Share
from vested.plans.models import Plan, Scenario
from vested.skills.actions import keep_snapshot
from vested.skills.models import Demand, Framework, Level, Post, Source
from vested.skills.queries.gaps.taken import take

NOON = datetime(2026, 1, 6, 12, tzinfo=UTC)
SCHEMA: dict[str, Any] = api.get_openapi_schema()
PROBLEM = "application/problem+json"
# What a body says by the name of its field, where any other words or figure would be refused.
FIXED: dict[str, Any] = {
    "due_on": "2098-01-01",
    "owner_by": "2098-01-02",
    "director_by": "2098-01-03",
    "top_by": "2098-01-04",
    "again_on": "2098-01-05",
    "until": (datetime.now(UTC) + timedelta(days=30)).date().isoformat(),
    "better": "more",
    "target": 7.5,
    "target_on": "2098-01-01",
    "closes_on": "2098-01-01",
    "year": 2036,
    "every_days": 92,
    "stale_days": 60,
    "increment_days": 42,
    "quarters": 2,
    "costs": [2.5],
    "crews": [],
    "blocks": [],
    "needs": "A2",
    "skill": "DATA",
    "by_period": 2,
    "explore_least": 0.1,
    "explore_most": 0.5,
    "ends_on": "2098-01-03",
    "hours": 1,
    "shown": "direction.duty",
}
EMPTY = ("owner", "operator", "scaling_owner", "supplied_by", "replaced_by", "system")
ROOMS = {
    "person": "people",
    "session": "sessions",
    "enrolment": "enrolments",
    "course": "courses",
    "serves": "objectives",
    "supplier": "counterparties",
    "mode": "modes",
    "counterparty": "counterparties",
    "thing": "duties",
}


@dataclass(frozen=True)
class Call:
    """An operation as it is described."""

    name: str
    method: str
    path: str
    parameters: tuple[dict[str, Any], ...]
    body: dict[str, Any]

    def url(self, **ids: int) -> str:
        return self.path.format(**ids)


def _calls() -> Iterator[Call]:
    for path, methods in SCHEMA["paths"].items():
        for method, one in methods.items():
            body = one.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            name = body.get("$ref", "").rpartition("/")[2]
            shape = SCHEMA["components"]["schemas"][name] if name else body
            yield Call(one["operationId"], method, path, tuple(one["parameters"]), shape)


CALLS = {call.name: call for call in _calls()}
LISTS = [call for call in CALLS.values() if any(one["name"] == "limit" for one in call.parameters)]


def send(client: Client, method: str, url: str, body: Any = None, **headers: str) -> Any:
    """Send JSON; headers as If_Match="…"."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    data = "" if body is None else json.dumps(body)
    return client.generic(method.upper(), url, data, content_type="application/json", headers=sent)


def is_problem(answer: Any, status: int, kind: str) -> dict[str, Any]:
    """Give the problem, after seeing that it is one."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == PROBLEM
    said: dict[str, Any] = json.loads(answer.content)
    assert said["type"] == f"/api/v1/docs#{kind}"
    assert said["status"] == status
    assert said["title"]
    assert said["detail"]
    assert said["instance"].startswith("/api/")
    return said


def secret_of(office: Office, name: str, *, read_only: bool = False, at: datetime | None = None, days: int = 30) -> str:
    viewer = office.viewer(name)
    with acting(viewer):
        made = create_token(by=viewer, name="a sheet", days=days, read_only=read_only, at=at or datetime.now(UTC))
        return made[1]


def fill(office: Office) -> dict[str, int]:
    """Give every room something, and the id of what each path with ``{pk}`` leads to."""
    room = furnish(office, north=6, south=2)
    sector, clerk = office.sector, office.people["clerk"]
    with acting(office.viewer("cdo")):
        keep_snapshot(by=office.viewer("cdo"), taken=take(), at=NOON)
        provider = Provider.objects.create(sector=sector, name="ours school")
        framework = Framework.objects.create(sector=sector, name="ours list")
        course = Course.objects.create(
            sector=sector, code="C", title="ours course", provider=provider, hours=3, cost="10.50"
        )
        Outcome.objects.create(sector=sector, course=course, skill=room.data, to_level=3)
        held = Session.objects.create(sector=sector, code="S", course=course, period=1)
        asked = Enrolment.objects.create(sector=sector, person=clerk, session=held, status=Enrolment.Status.PROPOSED)
        objection = Objection.objects.create(
            sector=sector, person=clerk, course=course, words="ours words", raised_at=NOON, answer_by=NOON.date()
        )
        wanted = Course.objects.create(sector=sector, code="W", title="ours wanted", hours=1, cost=0)
        wish = Wish.objects.create(sector=sector, person=clerk, course=wanted)
        source = Source.objects.create(sector=sector, code="I", title="ours initiative")
        Demand.objects.create(sector=sector, source=source, skill=room.data, level=3, people=2, by_period=1)
        Level.objects.create(sector=sector, person=clerk, skill=room.data, level=2)
        grant = Grant.objects.get(person=office.people["manager"])
        job = Job.objects.create(
            sector=sector, kind="test.say", title="ours job", by=clerk, language="en", created_at=NOON, beat_at=NOON,
            args={"times": 1},
        )  # fmt: skip
        post = Post.objects.create(sector=sector, person=clerk, role=room.clerk, since=NOON.date())
        plan = ready(office, state=Plan.State.ADOPTED)
        post.delete()
        agreed = Agreement.objects.create(
            sector=sector, title="ours agreement", counterparty=counterparty(office), roles="ours", words="ours",
            unit=office.north, starts_on=NOON.date(), ends_on=date(2097, 1, 1),
        )  # fmt: skip
        towards = agreed.counterparty
        asking = Opening.objects.create(
            sector=sector, person=clerk, counterparty=towards, why="ours why", hours=1, asked_at=NOON
        )
        told = Notification.objects.create(sector=sector, person=clerk, kind="x", title="ours news", at=NOON)
        scenarios = [
            Scenario.objects.create(sector=sector, name=f"ours {name}", by=office.people["cdo"], created_at=NOON)
            for name in ("scenario", "other scenario")
        ]
    ids = {**aim(office), **addressed(office)}
    with acting(office.viewer("cdo")):
        source_of = Source.objects.filter(initiative=ids["initiatives"])[0]
        need = Demand.objects.create(sector=sector, source=source_of, skill=room.data, level=3, people=2, by_period=1)
        shown = Share.objects.create(
            sector=sector, agreement=agreed, kind="skills.source", thing_id=source.pk, since=NOON.date()
        )
    return {
        **ids,
        "agreements": agreed.pk,
        "counterparties": towards.pk,
        "hats": hat(office, "manager", "partner").pk,
        "openings": asking.pk,
        "shares": shown.pk,
        "demands": need.pk,
        "units": office.north.pk,
        "people": clerk.pk,
        "grants": grant.pk,
        "jobs": job.pk,
        "notifications": told.pk,
        "skills": room.data.pk,
        "roles": room.officer.pk,
        "courses": course.pk,
        "providers": provider.pk,
        "frameworks": framework.pk,
        "sessions": held.pk,
        "enrolments": asked.pk,
        "objections": objection.pk,
        "wishes": wish.pk,
        "scenarios": scenarios[0].pk,
        "others": scenarios[1].pk,
        "plans": plan.pk,
        "to": office.south.pk,
    }


def sample(call: Call, ids: dict[str, int]) -> dict[str, Any] | None:
    """A body the operation accepts, made from its description."""
    if not call.body:
        return None
    return {name: _value(name, shape, ids) for name, shape in call.body["properties"].items()}


def _value(name: str, shape: dict[str, Any], ids: dict[str, int]) -> Any:
    if name in {"to", "unit"}:
        return ids["to"] if name == "to" else ids.get("units", 1)
    if name in {*EMPTY, "objective", "parent", "wall"} or (name == "person" and shape.get("type") == "string"):
        return "" if shape.get("type") == "string" else None
    if name in FIXED:
        return FIXED[name]
    if name == "path":
        return [["2097-01-01", 5]]
    if name == "people" and shape.get("type") == "array":
        return ["clerk"]
    if name == "people" and shape.get("type") == "integer":
        return 3
    if shape.get("type") == "array" and "$ref" not in shape["items"]:
        return ["Harbours", "Bridges"]
    if shape.get("type") == "array":
        one = SCHEMA["components"]["schemas"][shape["items"]["$ref"].rpartition("/")[2]]
        return [{field: _value(field, inner, ids) for field, inner in one["properties"].items()}]
    if name in ROOMS and (shape.get("type") == "integer" or "anyOf" in shape):
        return ids.get(ROOMS[name], 1)
    if "enum" in shape:
        return shape["enum"][-1]
    if shape.get("type") == "boolean":
        return False
    if "$ref" in shape:
        return SCHEMA["components"]["schemas"][shape["$ref"].rpartition("/")[2]].get("enum", [None])[-1]
    if "anyOf" in shape:
        some = [one for one in shape["anyOf"] if one.get("type") != "null"]
        return ids["to"] if some[0].get("type") == "integer" else _value(name, some[0], ids)
    if shape.get("type") == "number":
        return 2.5
    return "2026-02-03" if shape.get("format") == "date" else "Harbours"


def called(client: Client, call: Call, ids: dict[str, int], **headers: str) -> Any:
    """Call an operation on what ``ids`` lead to, with a body it accepts."""
    room = call.path.removeprefix("/api/v1/").partition("/")[0]
    if call.method != "get":
        headers = {"If_Match": "*", **headers}
    needed = [one["name"] for one in call.parameters if one["in"] == "query" and one["required"]]
    query = "?" + "&".join(f"{name}={ids.get(f'{name}s', 1)}" for name in needed) if needed else ""
    keys = {"pk": ids.get(room, 0), "unit": ids.get("units", 0), "person": ids.get("people", 0)}
    return send(client, call.method, call.url(**keys) + query, sample(call, ids), **headers)
