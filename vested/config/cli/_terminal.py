"""What a command says while it works, and how it fails."""

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

REWRITE = 0.2  # seconds between two versions of the live line
REPEAT = 15.0  # seconds between two plain lines about the same thing, where there is no terminal
PATIENCE = 2.0  # seconds before a command says what it is doing
BAR = 24  # characters


class Failure(Exception):
    """The command cannot do what was asked; the text says what is wrong and how to mend it."""

    code = 1


class Live:
    """One line on standard error, rewritten in place on a terminal; elsewhere a plain line now and then."""

    def __init__(self, *, quiet: bool) -> None:
        """Show nothing at all where ``quiet``."""
        self._quiet = quiet
        self._rewrites = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._shown_at, self._shown, self._kind = 0.0, False, ""

    def show(self, topic: str, details: str = "", *, kind: str | None = None) -> None:
        """Say what is going on; called as often as one likes.

        A new ``topic`` is shown at once, unless it is of the same ``kind`` as the one before.
        """
        kind = kind or topic
        now = time.monotonic()
        every = REWRITE if self._rewrites else REPEAT
        if self._quiet or (kind == self._kind and now - self._shown_at < every):
            return
        text = f"{topic}: {details}" if details else f"{topic} …"
        if self._rewrites:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r\x1b[K{text[:width]}", end="", file=sys.stderr, flush=True)
        else:
            print(text, file=sys.stderr, flush=True)
        self._shown_at, self._shown, self._kind = now, True, kind

    def clear(self) -> None:
        """Take the line away, before anything else is written."""
        if self._shown and self._rewrites:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        self._shown, self._kind = False, ""

    def say(self, text: str) -> None:
        """Write a line that stays."""
        self.clear()
        if not self._quiet:
            print(text, file=sys.stderr, flush=True)

    def bar(self) -> Callable[[int, int, str], None]:
        """Make a ``progress(done, total, doing)`` that draws a bar once the work has taken two seconds."""
        started = time.monotonic()

        def progress(done: int, total: int, doing: str) -> None:
            if time.monotonic() - started >= PATIENCE:
                share = min(1.0, done / total) if total > 0 else 0.0
                full = round(share * BAR)
                bar = f"[{'#' * full}{'.' * (BAR - full)}] {share:.0%}"
                self.show(f"{doing[:1].upper()}{doing[1:]}", bar, kind="bar")

        return progress

    @contextmanager
    def patiently(self, topic: str) -> Iterator[None]:
        """Say what takes long, once it does."""
        timer = threading.Timer(PATIENCE / 2, self.show, (topic,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self.clear()


@contextmanager
def files_at(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses at a path into a sentence."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        place = error.filename or path
        raise Failure(f"{place}: {(error.strerror or str(error)).lower()}; {_mend(error)}") from error


def _mend(error: OSError) -> str:
    match error:
        case PermissionError():
            return "choose a place you may write to, or ask for the permission"
        case FileNotFoundError():
            return "check the spelling"
        case FileExistsError() | NotADirectoryError() | IsADirectoryError():
            return "name a folder where a folder is meant and a file where a file is meant"
        case _other:
            return "free some space or choose another place"


def count(number: float, one: str, many: str) -> str:
    """Say how many there are: 1 person, 1,200 people."""
    return f"{number:,} {one if number == 1 else many}"
