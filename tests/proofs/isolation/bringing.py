"""Files that wait to be brought in, with something new in each table that not all who bring files may change."""

import csv
import zipfile
from collections.abc import Mapping
from io import BytesIO, StringIO

from django.core.files.storage import default_storage
from django.test import Client

from tests.core.imports.bringing import latest, zipped
from tests.core.offices import Office
from vested.core.imports.exports import pack
from vested.core.jobs import run
from vested.core.models import Import
from vested.core.scope import acting

Rows = list[dict[str, str]]
NEW: dict[str, dict[str, str]] = {
    "objectives": {"objective_id": "O9", "title": "Brought"},
    "blocks": {"block_id": "B9", "name": "Brought", "exists": "yes"},
    "pools": {"pool_id": "P9", "name": "Brought", "quarter": "1", "capacity": "5", "rate": "10"},
    "portfolio_budgets": {"quarter": "9", "amount": "100"},
    "initiative_modes": {"mode": "reuse", "quarters": "2", "benefit": "10"},
    "initiative_costs": {"mode": "reuse", "quarter": "1", "cost": "10"},
    "initiative_people": {"mode": "reuse", "quarter": "1", "pool_id": "P9", "people": "1"},
    "initiative_links": {"needs": "B9"},
}


def brought(office: Office) -> Import:
    """Upload what the office gives out, whole and with the new rows; it is checked and ready to be brought in."""
    with acting(office.viewer("cdo")):
        name, _counts = pack(office.viewer("cdo"), lambda _done, _total: None)
    with default_storage.open(name) as file, zipfile.ZipFile(BytesIO(file.read())) as archive:
        given = {entry: archive.read(entry) for entry in archive.namelist()}
    default_storage.delete(name)
    tables = {name: list(csv.DictReader(StringIO(text.decode()))) for name, text in given.items() if ".csv" in name}
    ways = sorted({row["initiative_id"] for row in tables["initiative_modes.csv"]})
    initiative = {"initiative_id": ways[1]}  # of which nobody has said yet how it could reuse something
    _mend(tables)
    for table, row in NEW.items():
        head = StringIO(given[f"{table}.csv"].decode()).readline().strip().split(",")
        whole = dict.fromkeys(head, "") | row | (initiative if "initiative_id" in head else {})
        tables[f"{table}.csv"].append(whole)
    files = given | {name: _written(rows) for name, rows in tables.items() if rows}
    client = Client()
    client.force_login(office.user("cdo"))
    client.post("/imports/new/", {"chosen": [zipped(files)]})
    job = latest().job
    assert job
    run(job.pk)
    imported = latest()
    assert imported.state == Import.State.READY, imported.report
    return imported


def _mend(tables: Mapping[str, Rows]) -> None:
    """Say what the office does not know of its people, and by when its initiatives start, with another risk."""
    for person in tables["staff.csv"]:
        person["hours"], person["role_id"] = "10", person["role_id"] or tables["roles.csv"][0]["role_id"]
    for initiative in tables["initiatives.csv"]:
        initiative["latest"], initiative["risk"] = "", "0.5"


def _written(rows: Rows) -> bytes:
    text = StringIO()
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
