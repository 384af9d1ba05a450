"""The best combination of known plans: a linear or mixed-integer program over columns, by HiGHS."""

from vested.engines.training._master._programs import Mix, Mixed, Mixture, combine

__all__ = ["Mix", "Mixed", "Mixture", "combine"]
