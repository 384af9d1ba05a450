"""The words to translate: found in the sources and templates, kept in ``vested/locale``.

    .venv/bin/python -m tests.house.messages

brings each ``django.po`` up to date (new strings empty, gone ones dropped) and compiles it to ``django.mo``. No system
tool is needed: Django turns a template into calls of gettext, and Babel reads those and the sources.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
LANGUAGES = ("da", "fr")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "gettext_noop": None,
    "pgettext_lazy": ((1, "c"), 2),
}
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def po_path(language: str) -> Path:
    """Where a language's words are kept; the compiled ones lie beside them."""
    return ROOT / "vested" / "locale" / language / "LC_MESSAGES" / "django.po"


def kept(language: str) -> Catalog:
    """Read a language's words, empty where there are none yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def found() -> Catalog:
    """Find all words to translate, with the files they are in."""
    catalog = Catalog()
    for path in sorted((ROOT / "vested").rglob("*")):
        if path.suffix in {".py", ".html"}:
            for words, context in _words(path):
                catalog.add(words, locations=[(path.relative_to(ROOT).as_posix(), 1)], context=context)
    return catalog


def _words(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":  # what is not a call becomes words without meaning, some with odd indents
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    for _, words, _, context in extract("python", BytesIO(text.encode()), KEYWORDS):
        yield words, context


def update(language: str) -> list[Message]:
    """Write a language's .po and .mo, and return the messages that still need words."""
    old, new, messages = kept(language), Catalog(locale=language), found()
    for message in messages:
        if message.id:
            before = old.get(message.id, message.context)
            words = before.string if before else "" if isinstance(message.id, str) else ("", "")
            new.add(message.id, words, message.locations, message.flags, context=message.context)
    text = BytesIO()
    write_po(text, new, width=100, omit_header=True, sort_by_file=True, include_lineno=False)
    head = HEADER.format(language=language, plural=new.plural_forms)
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + text.getvalue().decode(), encoding="utf-8", newline="\n")
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, kept(language))
    return [message for message in new if message.id and not all(_parts(message.string))]


def _parts(words: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(words) if isinstance(words, (list, tuple)) else (words or "",)


if __name__ == "__main__":
    missing = [(language, message.id) for language in LANGUAGES for message in update(language)]
    for language, words in missing:
        sys.stderr.write(f"{language}: no words yet for {words!r}\n")
    sys.exit(1 if missing else 0)
