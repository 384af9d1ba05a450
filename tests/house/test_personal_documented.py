"""House rules about personal data: the page says what the labels say, and every field is labelled."""

from django.apps import apps
from django.core.checks import run_checks
from django.db import models

import vested.core.labels as said
from tests.house.tree import ROOT
from vested.core.labels import Held, Way, held, held_by, labels, unlabelled
from vested.core.models import Membership, Person, Unit
from vested.core.rights.register import register
from vested.core.scope import Scope

# Words in somebody's own rows that are about nobody: walls, roles of the office, and how near a search has come.
NOBODYS = {("Job", "held"), ("Job", "worn"), ("Job", "trace"), ("Token", "worn")}
PAGE = ROOT / "docs" / "reference" / "personal-data.md"


def written() -> str:
    """The page as the labels make it."""
    lines = [
        "# Personal data",
        "",
        "What Vested keeps about people, what for, by which law, until when and who sees it. It is made from the",
        "labels in each room's `personal.py`; a test compares. [Who sees what](../explanation/tenancy.md) explains it,",
        "[Answer for personal data](../how-to/answer-for-personal-data.md) says what to do.",
    ]
    for entry in register():
        one = entry.label
        lines += [
            "",
            f"## {one.purpose}",
            "",
            f"- Legal basis: {one.basis}",
            f"- Kept until: {one.retention}",
            f"- Seen by: {one.audience}",
            "",
            "| what | table | fields |",
            "|---|---|---|",
            *(f"| {what} | `{table}` | {fields} |" for what, table, fields in entry.kept),
        ]
    return "\n".join(lines) + "\n"


def test_the_page_says_what_the_labels_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == written()


def test_every_field_is_labelled_or_about_nobody() -> None:
    assert [error for error in run_checks() if error.id == "vested.E006"] == []
    ours = [model for model in apps.get_models() if model.__module__.startswith("vested.")]
    assert len(ours) > 40
    assert {model for model in ours if held_by(model) is None} == set()


def test_each_label_says_all_that_the_law_asks() -> None:
    for label in labels():
        assert all((label.purpose, label.basis, label.audience, label.retention)), label.name
    assert len({label.name for label in labels()}) == len(labels()) > 10
    assert [one.model for one in held() if not one.what] == []


def nobodys() -> set[tuple[str, str]]:
    """Fields of somebody's own rows that hold words and are said to be about nobody."""
    own = [one for one in said._held.values() if getattr(one.model, "scope", None) is Scope.PERSONAL]
    fields = [(one.model, one.model._meta.get_field(name)) for one in own for name in one.plain]
    words = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
    return {(model.__name__, field.name) for model, field in fields if isinstance(field, words) and not field.choices}


def test_words_in_somebodys_own_rows_are_about_them() -> None:
    """Whoever adds some cannot say in passing that they are about nobody."""
    assert nobodys() == NOBODYS
    one = said._held[Membership]
    try:
        said._held[Membership] = Held(Membership, "x", (), (), frozenset({"grade", "since"}))
        assert nobodys() - NOBODYS == {("Membership", "grade")}
    finally:
        said._held[Membership] = one


def test_a_field_nobody_labelled_is_found() -> None:
    models.CharField(max_length=20).contribute_to_class(Person, "phone")
    try:
        assert unlabelled(Person) == ["field phone has no label"]
        errors = run_checks(tags=None)
        assert [(error.id, error.obj, error.msg) for error in errors] == [
            ("vested.E006", Person, "field phone has no label")
        ]
    finally:
        Person._meta.local_fields.pop()  # the one above
        Person._meta._expire_cache()  # type: ignore[attr-defined]  # Django's own way to forget a field
        del Person.phone  # type: ignore[attr-defined]  # as above
    assert unlabelled(Person) == []


def test_what_is_said_wrongly_is_found() -> None:
    """A model nobody speaks of, a field there is none of, one said twice, a key that is no way to people."""
    before, one = dict(said._held), said._held[Membership]
    try:
        del said._held[Unit]
        assert unlabelled(Unit) == ["nobody says what of it is about people"]
        wrong = Way("person", one.ways[0].label, ("person", "unit", "grade", "since", "until", "salary"))
        said._held[Membership] = Held(Membership, "x", (wrong,), (), frozenset({"manager", "grade"}))
        assert unlabelled(Membership) == [
            "there is no field salary",
            "field grade is labelled, and said to be about nobody",
            "field manager leads to people, and is no way to them",
        ]
    finally:
        said._held.clear()
        said._held.update(before)
