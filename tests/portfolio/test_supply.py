"""What there is for initiatives in each quarter: who says it, who reads it, and what is in delivery takes of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.core.offices import Office, signed_in
from tests.portfolio.undertaken import idea, mode
from vested.core.errors import Invalid, NotAllowed
from vested.core.scope import acting
from vested.portfolio.actions import name_pool, offer_money, offer_people
from vested.portfolio.models import Capacity, Initiative, Money, Pool
from vested.portfolio.queries.supply import coming_quarter, quarters_shown, supplies

FIRST, SECOND = date(2026, 1, 1), date(2026, 4, 1)


def pool(office: Office, code: str = "DEV") -> Pool:
    cdo = office.viewer("cdo")
    with acting(cdo):
        return name_pool(by=cdo, code=code, name=f"ours {code}", rate=Decimal(10))


def offered(office: Office, of: Pool, people: dict[date, float | None]) -> None:
    cdo = office.viewer("cdo")
    with acting(cdo):
        offer_people(by=cdo, pool=of, people=people, rate=Decimal(20))


def test_who_decides_for_the_sector_says_it_and_nobody_else(office: Office, other: Office) -> None:
    dev, cdo, manager, stranger = pool(office), office.viewer("cdo"), office.viewer("manager"), other.viewer("cdo")
    for who in (manager, stranger):
        with acting(who), pytest.raises((NotAllowed, Invalid)):
            offer_people(by=who, pool=dev, people={FIRST: 2.0}, rate=Decimal(1))
    with acting(manager), pytest.raises(NotAllowed):
        offer_money(by=manager, amounts={FIRST: Decimal(5)})
    offered(office, dev, {FIRST: 2.0, SECOND: 3.5})
    offered(office, dev, {SECOND: None})
    with acting(cdo):
        offer_money(by=cdo, amounts={FIRST: Decimal(500), SECOND: None})
        assert [(row.quarter, row.people) for row in Capacity.objects.all()] == [(FIRST, 2.0)]
        assert [(row.quarter, row.amount) for row in Money.objects.all()] == [(FIRST, Decimal(500))]
        assert Pool.objects.get(pk=dev.pk).rate == 20
        for words in ({date(2026, 2, 1): None},):
            with pytest.raises(Invalid, match="first day"):
                offer_money(by=cdo, amounts=words)
    with acting(stranger):
        assert not Money.objects.all().visible_to(stranger).exists()


def test_what_is_in_delivery_is_taken(office: Office) -> None:
    dev, one = pool(office), idea(office)
    mode(office, one, starts=date(2025, 12, 31), people={dev: [9, 2, 2, 2]})
    offered(office, dev, {FIRST: 1.0, SECOND: 2.0})
    cdo = office.viewer("cdo")
    with acting(cdo):
        before = supplies(cdo, [FIRST, SECOND])
        Initiative.objects.filter(pk=one.pk).update(stage=Initiative.Stage.DELIVERY)
        money, people = supplies(cdo, [FIRST, SECOND])
        assert quarters_shown(cdo, FIRST)[1] == SECOND
    assert [row.taken for row in before] == [(0.0, 0.0), (0.0, 0.0)]
    assert (money.there, money.taken, money.short) == ((None, None), (100.0, 100.0), False)
    assert (people.there, people.taken, people.short) == ((1.0, 2.0), (2.0, 2.0), True)


def test_a_quarter_comes_that_begins_on_the_day_or_after_it() -> None:
    assert [coming_quarter(day) for day in (FIRST, date(2026, 1, 2), date(2026, 12, 31))] == [
        FIRST,
        SECOND,
        date(2027, 1, 1),
    ]


def test_the_page_asks_for_it_and_says_what_is_too_much(office: Office, other: Office) -> None:
    cdo, clerk = signed_in(office, "cdo"), signed_in(office, "clerk")
    page = reverse("portfolio:supply")
    assert "Nobody has said yet" in cdo.get(page).content.decode()
    made = cdo.post(reverse("portfolio:pool-new"), {"code": "DEV", "name": "ours DEV", "rate": "10"})
    assert made.status_code == 302
    with acting(office.viewer("cdo")):
        dev = Pool.objects.get()
    form = cdo.get(reverse("portfolio:pool-offer", args=[dev.pk])).context["form"]
    names = [name for name in form.fields if name.startswith("q")]
    assert cdo.post(reverse("portfolio:pool-offer", args=[dev.pk]), {"rate": "10", names[1]: "2.5"}).status_code == 302
    assert cdo.post(reverse("portfolio:pool-offer", args=[dev.pk]), {"rate": "x"}).status_code == 422
    assert cdo.post(reverse("portfolio:money-offer"), {names[1]: "1000"}).status_code == 302
    text = clerk.get(page).content.decode()
    assert "2.5" in text
    assert "Say how much" not in text
    assert "fits into what there is" in text
    one = idea(office)
    with acting(office.viewer("cdo")):
        starts = Capacity.objects.get().quarter
    mode(office, one, starts=starts, people={dev: [3]})
    with acting(office.viewer("cdo")):
        Initiative.objects.update(stage=Initiative.Stage.DELIVERY)
    text = clerk.get(page).content.decode()
    assert "too much" in text
    assert ": 3 of 2.5</td>" in text
    assert clerk.get(reverse("portfolio:money-offer")).status_code == 403
    assert clerk.get(reverse("portfolio:pool-new")).status_code == 403
    stranger = signed_in(other, "cdo")
    assert stranger.get(reverse("portfolio:pool-offer", args=[dev.pk])).status_code == 404
    assert "ours DEV" not in stranger.get(page).content.decode()


def test_programs_read_it(office: Office) -> None:
    dev = pool(office)
    cdo = signed_in(office, "cdo")
    offered(office, dev, {coming_quarter(date.today()): 2.0})  # noqa: DTZ011 - the day of the server
    items = cdo.get("/api/v1/supply").json()["items"]
    assert [row["pool"] for row in items] == [None, "DEV"]
    assert 2.0 in [quarter["there"] for quarter in items[1]["quarters"]]
    assert Client().get("/api/v1/supply").status_code in {401, 403}
