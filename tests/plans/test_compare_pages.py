"""Two plans side by side: what moves, who loses and gains as far as one may see, and whether that is proven."""

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.core.offices import DAY, Office, signed_in
from tests.plans.rooms import QUICK, ask, fill, ready_plan, started
from tests.plans.sectors import random_sector
from vested.core.models import Grant, Person, Unit
from vested.core.permissions import Role
from vested.core.scope import System, acting
from vested.plans.models import Plan
from vested.plans.queries.comparing import Beside, beside, named
from vested.plans.queries.solved import between
from vested.plans.report.figures import LEAST
from vested.plans.views.comparing import proof

pytestmark = pytest.mark.django_db

SECTOR = random_sector(3, people=30)


@pytest.fixture
def pair(office: Office) -> tuple[Plan, Plan]:
    """The plan with all the money, and with less than a third of it."""
    fill(office, SECTOR)
    less = ask(office, name="Less", asked=replace(QUICK, money=0.3))
    return ready_plan(office), ready_plan(office, less, money=0.3)


def address(one: Plan, other: Plan, more: str = "") -> str:
    return f"/compare/?one={one.pk}&other={other.pk}{more}"


def page(office: Office, who: str, where: str, status: int = 200) -> str:
    answer = signed_in(office, who).get(where)
    assert answer.status_code == status
    return answer.content.decode()


def found(office: Office, one: Plan, other: Plan, who: str = "cdo") -> Beside:
    viewer = office.viewer(who)
    with acting(viewer):
        return beside(viewer, one, other)


