"""Words of four languages: function words, opposites, and the stems by which inflected forms are one."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from types import MappingProxyType

from snowballstemmer import DanishStemmer, DutchStemmer, EnglishStemmer, FrenchStemmer

from vested.engines.matching._nouns import LANGUAGES

_FUNCTION_WORDS = MappingProxyType(
    {
        "en": """a about also an and any are as at be been but by can could do does for from had has have he her his
            how i if in into is it its may more most no not of on or other our she should so such than that the
            their them then there these they this those to was we were what when where which who will with would
            you your""",
        "da": """ad af alle alt andre at blev bliver da de deg dem den denne der deres det dette dig din du efter eller
            en end er et for fra få har have hendes her hos hun hvad hvor i ikke ind jeg kan kunne man med meget
            men mere min mit mod når og også om op os over på selv sig sin sine sit skal som så til ud under var
            ved vi vil være""",
        "fr": """à au aussi aux avec ce ces cet cette d dans de des du elle elles en entre est et été être eu il ils je
            l la le les leur leurs lui mais même n ne nos notre nous on ont ou où par pas plus pour qu que qui s
            sa sans se ses si son sont sur tous tout toute un une vos votre vous y""",
        "nl": """aan al als bij dan dat de der deze die dit door een en er had heeft het hij hoe hun ik in is je kan
            kunnen maar me meer met mijn naar niet nog nu of om omdat onder ons ook op over te tot uit van veel
            voor waar was wat we wel werd wie wij worden wordt ze zich zij zijn zo zonder zou""",
    }
)
STOP_WORDS = MappingProxyType({language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()})

# Two titles that differ in these speak of different things.
OPPOSITES = MappingProxyType(
    {
        "en": """open/close import/export public/private online/offline internal/external free/paid local/central
            local/national indoor/outdoor urban/rural buyer/seller student/teacher adult/child adults/children
            male/female high/low input/output upload/download incoming/outgoing buy/sell frontend/backend
            client/server""",
        "da": """åben/lukket åbne/lukke import/eksport offentlig/privat intern/ekstern lokal/central kommunal/statslig
            køb/salg ind/ud høj/lav elev/lærer barn/voksen børn/voksne indgående/udgående""",
        "fr": """ouvert/fermé ouverture/fermeture importation/exportation import/export public/privé interne/externe
            local/central local/national achat/vente entrée/sortie haut/bas élève/enseignant enfant/adulte
            urbain/rural""",
        "nl": """open/gesloten openen/sluiten invoer/uitvoer import/export openbaar/privé intern/extern lokaal/centraal
            lokaal/nationaal koop/verkoop inkoop/verkoop hoog/laag leerling/leraar kind/volwassene
            stedelijk/landelijk""",
    }
)

Stem = Callable[[str, str], str]  # word, language


def split(text: str) -> list[str]:
    """Split into words and numbers, in lower case."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())


def fold(text: str) -> str:
    """Drop accents, so that hasty typing finds careful writing."""
    marks = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("æ", "ae").replace("œ", "oe"))
    return "".join(mark for mark in marks if not unicodedata.combining(mark))


def stemmer() -> Stem:
    """Make a function from a word and its language to its folded Snowball stem; remembers what it was asked."""
    kinds = (EnglishStemmer, DanishStemmer, FrenchStemmer, DutchStemmer)
    stemmers = {language: kind() for language, kind in zip(LANGUAGES, kinds, strict=True)}

    @lru_cache(maxsize=500_000)
    def stem(word: str, language: str) -> str:
        return fold(stemmers[language].stemWord(word))

    return stem


def language_of(words: Iterable[str], otherwise: str) -> str:
    """Tell a language by its function words; the first in order wins a tie, none found gives ``otherwise``."""
    listed = list(words)
    counts = {language: sum(word in STOP_WORDS[language] for word in listed) for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: counts[language])
    return best if counts[best] > counts[otherwise] else otherwise


def content(words: list[str], language: str) -> list[str]:
    """Leave out function words, unless there is nothing else."""
    return [word for word in words if word not in STOP_WORDS[language]] or words


def opposites(stem: Stem, language: str) -> list[tuple[str, str, str]]:
    """List opposites as their name and both stems."""
    pairs = (pair.partition("/")[::2] for pair in OPPOSITES[language].split())
    return [(f"{one} / {other}", stem(one, language), stem(other, language)) for one, other in pairs]
