"""Languages of courses and learners, by name."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _


def language(code: str) -> str:
    """The language in the reader's own; a course that names none is for everybody."""
    if not code:
        return _("any")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
