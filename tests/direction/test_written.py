"""What was written stays: promises, decisions, measures and all else that others rely on."""

from datetime import date
from typing import Any

import pytest

from tests.core.offices import DAY, Office
from tests.direction.aims import aim
from tests.direction.test_steering import hope
from tests.direction.test_windows import window
from vested.core.scope import System, acting
from vested.direction.actions import note_follow_up, note_momentum, reply_to_commitment, say_meaning
from vested.direction.models import Commitment, Decision
from vested.direction.models.written import Written


def kinds(of: type[Written] = Written) -> list[type[Any]]:
    """Every model of the room whose words stay."""
    below = [found for one in of.__subclasses__() for found in kinds(one)]
    return below if of._meta.abstract else [of] if of._meta.app_label == "direction" else []


def everything(office: Office) -> None:
    """One of each."""
    aim(office)
    cdo = office.viewer("cdo")
    with acting(cdo):
        note_follow_up(by=cdo, decision=Decision.objects.get(), words="ours", on=DAY)
        reply_to_commitment(by=cdo, commitment=Commitment.objects.get(), words="ours", on=DAY)
        note_momentum(by=cdo, opportunity=window(office), words="ours", on=DAY)
        say_meaning(by=cdo, unit=office.north, words="ours", on=DAY)
    hope(office)


def other(value: object) -> object:
    """Another value of the same sort."""
    match value:
        case bool():
            return not value
        case date():
            return date(2030, 1, 1)
        case int() | float():
            return value + 1
        case list():
            return [*value, "x"]
        case _:
            return f"{value}x"


def test_nothing_that_was_written_is_changed_however_it_is_saved(office: Office) -> None:
    everything(office)
    assert len(kinds()) >= 14
    with acting(System("a test")):
        for model in kinds():
            row = model.objects.first()
            row.save()
            for name in model.written:
                kept = getattr(row, name)
                setattr(row, name, other(kept))
                for save in (
                    row.save,
                    lambda: row.save(update_fields=[name]),  # noqa: B023 - called at once
                    lambda: model.objects.filter(pk=row.pk).update(**{name: "x"}),  # noqa: B023 - as above
                    lambda: model.objects.bulk_update([row], [name]),  # noqa: B023 - as above
                ):
                    with pytest.raises(ValueError, match=f"never changed: {name}"):
                        save()
                setattr(row, name, kept)
