"""Words, letters and languages, as they show in what is found."""

import pytest

from vested.engines import matching
from vested.engines.matching import Document, Match


def found(held: dict[str, str], text: str, language: str | None = None) -> list[str]:
    with matching.open_index(None) as index:
        matching.put(index, [Document(id=name, fields={"summary": said}) for name, said in held.items()])
        return [match.id for match in matching.search(index, text, language=language)]


@pytest.mark.parametrize(
    ("held", "text", "language"),
    [
        ("The library monitors its invoices for the city", "monitoring ", "en"),
        ("Skolerne deler oplysninger om børn og deres skoler", "skole ", "da"),
        ("Les communes partagent des écoles et des factures", "facture ", "fr"),
        ("De gemeenten delen de facturen van hun burgers", "factuur ", "nl"),
        ("The library monitors its invoices for the city", "monitoring ", None),
        ("De gemeenten delen de facturen van hun burgers", "factuur ", None),
    ],
)
def test_inflected_forms_are_found(held: str, text: str, language: str | None) -> None:
    assert found({"a": held, "b": "xylophone"}, text, language) == ["a"]


def test_the_language_is_told_by_its_function_words() -> None:
    """Read as English, "facturen" and "factuur" are two words."""
    text = "De gemeenten delen de facturen van hun burgers"
    with matching.open_index(None) as index:
        told = [Document(id=name, fields={"summary": text}, language=name) for name in ("en", "nl")]
        guessed = Document(id="guessed", fields={"title": "Facturen", "summary": text})
        matching.put(index, [*told, guessed])
        assert {match.id for match in matching.search(index, "factuur ", language="nl")} == {"nl", "guessed"}


def test_accents_may_be_left_out() -> None:
    assert found({"a": "Une école numérique pour les élèves", "b": "xylophone"}, "ecole numerique ") == ["a"]
    assert found({"a": "Grøn omstilling på øen", "b": "xylophone"}, "gron ", "da") == ["a"]


def test_function_words_count_only_where_there_is_nothing_else() -> None:
    held = {"a": "who is who", "b": "who keeps the register"}
    assert found(held, "who is the register ", "en") == ["b"]
    assert found(held, "who ", "en") == ["a"]


def test_the_last_word_counts_by_what_it_may_become() -> None:
    held = {"a": "vaccination of animals", "b": "vacant posts", "c": "tax"}
    assert found(held, "vac") == ["a", "b"]
    assert found(held, "animal vacc") == ["a"]
    assert found(held, "vacc ") == []
    assert found(held, "") == found(held, " ?! ") == []


def search_titles(titles: dict[str, str], text: str) -> list[Match]:
    with matching.open_index(None) as index:
        matching.put(index, [Document(id=name, fields={"title": title}) for name, title in titles.items()])
        return list(matching.search(index, text))


def test_a_slip_of_the_finger_still_finds_a_title() -> None:
    titles = {"a": "Vaccination register", "b": "Open Hospital", "c": "Budget"}
    first = search_titles(titles, "vacinaton regster")[0]
    assert (first.id, first.reasons[0].kind) == ("a", "letters")
    assert first.reasons[0].share == pytest.approx(1)
    assert search_titles(titles, "openhospital ")[0].id == "b"


def test_of_words_that_become_one_the_best_counts_once() -> None:
    (match,) = search_titles({"a": "vaccine vacant vacuum"}, "vac")
    assert [reason.kind for reason in match.reasons].count("word") == 1
    assert match.score <= 1


def test_rare_words_and_titles_come_first() -> None:
    with matching.open_index(None) as index:
        plain = [Document(id=f"p{n}", fields={"title": "Portal", "summary": "service"}) for n in range(9)]
        rare = Document(id="rare", fields={"title": "Sewage", "summary": "portal service"})
        named = Document(id="named", fields={"title": "Service", "summary": "sewers"})
        matching.put(index, [*plain, rare, named])
        assert matching.search(index, "sewage service ")[0].id == "rare"
        assert matching.search(index, "service ")[0].id == "named"
