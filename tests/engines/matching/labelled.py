"""Pairs known to be the same, and pairs known not to be, made from the registry of digital public goods.

Nothing of the registry is kept here: only ids, and words of our own to reword and translate with. Natural duplicates
are a list made by hand; parts of one family are found by rule (the same owner of the sources, or the same website).
Each good is planted again in one way, drawn by the seed; every second one is for choosing weights, the other for
reporting.
"""

import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from vested.engines.matching import Document

# Registered twice, or once for each kind of telephone.
TWINS = (
    ("moodle", "moodle-lms"),
    ("open-ml-python", "openml-python"),
    ("product-catalog-management-tool", "project-catalog-management-tool"),
    ("redirect-2-redirectioneaza.ro", "redirectioneaza"),
    ("open-hospital", "openhospital"),
    ("digital-assister-for-michigan", "michigan-benefits"),
    ("homeless-children-playtime-project", "playtime"),
    ("corona-warn-app-android", "corona-warn-app-ios"),
    ("stopcovid-android", "stopcovid-ios"),
    ("opentrace-android", "opentrace-ios"),
    ("immuni-android", "immuni-ios"),
)
WAYS = ("exact", "renamed", "translated", "reworded", "truncated", "typos", "retold")
# A swap of these makes another thing of it.
OPPOSED = (
    ("open", "closed"), ("import", "export"), ("online", "offline"), ("public", "private"), ("free", "paid"),
    ("local", "central"), ("indoor", "outdoor"), ("buyers", "sellers"), ("urban", "rural"), ("adults", "children"),
    ("students", "teachers"), ("male", "female"), ("high", "low"), ("national", "local"), ("teachers", "students"),
    ("rural", "urban"), ("children", "adults"), ("offline", "online"), ("private", "public"), ("low", "high"),
)  # fmt: skip
# Likewise, but not among the opposites the engine has been told of.
UNTOLD = (
    ("digital", "analogue"), ("global", "regional"), ("mobile", "stationary"), ("human", "animal"), ("smart", "plain"),
    ("community", "company"), ("safe", "risky"), ("water", "fuel"), ("food", "clothing"), ("energy", "transport"),
)  # fmt: skip
_SYNONYMS = """tool=instrument tools=instruments app=application application=program platform=system helps=assists
    help=assist data=figures manage=administer management=administration health=medical children=kids allows=lets
    create=make creating=making provides=offers provide=offer providing=offering users=people people=persons
    track=follow tracking=following map=chart maps=charts government=state governments=states enables=lets enable=let
    designed=meant developed=made built=made build=construct software=program information=facts use=employ
    using=employing used=employed free=gratis web=internet online=internet easy=simple easily=simply
    learning=study learn=study schools=colleges resources=materials support=back supports=backs
    organizations=bodies project=undertaking projects=undertakings solution=answer access=reach sharing=exchange
    improve=better monitor=watch monitoring=watching collect=gather collection=gathering find=discover
    citizens=residents local=nearby global=worldwide needs=wants content=material mobile=portable
    community=neighbourhood analysis=study analyze=study quality=standard change=shift work=labour"""
