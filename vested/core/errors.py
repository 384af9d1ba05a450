"""What can go wrong, in one tree.

    VestedError
    ├── NotAllowed      you may not do this (403)
    ├── Conflict        somebody else was faster (409)
    │   └── Stale       the API was given a version that is no longer the newest (412)
    ├── NoVersion       the API has to be given one (428)
    ├── Invalid         what was asked for cannot be (422)
    └── NoViewer        a question that does not say who asks: a mistake of ours (500)

Rooms name their own below these. One middleware turns them into a page, or into a problem (RFC 9457) for the API.
"""

from http import HTTPStatus


class VestedError(Exception):
    """Anything that Vested itself refuses; ``str`` is a sentence for the person who asked."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR


class NotAllowed(VestedError):
    """The viewer lacks a permission."""

    status = HTTPStatus.FORBIDDEN


class Conflict(VestedError):
    """What was to be changed has changed since it was read; ``theirs`` and ``yours`` say how (field by field)."""

    status = HTTPStatus.CONFLICT

    def __init__(self, message: str, *, theirs: dict[str, str], yours: dict[str, str]) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.yours = yours


class Stale(Conflict):
    """A caller of the API would change what has changed since; ``current`` is how it is now, as the API shows it."""

    status = HTTPStatus.PRECONDITION_FAILED

    def __init__(
        self, message: str, *, theirs: dict[str, str], yours: dict[str, str], current: dict[str, object]
    ) -> None:
        super().__init__(message, theirs=theirs, yours=yours)
        self.current = current


class NoVersion(VestedError):
    """A caller of the API would change something without saying which version was read."""

    status = HTTPStatus.PRECONDITION_REQUIRED


class Invalid(VestedError):
    """Something asked for cannot be; ``field`` names where, if it is one field's."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NoViewer(VestedError):
    """A scoped model was asked without a viewer."""
