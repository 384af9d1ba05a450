"""What erasing somebody would do: what goes, what stays without their name, and why."""

from dataclasses import dataclass

from vested.core.labels import Label, held
from vested.core.models import Person


@dataclass(frozen=True, slots=True)
class Effects:
    """What goes, and how many rows; what stays nameless, how many and why; what is rewritten where it names them."""

    goes: list[tuple[str, int]]
    stays: list[tuple[str, int, Label]]
    rewritten: list[str]


def effects(person: Person) -> Effects:
    """What erasing a person would do, as the labels say."""
    goes, stays = {}, []
    for one in held():
        for way in one.ways:
            count = one.rows(way, [person.pk]).count()
            if count and one.goes(way):
                goes[str(one.what)] = count
            elif count:
                stays.append((str(one.what), count, way.label))
    return Effects(list(goes.items()), stays, [str(one.what) for one in held() if one.traces])
