"""What commands say while they work, and how the operating system's refusals read."""

import errno
from pathlib import Path

import pytest

from vested.config.cli import _terminal
from vested.config.cli._terminal import Failure, Live, files_at


def test_where_there_is_no_terminal_a_new_topic_is_a_line_and_the_same_topic_waits(
    capsys: pytest.CaptureFixture[str],
) -> None:
    live = Live(quiet=False)
    live.show("Fairness", "gap 3%")
    live.show("Fairness", "gap 2%")
    live.show("Writing")
    live.clear()
    assert capsys.readouterr() == ("", "Fairness: gap 3%\nWriting …\n")


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    live = Live(quiet=True)
    live.show("Fairness")
    live.say("Something")
    live.clear()
    assert capsys.readouterr() == ("", "")


def test_a_bar_shows_once_the_work_takes_long(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Live(quiet=False).bar()(1, 2, "Reading levels.csv")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(_terminal, "PATIENCE", 0.0)
    Live(quiet=False).bar()(1, 2, "Reading levels.csv")
    assert capsys.readouterr().err == f"Reading levels.csv: [{'#' * 12}{'.' * 12}] 50%\n"


@pytest.mark.parametrize(
    ("error", "mend"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "permission denied; choose a place you may write to"),
        (OSError(errno.ENOSPC, "No space left on device"), "no space left on device; free some space"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "no such file or directory; check the spelling"),
        (IsADirectoryError(errno.EISDIR, "Is a directory"), "is a directory; name a folder where a folder is meant"),
    ],
)
def test_refusals_of_the_operating_system_are_sentences(error: OSError, mend: str) -> None:
    with pytest.raises(Failure, match=f"^out: {mend}"), files_at(Path("out")):
        raise error


def test_a_closed_pipe_is_left_to_the_command_line() -> None:
    with pytest.raises(BrokenPipeError), files_at(Path("out")):
        raise BrokenPipeError
