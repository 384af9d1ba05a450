"""All files of a plan in one zip, kept where jobs keep what is to be taken."""

import tempfile
import zipfile
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage

from vested.core.imports.exports import FOLDER
from vested.plans.files import write_plan
from vested.plans.outcome import Outcome


def packed(outcome: Outcome, *, language: str, on: date) -> str:
    """Write the files of a plan and keep them as one zip; give where it is."""
    with tempfile.TemporaryDirectory(prefix="vested-plan-") as folder, tempfile.TemporaryFile() as kept:
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in write_plan(outcome, Path(folder), language=language, printed_on=on):
                archive.write(path, path.name)
        kept.seek(0)
        return default_storage.save(f"{FOLDER}/{uuid4().hex}.zip", File(kept))
