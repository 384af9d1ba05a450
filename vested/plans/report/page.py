"""The page: figures laid out by templates that know no other data, as one file without script."""

from base64 import b64encode
from datetime import date
from hashlib import sha256

from django.template import Context, Engine
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_info, override

from vested.plans.report.figures import LEAST, MOST_PEOPLE, Figures


def page_of(figures: Figures, *, language: str, printed_on: date | None) -> str:
    """Write the report in ``language`` (en, da, fr)."""
    engine = Engine(
        app_dirs=True, libraries={"i18n": "django.templatetags.i18n"}, builtins=["vested.plans.report.tags"]
    )
    with override(language):
        style = engine.get_template("plans/report/report.css").render(Context({"roadmap": figures.roadmap}))
        context = {
            "language": language,
            "language_name": get_language_info(language)["name_local"],
            "printed_on": printed_on,
            "style": mark_safe(style),  # noqa: S308 - our own file
            "style_hash": b64encode(sha256(style.encode()).digest()).decode(),
            "least": LEAST,
            "most_people": MOST_PEOPLE,
            "f": figures,
        }
        return engine.get_template("plans/report/report.html").render(Context(context))
