"""Many made-up documents from few: titles and summaries recombined by a seed."""

import random
from collections.abc import Iterator, Sequence

from vested.engines.matching import Document


def recombined(goods: Sequence[Document], count: int, *, seed: int = 7) -> Iterator[Document]:
    """Put together titles from two titles, and summaries from three to five pieces of others, of 5 to 14 words."""
    draw = random.Random(seed)  # noqa: S311 - chance for a test set, no secret
    titles = [good.fields["title"].split() for good in goods]
    summaries = [good.fields["summary"].split() for good in goods]
    for number in range(count):
        one, other = draw.choice(titles), draw.choice(titles)
        title = one[: draw.randint(1, 3)] + other[-draw.randint(1, 3) :]
        pieces = []
        for _ in range(draw.randint(3, 5)):
            words = draw.choice(summaries)
            start, size = draw.randrange(len(words)), draw.randint(5, 14)
            pieces += words[start : start + size]
        signals = draw.choice(goods).signals
        fields = {"title": " ".join(title), "summary": " ".join(pieces)}
        yield Document(id=f"made {number:06d}", fields=fields, signals=signals)
