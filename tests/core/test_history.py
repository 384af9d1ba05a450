"""History says what happened, hides what is not one's own, and shows when it was changed."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.core.offices import Office, make_office
from vested.core.history import erase, faults, record
from vested.core.models import Event
from vested.core.scope import acting


def fill(office: Office, lines: int = 5) -> None:
    viewer = office.viewer("cdo")
    with acting(viewer), transaction.atomic():
        for line in range(lines):
            record("unit.renamed", by=viewer, on=office.north, old={"name": line}, new={"name": line + 1})


@pytest.mark.django_db
def test_a_timeline_is_the_history_of_one_thing(office: Office) -> None:
    fill(office)
    viewer = office.viewer("cdo")
    with acting(viewer):
        newest = Event.objects.all().about(office.north)[0]
        assert (newest.number, newest.by_name, newest.subject_name) == (5, "cdo of ours", "ours north")
        assert (newest.old, newest.new) == ({"name": 4}, {"name": 5})
        assert not Event.objects.all().about(office.south).exists()
        assert list(faults()) == []


@pytest.mark.django_db
def test_who_may_not_see_history_sees_only_what_they_did(office: Office) -> None:
    fill(office)
    with acting(office.viewer("clerk")):
        assert Event.objects.all().visible_to(office.viewer("clerk")).count() == 0
    with acting(office.viewer("auditor")):
        assert Event.objects.all().visible_to(office.viewer("auditor")).count() == 5


@pytest.mark.django_db
def test_each_sector_has_its_own_chain(office: Office, other: Office) -> None:
    for each in (office, other, office):
        fill(each, 2)
    with acting(other.viewer("cdo")):
        assert [event.number for event in Event.objects.order_by("number")] == [1, 2]
        assert list(faults()) == []


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_the_transaction_that_does_it(office: Office) -> None:
    viewer = office.viewer("cdo")
    with acting(viewer), pytest.raises(transaction.TransactionManagementError):
        record("unit.renamed", by=viewer, on=office.north)


@pytest.mark.django_db
def test_erasing_words_leaves_the_chain_whole(office: Office) -> None:
    fill(office)
    viewer = office.viewer("cdo")
    with acting(viewer), transaction.atomic():
        before = Event.objects.get(number=3)
        assert (
            erase([(Event.objects.get(number=3), {}), (Event.objects.get(number=4), {"new": {"name": "…"}})], by=viewer)
            == 2
        )
        erased, other = Event.objects.get(number=3), Event.objects.get(number=4)
        assert (erased.by_id, erased.by_name, erased.subject_name, erased.old, erased.new) == (None, "", "", {}, {})
        assert (other.by_name, other.new) == ("", {"name": "…"})
        assert (erased.digest, erased.chain) == (before.digest, before.chain)
        assert erased.salt != before.salt, "with it the words could be guessed"
        assert list(faults()) == []


@pytest.mark.django_db
def test_words_can_be_erased_from_a_line_again(office: Office) -> None:
    fill(office)
    viewer = office.viewer("cdo")
    with acting(viewer), transaction.atomic():
        for left in ({"by_name": "A", "new": {"name": "B"}}, {"new": {"name": "B"}}, {}):
            erase([(Event.objects.get(number=3), left)], by=viewer)
            assert list(faults()) == []
        assert erase([], by=viewer) == 0
        assert Event.objects.count() == 8, "nothing erased, nothing said"


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"new": {"name": "x"}}, {"left": "0" * 64}, {"salt": "x"}, {"by_name": "x"}])
def test_what_is_left_of_an_erased_line_is_kept_too(office: Office, change: dict[str, object]) -> None:
    fill(office)
    viewer = office.viewer("cdo")
    with acting(viewer), transaction.atomic():
        erase([(Event.objects.get(number=3), {"new": {"name": "…"}})], by=viewer)
        Event.objects.filter(number=3).update(**change)
        assert [said.split(" says")[0] for said in faults()] == ["line 3"]


@pytest.mark.django_db
def test_a_line_erased_by_nobody_shows(office: Office) -> None:
    """Whoever blanks words, salt and all, or makes a digest of what is left, has no line that vouches for it."""
    fill(office)
    viewer = office.viewer("cdo")
    with acting(viewer), transaction.atomic():
        Event.objects.filter(number=2).update(old={}, new={}, by_id=None, by_name="", subject_name="", salt="")
        forged = Event.objects.get(number=4)
        erase([(forged, {})], by=viewer)
        Event.objects.filter(number=6).delete()
        assert [said.split(" says")[0] for said in faults()] == ["line 2", "line 4"]


class Tampering(TestCase):
    """Whatever is changed or taken out of the middle, it shows."""

    @given(
        number=st.integers(1, 5),
        change=st.sampled_from(
            [
                {"kind": "unit.closed"},
                {"by_id": 0},
                {"by_name": "somebody"},
                {"subject_id": 0},
                {"subject_name": "x"},
                {"old": {"name": "x"}},
                {"new": {}},
                {"digest": "0" * 64},
                {"chain": "0" * 64},
                {"number": 77},
                None,
            ]
        ),
    )
    def test_it_shows(self, number: int, change: dict[str, object] | None) -> None:
        office = make_office("ours")
        fill(office)
        with acting(office.viewer("cdo")):
            line = Event.objects.filter(number=number)
            if change:
                line.update(**change)
            else:
                line.delete()
            assert (list(faults()) != []) == (bool(change) or number < 5)  # a cut tail shows against a kept head
