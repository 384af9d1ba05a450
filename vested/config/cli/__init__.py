"""The command line: what ``./run`` calls for everything an office does with files.

Results go to standard output, progress and errors to standard error. Exit codes: 0 fine, 1 the files have problems or
cannot be planned or written, 2 wrong usage or unsafe settings, 130 interrupted with nothing written, 141 nobody reads
the output.
"""

import importlib
import io
import os
import sys
from collections.abc import Sequence

from vested.config.cli._arguments import parser
from vested.config.cli._terminal import Failure

__all__ = ["main"]

INTERRUPTED = 130  # 128 + SIGINT, as shells count
UNREAD = 141  # 128 + SIGPIPE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; ``arguments`` are the process's own where None is given."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # where the terminal has no "…" it shows "?", and nothing breaks
    options = parser().parse_args(arguments)
    # Two BLAS threads wait for one another longer than the engine's small vectors take: the dual's steps on
    # examples/harbour took 5.0 s with two and 0.02 s with one. It must be said before numpy is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        # Only the command asked for is imported, so that --help and mistakes are answered at once.
        command = importlib.import_module(f"vested.config.cli.{options.module}")
        code = int(command.run(options))
        sys.stdout.flush()
    except Failure as failure:
        print(f"./run {options.command}: {failure}", file=sys.stderr)
        return failure.code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that closing it at exit does not fail again
        return UNREAD
    except KeyboardInterrupt:
        print("\nInterrupted; nothing was written.", file=sys.stderr)
        return INTERRUPTED
    return code
