"""Files of imports are kept in a folder of the test's own, and signed-in people."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.core.offices import Office
from vested.core.imports.staff import STAFF
from vested.core.imports.units import UNITS


@pytest.fixture(autouse=True)
def core_alone() -> Iterator[None]:
    """Core's own tables, whichever rooms there are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vested.core.imports.tables._tables", [UNITS, STAFF])
        patch.setattr("vested.core.imports.tables._followers", [])
        yield


@pytest.fixture(autouse=True)
def kept(settings: Settings, tmp_path: Path) -> Path:
    """Where uploads are kept."""
    folder = tmp_path / "uploads"
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return folder


@pytest.fixture
def cdo(office: Office) -> Client:
    client = Client()
    client.force_login(office.user("cdo"))
    return client


@pytest.fixture
def manager(office: Office) -> Client:
    client = Client()
    client.force_login(office.user("manager"))
    return client


@pytest.fixture
def stranger(other: Office) -> Client:
    client = Client()
    client.force_login(other.user("cdo"))
    return client
