"""Where third-party files are."""

import os
from pathlib import Path

import pytest


@pytest.fixture
def real_data() -> Path:
    """Give the folder of third-party files that are not shipped, or skip."""
    folder = Path(os.environ.get("VESTED_DATA", Path(__file__).parents[3] / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no third-party files at {folder}; VESTED_DATA names their folder")
    return folder