REWORDED = dict(word.split("=") for word in _SYNONYMS.split())
TRANSLATED = {
    row[0]: row[1:]
    for row in (
        line.split()
        for line in """open åben ouvert open
        data data données gegevens
        project projekt projet project
        platform platform plateforme platform
        code kode code code
        response indsats réponse respons
        africa afrika afrique afrika
        digital digital numérique digitaal
        health sundhed santé gezondheid
        global global mondial mondiaal
        system system système systeem
        source kilde source bron
        tool værktøj outil hulpmiddel
        services tjenester services diensten
        service tjeneste service dienst
        mobile mobil mobile mobiel
        catalog katalog catalogue catalogus
        food mad alimentation voedsel
        server server serveur server
        information information information informatie
        management forvaltning gestion beheer
        library bibliotek bibliothèque bibliotheek
        world verden monde wereld
        map kort carte kaart
        operation operation opération operatie
        energy energi énergie energie
        public offentlig public openbaar
        safe sikker sûr veilig
        learning læring apprentissage leren
        model model modèle model
        street gade rue straat
        climate klima climat klimaat
        community fællesskab communauté gemeenschap
        water vand eau water
        emergency nødsituation urgence noodgeval
        network netværk réseau netwerk
        science videnskab science wetenschap
        machine maskine machine machine
        government regering gouvernement overheid
        risk risiko risque risico
        city by ville stad
        weather vejr météo weer
        registry register registre register
        land jord terre land
        free fri libre vrij
        child barn enfant kind
        school skole école school
        monitoring overvågning surveillance bewaking
        standard standard norme standaard
        human menneske humain mens
        the den le de
        for til pour voor
        and og et en
        of af de van""".splitlines()
    )
}
PLATFORMS = ("iOS", "Android", "Windows")
MADE_UP = ("Borvik", "Calento", "Dunamar", "Elvira Works", "Fjordlys", "Galvane", "Hestia One", "Ilmora", "Juno Desk")


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A document to ask with, in which ``way`` it came to be, the ``goods`` that are the same (none: hard negative).

    ``held_out`` is False for those that weights were chosen on.
    """

    document: Document
    way: str
    goods: frozenset[str]
    held_out: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Labelled:
    """``goods`` to look in, ``queries`` to ask, and the pairs of goods that are twins or siblings."""

    goods: tuple[Document, ...]
    queries: tuple[Query, ...]
    twins: frozenset[frozenset[str]]
    siblings: frozenset[frozenset[str]]


def read_goods(path: Path) -> tuple[list[Document], dict[str, set[str]]]:
    """Read the registry: its goods, and who shares an owner or a website."""
    goods, owners = [], defaultdict(set)
    for entry in json.loads(path.read_text(encoding="utf-8")):
        merged: dict[str, Any] = {}
        for folder in entry["folders"]:
            merged = {**{name: value for name, value in entry[folder].items() if value}, **merged}
        standards = merged.get("standards", {}).get("standardsList", [])
        known = r"\b(?:HL7|FHIR|OpenAPI|REST|JSON|XML|CSV|HTML|CSS|OAuth|GeoJSON|SCORM|xAPI|WCAG|UTF-8|TLS|GTFS)\b"
        signals = {
            "licence": [row["spdx"] for row in merged.get("license", []) if isinstance(row, dict) and row.get("spdx")],
            "category": list(merged.get("sectors", [])),
            "capability": list(merged.get("type", [])),
            "standard": sorted(set(re.findall(known, " ".join(map(str, standards))))),
        }
        fields = {"title": merged["name"].strip(), "summary": merged["description"].strip()}
        goods.append(Document(id=entry["slug"], fields=fields, signals=signals))
        for address in [merged.get("website", ""), *(row.get("url", "") for row in merged.get("repositories", []))]:
            host, _, rest = re.sub(r"^https?://(www\.)?", "", address.lower()).rstrip("/").partition("/")
            if host:
                owners[f"{host}/{rest.split('/')[0]}" if "git" in host else f"{host}/{rest}"].add(entry["slug"])
    return goods, owners


def read_labelled(path: Path, *, seed: int = 7) -> Labelled:
    """Make the labelled set."""
    goods, owners = read_goods(path)
    draw = random.Random(seed)  # noqa: S311 - chance for a test set, no secret
    twins = frozenset(frozenset(pair) for pair in TWINS)
    families = {frozenset(pair) for shared in owners.values() for pair in combinations(sorted(shared), 2)}
    known = {good.id: {good.id} for good in goods}
    for pair in twins:
        for one in pair:
            known[one] |= pair
    related = {name for shared in owners.values() if len(shared) > 1 for name in shared}
    donors = set(draw.sample([good.id for good in goods if good.id not in related], 40))
    others = [good for good in goods if good.id in donors]  # what they are is in no index
    goods = [good for good in goods if good.id not in donors]
    queries = []
    for number, good in enumerate(goods):
        way = draw.choice(WAYS)
        if way == "translated" and not set(re.findall(r"\w+", good.fields["title"].lower())) & set(TRANSLATED):
            way = "reworded"
        planted = _plant(good, way, draw)
        same = frozenset(known[good.id])
        queries.append(Query(document=planted, way=way, goods=same, held_out=number % 2 == 1))
    queries += [
        Query(document=document, way=way, goods=frozenset(), held_out=number % 2 == 1)
        for number, (document, way) in enumerate(
            [
                *_opposites(goods, OPPOSED, "opposite"),
                *_opposites(goods, UNTOLD, "untold opposite"),
                *_other_products(goods, others, draw),
            ]
        )
    ]
    return Labelled(goods=tuple(goods), queries=tuple(queries), twins=twins, siblings=frozenset(families - twins))


def _plant(good: Document, way: str, draw: random.Random) -> Document:
    title, summary = good.fields["title"], good.fields["summary"]
    signals = {
        name: list(values) if way == "exact" else [value for value in values if draw.random() < 0.7]
        for name, values in good.signals.items()
    }
    if way == "exact":
        title = title.upper() + "."
    if way in {"renamed", "retold"}:
        name = draw.choice(MADE_UP)
        title, summary = name, re.sub(re.escape(title), name, summary, flags=re.IGNORECASE)
    if way == "translated":
        into = draw.randrange(3)
        title = _map_words(title, lambda word: TRANSLATED.get(word, (word,) * 3)[into])
    if way in {"reworded", "retold"}:
        summary = _map_words(summary, lambda word: REWORDED.get(word, word))
        parts = re.split(r"(?<=[.,;])\s+", summary)
        draw.shuffle(parts)
        summary = " ".join(parts)
    if way in {"truncated", "retold"}:
        words, share = summary.split(), 0.4 if way == "truncated" else 0.6
        summary = " ".join(words[: max(4, int(len(words) * share))])
    if way in {"typos", "retold"}:
        title, summary = _mistype(title, 0.3, draw), _mistype(summary, 0.1, draw)
    fields = {"title": title, "summary": summary}
    return replace(good, id=f"{way} {good.id}", fields=fields, signals=signals)


def _map_words(text: str, change: Any) -> str:
    return re.sub(r"[^\W\d_]+", lambda found: change(found[0].lower()), text)


def _mistype(text: str, share: float, draw: random.Random) -> str:
    """Leave out, double or swap a letter inside some of the words."""
    words = text.split()
    for number, word in enumerate(words):
        if len(word) > 3 and draw.random() < share:
            at = draw.randrange(1, len(word) - 1)
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            words[number] = draw.choice((word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], swapped))
    return " ".join(words)


def _opposites(goods: list[Document], pairs: tuple[tuple[str, str], ...], way: str) -> list[tuple[Document, str]]:
    """Say the contrary in the title, and wherever the same word stands in the summary."""
    made = []
    for good in goods:
        title = good.fields["title"].lower()
        pair = next((pair for pair in pairs if re.search(rf"\b{pair[0]}\b", title)), None)
        if pair and len(title.split()) > 2:
            fields = {name: re.sub(rf"\b{pair[0]}\b", pair[1], text.lower()) for name, text in good.fields.items()}
            made.append((replace(good, id=f"{way} {good.id}", fields=fields), way))
    return made


def _other_products(goods: list[Document], others: list[Document], draw: random.Random) -> list[tuple[Document, str]]:
    """Name another product "X iOS", "X Android" or "X Windows" where X, or X for the other telephone, is there."""
    titles = {good.fields["title"] for good in goods}
    made = []
    for other in others:
        good = draw.choice(goods)
        bare = re.sub(r" (iOS|Android)$", "", good.fields["title"])
        title = next(named for name in PLATFORMS if (named := f"{bare} {name}") not in titles)
        fields = {"title": title, "summary": other.fields["summary"]}
        document = Document(id=f"other product {good.id}", fields=fields, signals=other.signals)
        made.append((document, "other product"))
    return made
