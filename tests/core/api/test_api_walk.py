"""Every operation there is, called by everybody: generated from the description, so that none is left out."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

import tests.core.jobs_done  # noqa: F401 - a kind of job to repeat
from tests.core.api.calls import CALLS, LISTS, Call, called, is_problem, secret_of, send
from tests.core.offices import Office, signed_in
from vested.core.models import Event, Grant, Membership, Unit
from vested.core.scope import System, acting
from vested.plans.queries.solved import forget
from vested.skills.queries.gaps.computed import unpacked

# What each operation answers to a clerk about themselves and their unit, to their manager, and to the officer.
POLICY = {
    "me": (200, 200, 200),
    "units": (200, 200, 200),
    "unit": (200, 200, 200),
    "unit_events": (403, 403, 200),
    "unit_rename": (403, 403, 200),
    "unit_move": (403, 403, 200),
    "unit_end": (403, 403, 422),
    "people": (200, 200, 200),
    "person": (200, 200, 200),
    "person_memberships": (200, 200, 200),
    "person_grants": (200, 403, 200),
    "person_events": (403, 403, 200),
    "person_levels": (200, 200, 200),
    "person_move": (403, 403, 200),
    "grant_give": (403, 403, 201),
    "grant_end": (404, 403, 200),
    "search_all": (200, 200, 200),
    "jobs": (200, 200, 200),
    "job": (200, 404, 200),
    "job_cancel": (200, 404, 200),
    "job_retry": (409, 404, 409),
    "events": (200, 200, 200),
    "notifications": (200, 200, 200),
    "notifications_read": (200, 200, 200),
    "notification_read": (200, 404, 404),
    "visions": (200, 200, 200),
    "vision_write": (403, 403, 201),
    "futures": (200, 200, 200),
    "future_add": (403, 403, 201),
    "future_end": (403, 403, 200),
    "needs": (200, 200, 200),
    "need_add": (403, 403, 201),
    "need_end": (403, 403, 200),
    "meanings": (200, 200, 200),
    "meaning_say": (403, 200, 200),
    "retellings": (200, 200, 200),
    "retelling_note": (403, 201, 201),
    "objectives": (200, 200, 200),
    "objective": (200, 200, 200),
    "objective_open": (403, 201, 201),
    "objective_change": (403, 200, 200),
    "objective_close": (403, 200, 200),
    "objective_measures": (200, 200, 200),
    "measure_add": (403, 201, 201),
    "observations": (200, 200, 200),
    "observation_note": (403, 201, 201),
    "commitments": (200, 200, 200),
    "commitment": (200, 200, 200),
    "commitment_make": (403, 201, 201),
    "commitment_prove": (403, 200, 200),
    "commitment_withdraw": (403, 200, 200),
    "commitment_reply": (403, 200, 200),
    "obstacles": (200, 200, 200),
    "obstacle_raise": (201, 201, 201),
    "obstacle_answer": (403, 200, 200),
    "escalations": (200, 200, 200),
    "escalation_raise": (201, 201, 201),
    "escalation_decide": (403, 403, 201),
    "decisions": (200, 200, 200),
    "decision_follow": (201, 201, 201),
    "agreements": (200, 200, 200),
    "agreement": (200, 200, 200),
    "agreement_make": (403, 201, 201),
    "agreement_change": (403, 200, 200),
    "agreement_renew": (403, 200, 200),
    "agreement_end": (403, 200, 200),
    "agreement_shares": (200, 200, 200),
    "agreement_share": (403, 201, 201),
    "share_end": (403, 204, 204),
    "counterparties": (200, 200, 200),
    "counterparty": (200, 200, 200),
    "counterparty_add": (403, 403, 201),
    "hats": (200, 200, 200),
    "hat": (404, 200, 200),
    "hat_give": (403, 403, 422),
    "hat_end": (404, 403, 200),
    "openings": (200, 200, 200),
    "opening": (200, 200, 200),
    "opening_ask": (201, 201, 201),
    "opening_answer": (403, 403, 200),
    "opening_end": (422, 403, 422),
    "opening_hours": (200, 200, 200),
    "opening_hours_say": (403, 403, 200),
    "duties": (200, 200, 200),
    "duty": (200, 200, 200),
    "duty_add": (403, 201, 201),
    "duty_meet": (403, 200, 200),
    "opportunities": (200, 200, 200),
    "opportunity": (200, 200, 200),
    "opportunity_open": (403, 201, 201),
    "opportunity_end": (403, 200, 200),
    "opportunity_momentum": (403, 204, 204),
    "invitations": (200, 200, 200),
    "invitation_send": (403, 201, 201),
    "invitation_answer": (403, 200, 200),
    "steering": (200, 200, 200),
    "steering_call": (403, 201, 201),
    "steering_attendance": (403, 204, 204),
    "steering_decide": (403, 201, 201),
    "hopes": (200, 200, 200),
    "hope_say": (403, 201, 201),
    "hope_answer": (404, 403, 200),
    "skills": (200, 200, 200),
    "skill": (200, 200, 200),
    "frameworks": (200, 200, 200),
    "framework": (200, 200, 200),
    "families": (200, 200, 200),
    "roles": (200, 200, 200),
    "role": (200, 200, 200),
    "role_requirements": (200, 200, 200),
    "demands": (200, 200, 200),
    "gaps": (403, 200, 200),
    "gap_needs": (403, 200, 200),
    "gap_people": (403, 200, 200),
    "courses": (200, 200, 200),
    "course": (200, 200, 200),
    "course_outcomes": (200, 200, 200),
    "course_sessions": (200, 200, 200),
    "outcomes": (200, 200, 200),
    "sessions": (200, 200, 200),
    "providers": (200, 200, 200),
    "provider": (200, 200, 200),
    "session": (200, 200, 200),
    "session_wait": (422, 422, 422),
    "session_attendance": (403, 403, 422),
    "course_wait": (422, 422, 422),
    "course_ask": (201, 201, 201),
    "enrolments": (200, 200, 200),
    "enrolments_propose": (403, 403, 201),
    "enrolment": (200, 200, 200),
    "enrolment_accept": (200, 403, 200),
    "enrolment_decline": (200, 403, 200),
    "enrolment_withdraw": (422, 403, 422),
    "enrolment_leave": (422, 403, 422),
    "enrolment_offer": (403, 403, 422),
    "wishes": (200, 200, 200),
    "wish_take_back": (204, 404, 404),
    "objections": (200, 200, 200),
    "objection_raise": (201, 404, 404),
    "objection": (200, 404, 200),
    "objection_answer": (403, 404, 200),
    "objection_withdraw": (200, 404, 404),
    "scenarios": (403, 403, 200),
    "scenario": (404, 404, 200),
    "scenario_make": (403, 403, 201),
    "scenario_change": (404, 404, 200),
    "scenario_copy": (404, 404, 201),
    "scenario_share": (404, 404, 200),
    "scenario_remove": (404, 404, 204),
    "scenario_solve": (404, 404, 202),
    "scenario_comments": (404, 404, 200),
    "scenario_say": (404, 404, 201),
    "scenario_compared": (404, 404, 422),
    "plans": (200, 200, 200),
    "plan": (404, 404, 200),
    "plan_assignments": (404, 404, 200),
    "plan_unit": (404, 404, 200),
    "plan_person": (200, 404, 200),
    "plan_roadmap": (404, 404, 404),  # the plan there has none
    "plan_frontier": (404, 404, 404),
    "plan_frontier_solve": (404, 404, 404),
    "initiatives": (200, 200, 200),
    "initiative": (200, 200, 200),
    "initiative_open": (403, 201, 201),
    "initiative_change": (200, 200, 200),
    "initiative_close": (200, 200, 200),
    "initiative_gates": (200, 200, 200),
    "initiative_judge": (403, 403, 403),
    "initiative_waive": (403, 403, 200),
    "initiative_pass": (403, 403, 200),
    "initiative_baselines": (200, 200, 200),
    "initiative_rebaseline": (403, 403, 201),
    "initiative_spending": (200, 200, 200),
    "spending_note": (201, 201, 201),
    "initiative_claims": (200, 200, 200),
    "claim_make": (201, 201, 201),
    "differences": (200, 200, 200),
    "difference_close": (403, 403, 200),
    "initiative_increments": (200, 200, 200),
    "increment_show": (201, 201, 201),
    "initiative_benefits": (200, 200, 200),
    "benefit_add": (201, 201, 201),
    "benefit_review": (200, 200, 200),
    "initiative_modes": (200, 200, 200),
    "mode_say": (201, 201, 201),
    "mode_choose": (200, 200, 200),
    "initiative_waits": (200, 200, 200),
    "initiative_wait": (201, 201, 201),
    "initiative_handover": (200, 200, 200),
    "handover_say": (200, 200, 200),
    "thresholds": (200, 200, 200),
    "thresholds_draw": (403, 403, 200),
    "initiative_demands": (200, 200, 200),
    "demand_add": (201, 201, 201),
    "demand_change": (200, 200, 200),
    "demand_remove": (204, 204, 204),
    "systems": (200, 200, 200),
    "system": (200, 200, 200),
    "system_name": (403, 201, 201),
    "system_change": (200, 200, 200),
    "system_end": (200, 200, 200),
    "contracts": (200, 200, 200),
    "contract_add": (403, 201, 201),
    "contract_decide": (403, 200, 200),
    "supply": (200, 200, 200),
    "days": (200, 200, 200),
    "bridge": (403, 403, 200),
    "mine": (200, 200, 200),
}

WHO = ("clerk", "manager", "cdo")
OF_NOTHING = {
    "retelling_note",
    "objective_open",
    "opportunity_open",
    "steering_call",
    "hope_say",
    "enrolments_propose",
    "commitment_make",
    "obstacle_raise",
    "escalation_raise",
    "duty_add",
    "initiative_open",
    "contract_add",
    "system_name",
    "agreement_make",
    "hat_give",
}  # of a stranger's
COMPUTED = {"initiatives": 8, "initiative_modes": 2}  # tables that how one stands, or what it takes, is read from
READS = [name for name, call in CALLS.items() if call.method == "get"]
WRITES = [name for name, call in CALLS.items() if call.method != "get"]


def test_every_operation_has_a_policy_and_there_are_many() -> None:
    assert set(POLICY) == set(CALLS)
    assert len(CALLS) > 30
    assert len(LISTS) > 15


@pytest.mark.django_db
def test_nobody_is_asked_for_a_token() -> None:
    for call in CALLS.values():
        for headers in ({}, {"Authorization": "Bearer vested_wrong"}, {"Authorization": "Basic eDp5"}):
            answer = called(Client(), call, {"to": 1}, **headers)
            is_problem(answer, 401, "not-signed-in")
            assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_stranger_finds_nothing_of_ours(office: Office, other: Office, ids: dict[str, int]) -> None:
    for name in CALLS:
        with undone():
            before = _history(office)
            _strange(other, ids, name)
            assert _history(office) == before


def _strange(other: Office, ids: dict[str, int], name: str) -> None:
    call = CALLS[name]
    answer = called(signed_in(other, "cdo"), call, ids)
    assert not re.search(rb"\bours\b", answer.content)
    if name in OF_NOTHING:
        is_problem(answer, 422, "invalid")
    elif "{" in call.path or name in {"gap_people", "objection_raise"}:
        missing = is_problem(answer, 404, "not-found")
        none = is_problem(called(signed_in(other, "cdo"), call, dict.fromkeys(ids, 999_999)), 404, "not-found")
        assert {**missing, "instance": ""} == {**none, "instance": ""}
    else:
        assert answer.status_code == POLICY[name][2]
        found = json.loads(answer.content)
        assert [found[name] for name in ("rows", "needs", "found") if found.get(name)] == []
        assert "count" not in found or name in {"units", "people", "jobs", "events", "meanings"} or found["count"] == 0


@pytest.mark.parametrize("who", WHO)
def test_each_role_gets_what_its_pages_would_show(office: Office, ids: dict[str, int], who: str) -> None:
    for name in CALLS:
        with undone():
            _allowed(office, ids, name, who)


def _allowed(office: Office, ids: dict[str, int], name: str, who: str) -> None:
    expected = POLICY[name][WHO.index(who)]
    before = _state()
    answer = called(signed_in(office, who), CALLS[name], ids)
    assert answer.status_code == expected, answer.content
    after = _state()
    assert after[0][: len(before[0])] == before[0], "what history says is never changed"
    if CALLS[name].method == "get" or expected >= 400:
        assert after == before
    if expected >= 400:
        is_problem(answer, expected, {403: "not-allowed", 404: "not-found", 409: "conflict", 422: "invalid"}[expected])


def test_a_token_does_what_its_person_may(office: Office, ids: dict[str, int]) -> None:
    token = f"Bearer {secret_of(office, 'cdo')}"
    for name in CALLS:
        with undone():
            assert called(Client(), CALLS[name], ids, Authorization=token).status_code == POLICY[name][2], name


def test_a_token_that_only_reads_changes_nothing(office: Office, ids: dict[str, int]) -> None:
    token = f"Bearer {secret_of(office, 'cdo', read_only=True)}"
    before = _state()
    for name in WRITES:
        answer = called(Client(), CALLS[name], ids, Authorization=token)
        assert "only reads" in is_problem(answer, 403, "not-allowed")["detail"]
    for name in READS:
        assert called(Client(), CALLS[name], ids, Authorization=token).status_code == POLICY[name][2]
    assert _state() == before


def test_a_session_proves_that_a_change_comes_from_our_pages(office: Office, ids: dict[str, int]) -> None:
    before = _state()
    client = signed_in(office, "cdo", proof=True)
    for name in WRITES:
        answer = called(client, CALLS[name], ids)
        assert "X-CSRFToken" in is_problem(answer, 403, "not-allowed")["detail"]
    assert _state() == before
    client.get("/tokens/")
    proof = client.cookies["csrftoken"].value
    assert called(client, CALLS["unit_rename"], ids, X_CSRFToken=proof).status_code == 200


def test_every_list_is_paged_counted_and_sorted_by_few_questions(
    office: Office, ids: dict[str, int], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for call in LISTS:
        _listed(office, ids, call, django_assert_max_num_queries)


def _listed(office: Office, ids: dict[str, int], call: Call, most: DjangoAssertNumQueries) -> None:
    client, url = signed_in(office, "cdo"), call.url(pk=ids.get(call.path.split("/")[3], 0))
    more = {"skill": str(ids["skills"])} if call.name == "gap_people" else {}
    sorts = next(one for one in call.parameters if one["name"] == "sort")["schema"]["enum"]
    for sort in sorts:
        with most(9 + COMPUTED.get(call.name, 0)):
            found = client.get(url, {"limit": 200, "sort": sort, **more}).json()
        assert len(found["items"]) == found["count"]
        page = client.get(url, {"limit": 1, "offset": 1, "sort": sort, **more}).json()
        assert page["items"] == found["items"][1:2]
    for limit in ("0", "201", "x"):
        wrong = is_problem(client.get(url, {"limit": limit, **more}), 422, "invalid")
        assert [error["parameter"] for error in wrong["errors"]] == ["limit"]
    wrong = is_problem(client.get(url, {"sort": "secret", "nmae": "x", **more}), 422, "invalid")
    assert [error["parameter"] for error in wrong["errors"]] == ["nmae", "sort"]


def test_a_method_there_is_none_of_is_refused(office: Office) -> None:
    client = signed_in(office, "cdo")
    for call in CALLS.values():
        answer = send(client, "delete", call.url(pk=1, unit=1, person=1))
        is_problem(answer, 405, "wrong-method")
        assert call.method.upper() in answer.headers["Allow"]


@contextmanager
def undone() -> Iterator[None]:
    """One call of many: what it does is undone, and what was remembered of it forgotten."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        unpacked.cache_clear()
        forget()


def _history(office: Office) -> int:
    with acting(System("a test")):
        return Event.objects.filter(sector=office.sector).count()


def _state() -> list[list[Any]]:
    with acting(System("a test")):
        rows: Any = (Event, Grant, Membership, Unit)
        return [list(model.objects.order_by("pk").values()) for model in rows]
