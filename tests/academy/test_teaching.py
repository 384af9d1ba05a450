"""Links: who teaches a course is shown on both pages, changed by who may, and never tells of who is not to be seen."""

import pytest

from tests.academy.catalogue import Catalogue
from tests.core.offices import DAY, Office, signed_in
from vested.academy.models import Course
from vested.core.actions import link, unlink
from vested.core.errors import Invalid, NotAllowed
from vested.core.links import kind_of, linked, register
from vested.core.models import Event, Link
from vested.core.scope import System, acting


def test_a_trainer_is_named_shown_on_both_pages_and_taken_away(office: Office, catalogue: Catalogue) -> None:
    cdo, clerk = signed_in(office, "cdo"), office.people["clerk"]
    add = f"/courses/{catalogue.first.pk}/teaches/"
    page = f"/courses/{catalogue.first.pk}/"
    assert add in cdo.get(page).content.decode()
    assert "None is named yet" in cdo.get(page).content.decode()
    assert cdo.post(add, {"words": "clerk"})["location"] == page
    assert str(clerk) in cdo.get(page).content.decode()
    person = cdo.get(f"/people/{clerk.pk}/").content.decode()
    assert "Teaches" in person
    assert f'href="{page}"' in person
    assert "said already" in cdo.post(add, {"words": "clerk"}).content.decode()
    with acting(office.viewer("cdo")):
        made = Link.objects.get()
    assert "Take this away?" in cdo.get(f"/links/{made.pk}/end/").content.decode()
    assert cdo.post(f"/links/{made.pk}/end/")["location"] == page
    assert str(clerk) not in cdo.get(page).content.decode()
    with acting(office.viewer("cdo")):
        assert list(Event.objects.order_by("number").values_list("kind", flat=True))[-2:] == ["link.made", "link.taken"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Give the name or the code"),
        ("heliport", "Nobody and nothing is found"),
        ("ours", "More than one"),
    ],
)
def test_words_that_name_nobody_are_answered(office: Office, catalogue: Catalogue, words: str, said: str) -> None:
    answer = signed_in(office, "cdo").post(f"/courses/{catalogue.first.pk}/teaches/", {"words": words})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_only_who_may_changes_it(office: Office, other: Office, catalogue: Catalogue) -> None:
    kind, add = kind_of("teaches"), f"/courses/{catalogue.first.pk}/teaches/"
    with acting(office.viewer("cdo")):
        made = link(by=office.viewer("cdo"), kind=kind, source=office.people["clerk"], target=catalogue.first, on=DAY)
    for who in ("manager", "auditor", "clerk"):
        assert signed_in(office, who).get(add).status_code == 403
        assert signed_in(office, who).post(f"/links/{made.pk}/end/").status_code == 403
        with acting(office.viewer(who)):
            for attempt in (
                lambda who=who: link(
                    by=office.viewer(who), kind=kind, source=office.people["clerk"], target=catalogue.second, on=DAY
                ),
                lambda who=who: unlink(by=office.viewer(who), link=made),
            ):
                with pytest.raises(NotAllowed):
                    attempt()
    stranger = signed_in(other, "cdo")
    assert stranger.get(add).status_code == 404
    assert stranger.post(f"/links/{made.pk}/end/").status_code == 404


def test_who_is_not_to_be_seen_is_not_told_of(office: Office, catalogue: Catalogue) -> None:
    kind = kind_of("teaches")
    with acting(office.viewer("cdo")):
        for who in ("clerk", "neighbour"):
            link(by=office.viewer("cdo"), kind=kind, source=office.people[who], target=catalogue.first, on=DAY)
    seen = {"cdo": 2, "manager": 1, "clerk": 1, "auditor": 0}
    for who, count in seen.items():
        viewer = office.viewer(who)
        with acting(viewer):
            assert len(linked(viewer, kind, catalogue.first, back=True)) == count
    assert "neighbour of ours" not in signed_in(office, "clerk").get(f"/courses/{catalogue.first.pk}/").content.decode()


def test_a_kind_links_only_its_own_models_and_what_is_gone_is_not_shown(office: Office, catalogue: Catalogue) -> None:
    kind, viewer = kind_of("teaches"), office.viewer("cdo")
    register(kind)  # once more changes nothing
    with acting(viewer):
        with pytest.raises(TypeError, match="links Person to Course"):
            link(by=viewer, kind=kind, source=catalogue.first, target=catalogue.second, on=DAY)
        short = Course.objects.create(sector=office.sector, code="C-9", title="Short", hours=1, cost=0)
        link(by=viewer, kind=kind, source=office.people["clerk"], target=short, on=DAY)
        with pytest.raises(Invalid):
            link(by=viewer, kind=kind, source=office.people["clerk"], target=short, on=DAY)
        short.delete()
        assert linked(viewer, kind, office.people["clerk"], back=False) == []
        unlink(by=viewer, link=Link.objects.get())
        assert not Link.objects.exists()
    with acting(System("a test")):
        Link.objects.create(sector=office.sector, kind="gone", source_id=1, target_id=1, since=DAY)
    with acting(viewer):
        lost = Link.objects.get()
    assert signed_in(office, "cdo").get(f"/links/{lost.pk}/end/").status_code == 404
