"""Systems: who registers, changes and ends one, what each answers and is used by, and what stands behind a wall."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from tests.core.api.calls import send
from tests.core.hats import counterparty, wall, wearing
from tests.core.imports.bringing import brought_in, files, undone
from tests.core.offices import DAY, Office, signed_in
from tests.direction.test_windows import DUE, duty, state
from tests.portfolio.undertaken import idea, mode, through_stop
from tests.skills.pages import page, taken
from vested.core import links
from vested.core.actions import link
from vested.core.errors import Conflict, Invalid, NotAllowed
from vested.core.models import Event, Unit
from vested.core.scope import System, acting
from vested.core.viewer import Viewer
from vested.direction.actions import close_objective
from vested.direction.models import Objective
from vested.portfolio.actions import add_contract, change_block, end_block, name_block, set_mode
from vested.portfolio.models import Block, Contract, Initiative, Thresholds
from vested.portfolio.queries.checks import CHECKS
from vested.portfolio.queries.systems import systems_listed
from vested.skills.models import Source

WORDS = {"code": "LOGIN", "name": "ours sign-in", "purpose": "ours purpose", "owner": "clerk", "exists": "on"}


def system(office: Office, who: str = "manager", viewer: Viewer | None = None, **changed: Any) -> Block:
    """A system of the north that the clerk answers for."""
    by = viewer or office.viewer(who)
    words: dict[str, Any] = {
        "code": "LOGIN", "name": "ours sign-in", "exists": True, "purpose": "ours purpose", "unit": office.north,
        "owner": office.people["clerk"], **changed,
    }  # fmt: skip
    with acting(by):
        return name_block(by=by, **words)


def changed(office: Office, one: Block, who: str = "clerk", version: int = 1, **new: Any) -> Block:
    by = office.viewer(who)
    words: dict[str, Any] = {
        "name": one.name, "purpose": one.purpose, "unit": one.unit, "owner": one.owner, "supplier": one.supplier,
        "exists": one.exists, "since": one.since, "ends_on": one.ends_on, "supplied_by": one.supplied_by,
        "replaced_by": one.replaced_by, **new,
    }  # fmt: skip
    with acting(by):
        return change_block(by=by, block=one, version=version, **words)


def ended(office: Office, one: Block, who: str = "clerk") -> Block:
    by = office.viewer(who)
    with acting(by):
        return end_block(by=by, block=one, why="ours reason", on=DAY)


def answering(office: Office, one: Block) -> None:
    """Let it answer the one duty there is."""
    cdo = office.viewer("cdo")
    with acting(cdo):
        link(by=cdo, kind=links.kind_of("fulfils"), source=one, target=duty(office, due_on=date(2098, 1, 1)), on=DAY)


def test_it_is_registered_changed_and_ended_by_who_may(office: Office, other: Office) -> None:
    for who in ("clerk", "neighbour", "auditor"):
        with pytest.raises(NotAllowed):
            system(office, who)
    one = system(office)
    with pytest.raises(Invalid, match="already"):
        system(office)
    for who in ("neighbour", "auditor"):
        with pytest.raises(NotAllowed):
            changed(office, one, who)
        with pytest.raises(NotAllowed):
            ended(office, one, who)
    with pytest.raises(NotAllowed):
        changed(other, one)
    with pytest.raises(NotAllowed):
        ended(other, one, "cdo")
    assert changed(office, one, name="ours login", ends_on=DUE).version == 2
    with pytest.raises(Conflict):
        changed(office, one)
    assert ended(office, one, "manager").ended_why == "ours reason"
    with pytest.raises(Invalid, match="ended already"):
        ended(office, one)
    with pytest.raises(Invalid, match="ended already"):
        changed(office, one, version=2)
    with acting(office.viewer("cdo")):
        kinds = list(Event.objects.all().about(one).values_list("kind", flat=True))
    assert kinds == ["block.ended", "block.changed", "block.named"]


def test_it_becomes_of_another_unit_by_who_may_change_both(office: Office) -> None:
    one, south = system(office, owner=None), str(office.south.pk)
    sent = {**WORDS, "owner": "", "unit": south, "version": "1"}
    url = f"/systems/{one.pk}/change/"
    manager, cdo = signed_in(office, "manager"), signed_in(office, "cdo")
    assert f'value="{south}"' not in manager.get(url).content.decode()
    assert "Select a valid choice" in manager.post(url, sent).content.decode()  # of the north alone
    for unit in (office.south, None):
        with pytest.raises(NotAllowed):
            changed(office, one, "manager", unit=unit)
    assert f'value="{office.north.pk}" selected' in cdo.get(url).content.decode()
    assert cdo.post(url, sent).status_code == 302
    told = page(office, "cdo", f"/systems/{one.pk}/")
    assert "Moved from ours north to ours south" in told
    assert "Registered, answered for by nobody" in told
    assert "to be ended on –" in told
    page(office, "manager", url, 403)
    api = f"/api/v1/systems/{one.pk}/change"
    assert send(cdo, "post", api, {"unit": None}, If_Match="*").json()["unit"] is None
    with acting(System("a test")):
        Unit.objects.filter(pk=office.south.pk).update(ended_on=DAY)
        gone, kept = Unit.objects.get(pk=office.south.pk), Block.objects.get(pk=one.pk)
    with pytest.raises(Invalid, match="Choose one that has not"):
        changed(office, kept, "cdo", version=kept.version, unit=gone)


def test_what_cannot_be_is_refused(office: Office, other: Office) -> None:
    with pytest.raises(Invalid, match="or later"):
        system(office, since=DUE, ends_on=DAY)
    with pytest.raises(NotAllowed, match="another sector"):
        system(office, supplier=counterparty(other))
    with acting(System("a test")):
        Source.objects.create(sector=office.sector, code="LOGIN", title="ours initiative")
    with pytest.raises(Invalid, match="an initiative LOGIN already"):
        system(office)
    one, made = ended(office, system(office, code="OLD")), idea(office)
    cdo = office.viewer("cdo")
    with acting(cdo), pytest.raises(Invalid, match="nothing builds on it"):
        set_mode(by=cdo, initiative=made, kind="reuse", quarters=1, benefit=0, costs=[], people={}, blocks=[one])


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"exists": False}, "to_come"), ({}, "in_use"), ({"ends_on": DUE}, "ending"),
        ({"ends_on": DUE - timedelta(days=1)}, "late"), ({"ended_on": DAY}, "over"),
    ],
)  # fmt: skip
def test_how_it_stands_follows_from_what_is_said(office: Office, given: dict[str, Any], state: str) -> None:
    one, viewer = system(office), office.viewer("clerk")
    with acting(viewer):
        Block.objects.filter(pk=one.pk).update(**given)
        assert systems_listed(viewer, DUE).get().state == state


def test_a_duty_is_answered_by_a_system_until_it_ends(office: Office) -> None:
    one = system(office)
    answering(office, one)
    assert state(office, DUE) == "covered"
    with acting(System("a test")):
        of = links.kind_of("fulfils").target._default_manager.get()
    assert "ours sign-in" in page(office, "clerk", f"/duties/{of.pk}/")
    assert "ours duty" in page(office, "clerk", f"/systems/{one.pk}/")
    lead = page(office, "clerk", f"/systems/{one.pk}/end/")
    assert "It answers 1 duty no more. No initiative builds on it." in lead
    ended(office, one)
    assert state(office, DUE) == "uncovered"
    html = page(office, "cdo", f"/duties/{of.pk}/")
    assert "over, so it counts no more" in html
    assert "Nothing answers it now." in html


def test_what_was_left_or_stopped_answers_no_duty_either(office: Office) -> None:
    made, of, cdo = idea(office), duty(office), office.viewer("cdo")
    with acting(cdo):
        aim = Objective.objects.get()
        link(by=cdo, kind=links.kind_of("covers"), source=aim, target=of, on=DAY)
        close_objective(by=cdo, objective=aim, version=1, reached=True, why="ours", on=DAY)
    assert state(office, DUE) == "covered"
    with acting(cdo):
        Objective.objects.update(reached=False)
    assert state(office, DUE) == "uncovered"
    with acting(cdo):
        link(by=cdo, kind=links.kind_of("answers"), source=made.source, target=of, on=DAY)
    assert state(office, DUE) == "covered"
    through_stop(office, made)
    assert state(office, DUE) == "uncovered"


def test_behind_a_wall_it_exists_for_who_wears_the_hat(office: Office) -> None:
    viewer, towards = wearing(office, "manager", "customer"), counterparty(office)
    behind = wall(office, "customer")
    with pytest.raises(Invalid, match="towards its supplier only"):
        system(office, viewer=viewer, wall=behind)
    one = system(office, viewer=viewer, wall=behind, supplier=towards)
    system(office, name="ours open", supplier=towards)  # the same code: what is behind a wall tells nothing
    with acting(viewer):
        paper = add_contract(
            by=viewer, title="ours paper", supplier="ours", initiative=None, unit=office.north, owner=None,
            decide_by=DUE, ends_on=DUE, block=one,
        )  # fmt: skip
        with pytest.raises(Invalid, match="who therefore stays"):
            change_block(
                by=viewer, block=one, version=1, name="x", purpose="x", unit=one.unit, owner=None, supplier=None,
                exists=True, since=None, ends_on=None, supplied_by=None, replaced_by=None,
            )  # fmt: skip
        made = idea(office)
        with pytest.raises(Invalid, match="stands behind a wall"):
            set_mode(by=viewer, initiative=made, kind="reuse", quarters=1, benefit=0, costs=[], people={}, blocks=[one])
    for who in ("cdo", "clerk", "auditor"):
        client = signed_in(office, who)
        for address in ("/systems/", "/search/?q=ours", f"/counterparties/{towards.pk}/"):
            html = client.get(address).content.decode()
            assert "ours sign-in" not in html, address
            assert "ours open" in html, address
        assert "ours paper" not in client.get("/portfolio/calendar/").content.decode()
        for address in (f"/systems/{one.pk}/", f"/systems/{one.pk}/end/", f"/portfolio/contracts/{paper.pk}/decide/"):
            assert client.get(address).status_code == 404
        assert client.get(f"/api/v1/systems/{one.pk}").status_code == 404
    client = signed_in(office, "manager")
    client.post("/me/hats/wear/", {"wear": viewer.wearing[0].pk})
    assert "ours sign-in" in client.get("/systems/").content.decode()
    assert "Only the customer of ours harbour sees it" in client.get(f"/systems/{one.pk}/").content.decode()


def test_it_is_registered_changed_and_ended_on_pages(office: Office, other: Office) -> None:
    client, made, made_too = signed_in(office, "manager"), idea(office), idea(office, "A2")
    words = WORDS | {"unit": str(office.north.pk), "supplier": str(counterparty(office).pk), "replaced_by": "A1"}
    assert client.get("/systems/new/").status_code == 200
    for wrong in ({"name": ""}, {"owner": "nobody at all"}, {"wall": "1"}, {"supplied_by": "A9"}, {"since": "x"}):
        assert client.post("/systems/new/", words | wrong).status_code == 422
    assert "is registered." in client.post("/systems/new/", words, follow=True).content.decode()
    with acting(System("a test")):
        one = Block.objects.get()
    url = f"/systems/{one.pk}/"
    mode(office, made_too, blocks=[one])
    html = page(office, "clerk", url)
    assert all(
        words in html for words in ("ours purpose", "replaces it", "builds on it", "ours harbour", "ours work A2")
    )
    assert "replaced by it" in page(office, "clerk", f"/portfolio/{made.pk}/")
    for who in ("neighbour", "auditor"):
        assert "It has ended" not in page(office, who, url)
        for way in ("change/", "end/"):
            page(office, who, url + way, 403)
    page(office, "clerk", "/systems/new/", 403)
    page(other, "cdo", url, 404)
    owner = signed_in(office, "clerk")
    assert "replaced_by" in owner.get(f"{url}change/").content.decode()
    change = {**WORDS, "unit": str(office.north.pk), "version": "1", "since": "2020-01-01"}
    change["ends_on"] = (localdate() + timedelta(days=9)).isoformat()
    assert owner.post(f"{url}change/", change | {"ends_on": "2019-01-01"}).status_code == 422
    assert "is changed." in owner.post(f"{url}change/", change, follow=True).content.decode()
    assert owner.post(f"{url}change/", change).status_code == 409
    assert "System to be ended" in page(office, "clerk", "/portfolio/calendar/")
    paper = {"title": "ours paper", "supplier": "ours", "decide_by": "2030-01-01", "ends_on": "2030-01-02"}
    paper |= {"unit": str(office.north.pk), "system": "LOGIN"}
    assert client.post("/portfolio/contracts/new/", paper | {"system": "NONE"}).status_code == 422
    assert client.post("/portfolio/contracts/new/", paper).status_code == 302
    assert "ours paper" in page(office, "clerk", url)
    assert f'<a href="{url}">' in page(office, "clerk", "/portfolio/calendar/")
    assert "has ended" in owner.post(f"{url}end/", {"why": "ours reason"}, follow=True).content.decode()
    assert "Why it ended: ours reason" in page(office, "neighbour", url)
    assert "History" in page(office, "cdo", url)


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("name=SIGN+in", True), ("name=nothing", False), ("state=in_use", True), ("state=over", False),
        ("owner=clerk", True), ("owner=cdo", False), ("below={north}", True), ("below={south}", False),
        ("supplier={them}", True), ("ends_by=2019-01-01", False),
    ],
)  # fmt: skip
def test_the_list_is_filtered_and_taken_away(office: Office, asked: str, there: bool) -> None:  # noqa: FBT001 - a case
    them = counterparty(office)
    system(office, supplier=them, since=date(2020, 1, 1))
    query = asked.format(north=office.north.pk, south=office.south.pk, them=them.pk)
    assert ("ours sign-in</a>" in page(office, "auditor", f"/systems/?{query}")) == there
    lines = taken(signed_in(office, "clerk").post("/systems/", {"format": "csv"}))
    assert lines[1] == "ours sign-in,LOGIN,ours north,clerk of ours,ours harbour,2020-01-01,,in use"


def test_more_systems_ask_no_more_questions(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one = system(office, supplier=counterparty(office))
    for number in range(5):
        system(office, code=f"S{number}", name=f"ours {number}", owner=None)
        mode(office, idea(office, f"A{number}"), blocks=[one])
    client = signed_in(office, "cdo")
    with django_assert_max_num_queries(13):
        assert "Nobody answers for 5 systems" in client.get("/systems/").content.decode()
    with django_assert_max_num_queries(24):
        client.get(f"/systems/{one.pk}/")


def test_programs_register_change_and_end_one(office: Office, other: Office) -> None:
    client = signed_in(office, "manager")
    body = {"code": "LOGIN", "name": "ours sign-in", "purpose": "ours", "unit": office.north.pk, "owner": "clerk"}
    made = send(client, "post", "/api/v1/systems", body | {"supplier": counterparty(office).pk}).json()
    assert (made["state"], made["owner"], made["supplier"]) == ("in_use", "clerk of ours", counterparty(office).pk)
    one = f"/api/v1/systems/{made['id']}"
    for who, status in (("clerk", 403), ("neighbour", 403)):
        assert send(signed_in(office, who), "post", "/api/v1/systems", body).status_code == status
    clerk, stranger = signed_in(office, "clerk"), signed_in(other, "cdo")
    assert stranger.get(one).status_code == 404
    assert send(stranger, "post", f"{one}/end", {"why": "x"}).status_code == 404
    assert send(signed_in(office, "neighbour"), "post", f"{one}/end", {"why": "x"}).status_code == 403
    assert send(clerk, "post", f"{one}/change", {"name": "ours login"}).status_code == 428
    tag = clerk.get(one)["ETag"]
    new = send(clerk, "post", f"{one}/change", {"name": "ours login", "ends_on": "2030-01-01"}, If_Match=tag).json()
    assert (new["name"], new["purpose"], new["state"], new["version"]) == ("ours login", "ours", "ending", 2)
    assert send(clerk, "post", f"{one}/change", {"ends_on": None}, If_Match=tag).status_code == 412
    assert send(clerk, "post", f"{one}/change", {"ends_on": None}, If_Match="*").json()["state"] == "in_use"
    assert send(clerk, "post", f"{one}/end", {"why": "ours reason"}).json()["state"] == "over"
    assert clerk.get("/api/v1/systems?state=over").json()["count"] == 1
    days = {"decide_by": "2030-01-01", "ends_on": "2030-01-02"}
    paper = {"title": "ours paper", "supplier": "ours", "unit": office.north.pk, "system": "LOGIN", **days}
    assert send(client, "post", "/api/v1/contracts", paper).json()["system"] == made["id"]


def test_files_bring_them_in_and_take_them_back(office: Office) -> None:
    client = signed_in(office, "cdo")
    client.post("/imports/new/")
    first = brought_in(
        client, *files(blocks="block_id,name,exists\nLOGIN,ours sign-in,yes\nPAY,,no\nMAPS,ours maps,yes\n")
    )
    with acting(System("a test")):
        rows = {row.code: (row.name, row.exists) for row in Block.objects.all()}
        login = Block.objects.get(code="LOGIN")
    assert rows == {"LOGIN": ("ours sign-in", True), "PAY": ("PAY", False), "MAPS": ("ours maps", True)}
    answering(office, login)
    second = brought_in(client, *files(blocks="block_id,name,exists\nPAY,ours payments,yes\n"))
    with acting(System("a test")):
        left = {row.code: (row.name, row.exists, row.ended_on is None) for row in Block.objects.all()}
    assert left == {"LOGIN": ("ours sign-in", True, False), "PAY": ("ours payments", True, True)}
    undone(client, second)
    with acting(System("a test")):
        back = {row.code: (row.name, row.exists) for row in Block.objects.filter(ended_on=None)}
    assert back == rows
    assert first.pk != second.pk


def test_an_ended_one_is_not_there_for_the_gate_of_approval(office: Office) -> None:
    one, made = system(office), idea(office)
    mode(office, made, blocks=[one])
    ended(office, one)
    check = next(check for check in CHECKS if check.code == "waits")
    with acting(System("a test")):
        whole = Initiative.objects.all().gated().get(pk=made.pk)
        assert check.computed
        assert "ours sign-in" in check.computed(whole, Thresholds(), DAY)
        assert Contract.objects.count() == 0
