"""Files that tests bring are kept in a folder of the test's own."""

from tests.core.imports.conftest import kept

__all__ = ["kept"]
