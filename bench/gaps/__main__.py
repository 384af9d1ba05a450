"""``./run bench gaps``: cuts of the gap explorer, and the same questions asked of table engines.

Rounds alternate, all in one process, and every answer is compared: people below exactly, levels short to rounding.
Peers are given the levels short ready, one row for each skill somebody is asked for, in memory and with all cores; ours
works out once who is short, on one core. Bringing the data in so far is not counted, neither for ours nor for theirs.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from statistics import median

import django
import numpy as np

from bench.beside import print_setting


def main() -> int:
    """Run, print and compare; 1 where the answers do not agree."""
    parser = argparse.ArgumentParser(prog="./run bench gaps", description="Cuts of gaps beside table engines.")
    parser.add_argument("--people", default="12000,100000", help="sizes of the sector (%(default)s)")
    parser.add_argument("--skills", type=int, default=50, help="how many (%(default)s)")
    parser.add_argument("--runs", type=int, default=7, help="rounds (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the people (%(default)s)")
    given = parser.parse_args()
    if given.runs < 1:
        parser.error("--runs has to be at least 1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vested.config.settings")
    django.setup()  # the picture stands beside models; none is asked here
    from bench.gaps._peers import PEERS, version  # noqa: PLC0415 - they need Django set up

    there = [name for name in PEERS if version(name)]
    print_setting("numpy", *there, more=f", {given.runs} rounds")
    for name in PEERS:
        if name not in there:
            print(f"{name} is absent: peers.lock does not have it, so nothing is said about it")
    if not there:
        print("No peer is there.")
        return 2
    sizes = [int(size) for size in given.people.split(",")]
    ratios, agree = [], True
    for people in sizes:
        found = _measured(people, given.skills, seed=given.seed, runs=given.runs, peers=there)
        ratios.append(found[0])
        agree &= found[1]
    print(f"ratio={min(ratios):.1f} agree={'yes' if agree else 'no'}")
    return 0 if agree else 1


def _measured(people: int, skills: int, *, seed: int, runs: int, peers: list[str]) -> tuple[float, bool]:
    """How many times our seconds the quickest peer took for a cut of the usual sort, and whether all answers agree."""
    from bench.gaps._peers import PEERS, Answer  # noqa: PLC0415 - as above
    from bench.gaps._people import CUTS, Cut, column, groups_of, long_table, sector_of  # noqa: PLC0415 - as above
    from vested.skills.queries.gaps.computed import count  # noqa: PLC0415 - as above

    sector = sector_of(people, skills, seed=seed)
    table = long_table(sector)
    print(f"\n{people} people, {skills} skills, {len(table['skill'])} rows of a person and a skill asked for")

    def ours(cut: Cut) -> Answer:
        group = column(sector, cut.by)
        if cut.of:
            group = np.where(column(sector, cut.of) == cut.number, group, -1)
        counted = count(sector.picture, group, groups_of(cut.by))
        at, skill = np.indices(counted.below.shape)
        return at.ravel(), skill.ravel(), counted.below.ravel(), counted.short.ravel()

    sides: dict[str, Callable[[Cut], Answer]] = {"vested": ours, **{name: PEERS[name](table) for name in peers}}
    wrong = [f"{name} on {cut}" for cut in CUTS for name in peers if not _same(ours(cut), sides[name](cut))]
    for line in wrong:
        print(f"   NOT THE SAME: {line}")
    times: dict[tuple[str, Cut], list[float]] = {(name, cut): [] for name in sides for cut in CUTS}
    for _number in range(runs):
        for name, ask in sides.items():
            for cut in CUTS:
                begun = time.perf_counter()
                ask(cut)
                times[name, cut].append(1000 * (time.perf_counter() - begun))
    names = [f"{cut.by}{f' of a {cut.of}' if cut.of else ''}" for cut in CUTS]
    print(f"   milliseconds a cut, medians{'':12}" + "".join(f"{name:>18}" for name in names))
    for name in sides:
        print(f"   {name:<38} " + "".join(f"{median(times[name, cut]):>18.2f}" for cut in CUTS))
    every = {name: sum(median(times[name, cut]) for cut in CUTS) for name in sides}
    ratio = min(every[name] for name in peers) / every["vested"]
    print("   all cuts " + ", ".join(f"{name} {total:.1f} ms" for name, total in every.items()))
    return ratio, not wrong


def _same(ours: tuple[np.ndarray, ...], theirs: tuple[np.ndarray, ...]) -> bool:
    """Whether both say the same of every group and skill; what a peer leaves out is nobody."""
    group, skill, below, short = ours
    table = {(int(g), int(s)): (int(b), float(d)) for g, s, b, d in zip(group, skill, below, short, strict=True)}
    for g, s, b, d in zip(*theirs, strict=True):
        known_below, known_short = table.pop((int(g), int(s)))
        if known_below != b or not np.isclose(known_short, d, rtol=1e-6):
            return False
    return all(one == (0, 0.0) for one in table.values())


if __name__ == "__main__":
    sys.exit(main())