def test_the_heading_is_the_answer(
    office: Office, pair: tuple[Plan, Plan], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one, other = pair
    client = signed_in(office, "cdo")
    with django_assert_max_num_queries(16):
        html = client.get(address(one, other)).content.decode()
    less = one.figures["cost"] - other.figures["cost"]
    share = 100 * (one.figures["closed"] - other.figures["closed"]) / one.figures["gap"]
    assert less > 0
    assert f"The second costs €{less:,.0f} less. It closes {share:.1f} percentage points less" in html
    moved = found(office, one, other).compared.people
    assert f"{moved.lose} close less of their gap, {moved.gain} close more" in html
    assert "30\N{NO-BREAK SPACE}% of every budget" in html
    back = page(office, "cdo", address(other, one))
    assert f"less, {share:.1f}" not in back
    assert f"It closes {share:.1f} percentage points more" in back
    assert "more. It closes" in back


def test_a_plan_beside_itself_is_the_same(office: Office, pair: tuple[Plan, Plan]) -> None:
    html = page(office, "cdo", address(pair[0], pair[0]))
    assert "Both close as much of the weighted gap, and cost the same." in html
    assert "Nothing moves." in html
    assert "What they ask for otherwise" not in html


def test_plans_are_chosen_from_lists(office: Office, other: Office, pair: tuple[Plan, Plan]) -> None:
    one, less = pair
    html = page(office, "auditor", "/compare/")
    assert html.count(f'<option value="{one.pk}"') == 2
    assert f'<option value="{less.pk}" selected>' in page(office, "auditor", f"/compare/?other={less.pk}")
    page(office, "clerk", "/compare/", 403)
    page(other, "cdo", address(one, less), 404)
    page(office, "cdo", "/compare/?one=x", 404)
    assert "There are not two solved plans yet" in page(other, "cdo", "/compare/")


def test_what_is_not_solved_yet_is_waited_for(office: Office, pair: tuple[Plan, Plan]) -> None:
    plan = started(office, ask(office, name="Waits"))
    html = page(office, "cdo", address(pair[0], plan))
    assert "“Waits, plan 1” is not solved yet." in html
    assert "The main figures" not in html


def test_who_is_named_is_who_may_be_seen(office: Office, pair: tuple[Plan, Plan]) -> None:
    one, other = pair
    with acting(office.viewer("cdo")):
        lost = [pk for pk, _by in between(one, other).people.losers]
        names = dict(Person.objects.filter(pk__in=lost).values_list("pk", "name"))
        agency = Unit.objects.get(code="A1")
        inside = set(
            Person.objects.filter(memberships__unit__path__startswith=agency.path).values_list("pk", flat=True)
        )
    assert set(lost) & inside
    assert set(lost) - inside
    html = page(office, "cdo", address(one, other))
    assert names[lost[0]] in html
    nobody = page(office, "auditor", address(one, other))
    assert not [name for name in names.values() if name in nobody]
    assert "Your role shows how many they are, not who." in nobody
    with acting(System("a test")):
        Grant.objects.create(
            sector=office.sector, person=office.people["auditor"], role=Role.MANAGER, unit=agency, since=DAY
        )
    some = page(office, "auditor", address(one, other))
    assert {pk for pk in lost if names[pk] in some} <= inside
    viewer = office.viewer("auditor")
    with acting(viewer):
        rows = named(viewer, between(one, other).people.losers, most=2)
        every = named(viewer, between(one, other).people.losers, most=100)
    assert [person.pk for person, _by in every] == [pk for pk in lost if pk in inside]
    assert rows == every[:2]


def test_few_people_of_an_initiative_are_shown_to_who_may_see_people(office: Office, pair: tuple[Plan, Plan]) -> None:
    exact, blurred = (found(office, *pair, who=who).needs for who in ("cdo", "auditor"))
    assert not any(row.hidden for row in exact)
    for row in blurred:
        counts = (row.one or 0.0, row.other or 0.0, abs(row.change))
        assert row.hidden is any(0 < count < LEAST for count in counts)
    assert any(row.hidden for row in blurred)
    html = page(office, "auditor", address(*pair))
    assert "only who may see people sees a difference of fewer than five" in html
    assert "only who may see people" not in page(office, "cdo", address(*pair))


def test_a_difference_is_proven_or_it_is_not(office: Office, pair: tuple[Plan, Plan]) -> None:
    base = found(office, *pair)
    first, second = base.certificates

    def said(*, ceiling: float) -> str:
        low = replace(second, given=first.given, shortfall=first.shortfall, value=10.0, ceiling=ceiling)
        high = replace(first, value=12.0, ceiling=13.0)
        return proof(replace(base, certificates=(high, low), counted_otherwise=False))

    assert "is proven" in said(ceiling=11.0)
    assert "exceeds 11.0" in said(ceiling=11.0)
    assert "is not proven: the weaker plan is worth 10.0 and could be worth up to 12.5" in said(ceiling=12.5)
    assert "not proven either" in said(ceiling=float("inf"))
    assert "cannot be compared" in proof(replace(base, counted_otherwise=True))
    fewer = replace(second, given=first.given - 1)
    assert "compulsory courses" in proof(replace(base, certificates=(first, fewer), counted_otherwise=False))
    less_fair = replace(second, given=first.given, shortfall=first.shortfall + 5)
    assert "short of their share" in proof(replace(base, certificates=(first, less_fair), counted_otherwise=False))


def test_other_weights_or_other_people_cannot_be_compared(office: Office, pair: tuple[Plan, Plan]) -> None:
    one, other = pair
    assert not found(office, one, other).counted_otherwise
    with acting(office.viewer("cdo")):
        Plan.objects.filter(pk=other.pk).update(asked={**other.asked, "initiatives": {"I1": 2.0}})
        other.refresh_from_db(fields=["asked"])
    assert found(office, one, other).counted_otherwise
    html = page(office, "cdo", address(one, other))
    assert "The two count things differently" in html
    assert "Berth booking online: more" in html


def test_the_figures_are_taken_away_without_people(office: Office, pair: tuple[Plan, Plan]) -> None:
    answer = signed_in(office, "auditor").get(address(*pair, "&format=csv"))
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]  # streams
    assert rows[0].startswith("Part,What,")
    parts = {row.partition(",")[0] for row in rows[1:]}
    assert parts >= {"Both plans", "People", "Units", "Skills", "Initiatives"}
    assert not [row for row in rows if "Person 0" in row]
    assert any(row.endswith("–,–,–") for row in rows)


def test_what_buys_most_back_is_of_the_plan_with_less_money(office: Office, pair: tuple[Plan, Plan]) -> None:
    for one, other in (pair, pair[::-1]):
        html = page(office, "cdo", address(one, other))
        if "One step more in" in html:
            assert "One step more in “Less, plan 1”" in html
        else:
            assert "No single seat or budget" in html


def test_the_same_cost_is_said_so(office: Office, pair: tuple[Plan, Plan]) -> None:
    one, other = pair
    with acting(office.viewer("cdo")):
        Plan.objects.filter(pk=other.pk).update(figures={**other.figures, "cost": one.figures["cost"]})
    assert "Both cost the same. It closes" in page(office, "cdo", address(one, other))
    with acting(office.viewer("cdo")):
        Plan.objects.filter(pk=other.pk).update(figures={**other.figures, "gap": 0.0, "missing": None})
    assert "not proven" in page(office, "cdo", address(one, other))
