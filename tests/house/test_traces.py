"""House rules about what must never be in the repository, in any file."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, name

# Written in pieces, so that this file does not find itself.
REGISTRIES = [
    "pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".", "yarnpkg" + ".", "unpkg" + ".", "jsdelivr" + ".",
    "crates" + ".io", "rubygems" + ".org", "proxy.golang" + ".", "repo1.maven" + ".", "conda" + ".anaconda",
    "ghcr" + ".io", "docker" + ".io", "quay" + ".io",
]  # fmt: skip
MACHINE = re.compile(r"(?<![\w.~-])/(?:work|root|home|Users|mnt|srv|opt|tmp)/[\w.]+")
SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "a cloud key": re.compile(r"\bA[KS]IA[0-9A-Z]{16}\b"),
    "a forge's token": re.compile(r"\b(?:gh[pousr]|github_pat|glpat)[_-][A-Za-z0-9_-]{20,}"),
    "a chat token": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    "a web token": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\."),
    "a name and password in an address": re.compile(r"://[^/\s:@]+:[^/\s@]+@"),
    "a secret in quotes": re.compile(
        r"""(?i)(?:passw(?:or)?d|secret|token|api_?key)\w*["']?\s*[:=]\s*["'][^"'\s]{8,}["']"""
    ),
}
PROMISES = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


@pytest.fixture(scope="module")
def texts() -> dict[Path, str]:
    """Every text file of the project."""
    read = {path: path.read_bytes() for path in files()}
    return {path: raw.decode("utf-8", "replace") for path, raw in read.items() if b"\0" not in raw}


def test_no_file_names_a_package_registry(texts: dict[Path, str]) -> None:
    found = {name(path): host for path, text in texts.items() for host in REGISTRIES if host in text}
    assert found == {}


def test_no_file_names_a_folder_of_one_machine(texts: dict[Path, str]) -> None:
    found = {name(path): match[0] for path, text in texts.items() if (match := MACHINE.search(text))}
    assert found == {}


@pytest.mark.parametrize("kind", SECRETS)
def test_no_file_holds_a_secret(kind: str, texts: dict[Path, str]) -> None:
    found = {name(path): match[0] for path, text in texts.items() if (match := SECRETS[kind].search(text))}
    assert found == {}


def test_no_file_puts_off_what_it_promises(texts: dict[Path, str]) -> None:
    assert [name(path) for path, text in texts.items() if PROMISES.search(text)] == []


def test_text_files_end_their_lines_like_unix(texts: dict[Path, str]) -> None:
    ours = {
        path: text for path, text in texts.items() if path.suffix in {".py", ".md", ".toml", ".yml", ".po", ".json"}
    }
    assert len(ours) > 20
    assert [name(path) for path, text in ours.items() if "\r" in text or not text.endswith("\n")] == []


def test_no_file_is_large() -> None:
    """Data sets and films live elsewhere."""
    assert {name(path): path.stat().st_size for path in files() if path.stat().st_size > 1_000_000} == {}


def test_what_can_be_run_says_so() -> None:
    for path in (ROOT / "run", ROOT / ".ci" / "run"):
        assert path.stat().st_mode & 0o111, name(path)
        assert path.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
