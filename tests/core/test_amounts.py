"""Numbers as people read them, in the reader's language."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from vested.core.amounts import level, money, number


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ["1,234.5", "−0.5", "0", "2", "2.25", "€0", "€12.50", "€1,250", "€3.40 million", "DKK\u00a07"]),
        (
            "da",
            ["1.234,5", "−0,5", "0", "2", "2,25", "0\u00a0€", "12,50\u00a0€", "1.250\u00a0€", "3,40\u00a0mio.\u00a0€"],
        ),
    ],
)
def test_amounts_are_written_with_the_decimals_they_need(language: str, written: list[str]) -> None:
    with override(language):
        found = [number(1234.5, 1), number(-0.5, 1), number(-0.01), level(2.0), level(2.25), money(0, "EUR")]
        found += [money(Decimal("12.50"), "EUR"), money(Decimal(1250), "EUR"), money(3_398_000, "EUR"), money(7, "DKK")]
        assert money(Decimal("1234567.50"), "EUR", exact=True) in {"€1,234,567.50", "1.234.567,50\u00a0€"}
    assert found[: len(written)] == written
