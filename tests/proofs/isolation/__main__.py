"""``./run prove isolation``: nobody is told of what is not theirs, and removing any restriction shows.

``world`` makes two sectors full of canaries, ``asking`` every request there is to send; ``judging`` says what is wrong
with an answer, by what existed for each viewer before anything was changed; ``layers`` takes away the code's wall or
the database's; ``mutants`` takes away one restriction at a time. It runs on the database of the settings, in several
processes that each make a world of their own and take a share: of those who ask, and of the restrictions.
"""

import argparse
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.proofs.isolation.share import proved


def main() -> int:
    """Walk, take each wall away, take each restriction away; say what came of it."""
    parser = argparse.ArgumentParser(prog="./run prove isolation", description="Nobody is told of what is not theirs.")
    parser.add_argument("--rows", type=int, default=3, help="rows of a kind and sector in addresses (%(default)s)")
    parser.add_argument(
        "--part", type=int, default=1, help="of most who ask, send one request in so many (%(default)s)"
    )
    parser.add_argument("--mutants", type=int, default=10_000, help="restrictions to take away, at most (all)")
    parser.add_argument("--seed", type=int, default=0, help="other requests for each of them (%(default)s)")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="to share the work (%(default)s)")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vested.config.settings")
    begun, counted = time.monotonic(), Counter[str]()
    with ProcessPoolExecutor(given.processes, mp_context=get_context("spawn")) as pool:
        for share in pool.map(proved, [given] * given.processes, range(given.processes)):
            counted += share
    how = ", ".join(f"{counted[word]} {word}" for word in ("shown", "house", "declared"))
    print(f"{os.environ.get('VESTED_DATABASE', '').partition(':')[0] or 'sqlite'}: ", end="")
    print(f"{counted['requests']:,} requests, {counted['leaks']} leaks, {time.monotonic() - begun:.0f} s")
    print(f"{counted['restrictions']} restrictions taken away: {counted['caught']} caught ({how}), ", end="")
    print(f"{counted['equal']} hide nothing, {counted['twice']} where another refused in their place, ", end="")
    print(f"{counted['survived']} not caught")
    return 1 if counted["leaks"] or counted["survived"] else 0


if __name__ == "__main__":
    sys.exit(main())
