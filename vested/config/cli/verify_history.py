"""``./run verify-history``: whether anybody has changed what happened."""

import argparse

from django.utils import timezone

from vested.config.cli._django import start
from vested.config.cli._terminal import Failure, count, files_at


def run(options: argparse.Namespace) -> int:
    """Say of each sector whether its history is whole, and keep an anchor; 1 where something is wrong."""
    start()
    from vested.core import anchors  # noqa: PLC0415 - it needs Django set up

    if options.anchors and not options.anchors.is_file():
        raise Failure(f"{options.anchors}: there is no such file; check the spelling")
    wrong, now = 0, timezone.now()
    for one in anchors.verify(now, file=options.anchors):
        wrong += len(one.faults)
        lines = (
            f"{one.sector}: {count(one.lines, 'line', 'lines')}"
            if one.sector
            else count(one.lines, "anchor", "anchors")
        )
        print(f"{lines}, {count(len(one.faults), 'fault', 'faults') if one.faults else 'whole'}")
        for fault in one.faults:
            print(f"  {fault}")
    if not options.anchors:
        with files_at(anchors.place()):
            anchors.keep(now)
    return 1 if wrong else 0
