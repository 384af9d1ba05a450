"""How the tests run: the same examples every time; ``--hypothesis-profile=deep`` looks much further."""

from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.register_profile("deep", deadline=None, max_examples=5_000)
settings.load_profile("same")
