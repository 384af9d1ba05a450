"""The score of a pair: against the oracle, against hand-made figures, and what must hold of any."""

from itertools import combinations
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.matching.oracle import score
from vested.engines import matching
from vested.engines.matching import Document, Match

VOCABULARY = (
    "import",
    "export",
    "registers",
    "register",
    "vaccination",
    "hospital",
    "2",
    "3",
    "wards",
    "map",
    "budget",
)
texts = st.lists(st.sampled_from(VOCABULARY), max_size=7).map(" ".join)
values = st.lists(st.sampled_from(("A", "b", "C")), max_size=3, unique=True)


@st.composite
def sets(draw: st.DrawFn) -> list[Document]:
    made = []
    for number in range(draw(st.integers(2, 6))):
        fields = {"title": draw(texts), "summary": draw(texts)}
        if not any(fields.values()):
            fields["summary"] = "wards"
        signals = {"standard": draw(values), "licence": draw(values)}
        made.append(Document(id=f"d{number}", fields=fields, signals=signals, language="en"))
    return made


def all_scores(documents: list[Document]) -> dict[frozenset[str], Match]:
    with matching.open_index(None) as index:
        matching.put(index, documents)
        return {
            frozenset((document.id, match.id)): match
            for document in documents
            for match in matching.similar(index, document, limit=100, at_least=0.0)
        }


@settings(max_examples=40, deadline=None)
@given(sets())
def test_every_score_is_that_of_the_oracle(documents: list[Document]) -> None:
    found = all_scores(documents)
    for one, other in combinations(documents, 2):
        match, right = found.get(frozenset((one.id, other.id))), score(one, other, documents)
        if match is None:
            assert right <= 0.1 + 1e-9  # signals alone make nobody compare
        else:
            assert match.score == pytest.approx(right, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(sets())
def test_shares_add_up_and_scores_keep_within_bounds(documents: list[Document]) -> None:
    for match in all_scores(documents).values():
        assert 0 <= match.score <= 1
        if match.score > 0:
            assert sum(reason.share for reason in match.reasons) == pytest.approx(1)
            assert [reason.share for reason in match.reasons] == sorted((r.share for r in match.reasons), reverse=True)


@settings(max_examples=30, deadline=None)
@given(sets())
def test_a_copy_scores_one_and_comes_first(documents: list[Document]) -> None:
    copy = Document(id="copy", fields=documents[0].fields, signals=documents[0].signals, language="en")
    with matching.open_index(None) as index:
        matching.put(index, documents)
        matches = matching.similar(index, copy, limit=100)
    assert matches[0].score == pytest.approx(1)
    assert documents[0].id in {match.id for match in matches if match.score == pytest.approx(1)}


def document(name: str, title: str, summary: str = "", **signals: list[str]) -> Document:
    return Document(id=name, fields={"title": title, "summary": summary}, signals=signals, language="en")


def test_a_pair_worked_out_by_hand() -> None:
    """Two documents, one word shared of two and of one; each title word weighs .6286, .6493 or so in 255ths."""
    held = [document("a", "budget ward"), document("b", "budget")]
    shared, alone = log(1 + 3 / 2.5), log(1 + 3 / 1.5)  # idf in two documents, in one
    two, one = 2 / (0.7 + 0.3 * 2 / 4), 2 / (0.7 + 0.3 * 1 / 4)
    two, one = round(255 * two / (two + 1.2)) / 255, round(255 * one / (one + 1.2)) / 255
    less, more = sorted((one * shared, two * (shared + alone)))
    words = min(one, two) * shared / (0.7 * less + 0.3 * more)
    # _budgetward_ and _budget_: ten and six runs of three, the first five of them the same
    letters = 5 * shared / (0.5 * (5 * shared + alone) + 0.5 * 5 * (shared + alone))
    (match,) = all_scores(held).values()
    assert match.score == pytest.approx(words + (1 - words) * 0.6 * letters**3)


def test_what_matched_is_said_with_its_fields() -> None:
    ours = document("a", "Vaccination register", "vaccination wards", standard=["FHIR"], licence=["MIT"])
    theirs = document("b", "Vaccinations", "registers", standard=["fhir"], licence=["EUPL"])
    found = all_scores([ours, theirs, document("c", "Budget")])
    reasons = {reason.what: reason for reason in found[frozenset("ab")].reasons}
    assert set(reasons) == {"vaccination", "register", "title", "standard: FHIR"}
    assert {reason.kind for reason in reasons.values()} == {"word", "letters", "signal"}
    assert reasons["standard: FHIR"].fields == ()
    assert reasons["title"].fields == ("title",)
    with matching.open_index(None) as index:
        matching.put(index, [ours])
        (match,) = matching.similar(index, theirs, at_least=0.0)
        where = {reason.what: reason.fields for reason in match.reasons}
    assert where["vaccination"] == ("title", "summary")
    assert where["register"] == ("title",)


@pytest.mark.parametrize(
    ("title", "other", "against"),
    [
        ("Import of goods", "Export of goods", ("export / import",)),
        ("Phase 2 of the register", "Phase 3 of the register", ("numbers",)),
        ("Opens the data", "Closed the data", ("open / close",)),
        ("Public import 1", "Private export 2", ("import / export", "numbers", "public / private")),
        ("Import and export of goods", "Export of goods", ()),
        ("Phase 2 of the register", "Phase of the register", ()),
    ],
)
def test_opposites_in_titles_speak_against(title: str, other: str, against: tuple[str, ...]) -> None:
    alike, opposed = (
        all_scores([document("a", title), document("b", name)])[frozenset("ab")] for name in (title, other)
    )
    assert alike.against == ()
    assert opposed.against == tuple(
        sorted("import / export" if name == "export / import" else name for name in against)
    )
    assert (opposed.score < 0.5) is bool(against)


def test_opposites_are_known_in_all_four_languages() -> None:
    pairs = {"da": ("offentlig", "privat"), "fr": ("ouverture", "fermeture"), "nl": ("inkoop", "verkoop")}
    for language, words in pairs.items():
        held = [Document(id=word, fields={"title": f"{word} portal"}, language=language) for word in words]
        assert all_scores(held)[frozenset(words)].against == (" / ".join(words),)


def test_without_signals_on_one_side_they_do_not_count() -> None:
    found = all_scores([document("a", "budget", standard=["A"]), document("b", "budget")])
    assert found[frozenset("ab")].score == pytest.approx(1)
