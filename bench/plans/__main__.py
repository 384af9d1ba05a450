"""``./run bench plans``: the pages of the main job, as the Chief Digital Officer sees them, at the size of the demo.

A sector is made, its plan solved, adopted and proposed to everybody. Then every page is asked for: first with nobody
else there, then while the worker solves another scenario. There is no peer: no other product has these pages.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from bench.beside import ROOT, load_now, print_setting
from bench.pages._load import get, served

PREPARE = """
import django
django.setup()
from bench.plans._prepared import prepare
prepare({people}, {seed})
"""
GOAL = 300.0  # milliseconds, at the 95th percentile
FIRST = ("/", "/mine/", "/scenarios/", "/plans/", "/plans/follow/", "/enrolments/", "/team/", "/objections/")
TAKEN = ("report/", "json/")  # files of a plan, not pages


def main() -> int:
    """Measure and print; 1 where the worker had solved before all pages were asked for."""
    parser = argparse.ArgumentParser(prog="./run bench plans", description="The pages of the main job, measured.")
    parser.add_argument("--people", type=int, default=12_000, help="size of the sector (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the sector (%(default)s)")
    parser.add_argument("--times", type=int, default=20, help="each page is asked for (%(default)s)")
    given = parser.parse_args()
    print_setting("django", "granian", "highspy", more=f", {given.people} people")
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VESTED_STATE": folder, "VESTED_DEMO": "1", "DJANGO_SETTINGS_MODULE": "vested.config.settings"}
        made = PREPARE.format(people=given.people, seed=given.seed)
        subprocess.run([sys.executable, "-c", made], cwd=ROOT, check=True)
        with served("vested", 1) as port:
            cookie = get(port, "/demo/", "")[2]
            addresses = _addresses(port, cookie)
            alone = {one: _asked(port, one, cookie, given.times) for one in addresses}
            with _worker():
                _wait_until_solving(port, cookie)
                busy = {one: _asked(port, one, cookie, max(3, given.times // 4)) for one in addresses}
                solving = "<progress" in get(port, "/jobs/", cookie)[1]
    print(f"\n{'milliseconds':<44}{'alone p50':>12}{'p95':>9}{'beside a solve p50':>20}{'p95':>9}")
    for one in addresses:
        figures = (*_percentiles(alone[one]), *_percentiles(busy[one]))
        print(f"{one:<44}{figures[0]:>12.1f}{figures[1]:>9.1f}{figures[2]:>20.1f}{figures[3]:>9.1f}")
    worst = max(_percentiles(took)[1] for took in alone.values())
    every = [took for one in addresses for took in busy[one]]
    beside = _percentiles(every)[1]
    print(f"worst p95 alone {worst:.0f} ms, of all pages beside a solve {beside:.0f} ms; load {load_now():.2f}")
    print(f"ratio={worst / GOAL:.2f} of the {GOAL:.0f} ms that are the goal")
    return 0 if solving else 1


def _addresses(port: int, cookie: str) -> list[str]:
    """The pages: lists, the plan and its tabs, a person's and a unit's, a comparison, the scenario."""
    plan = re.search(r'href="(/plans/\d+/)"', get(port, "/plans/", cookie)[1])
    if plan is None:
        raise SystemExit("no plan is listed")
    page = get(port, plan.group(1), cookie)[1]
    tabs = sorted(set(re.findall(rf'href="({plan.group(1)}[a-z]+/)"', page)))
    people = get(port, f"{plan.group(1)}people/", cookie)[1]
    inside = [re.search(rf'href="({plan.group(1)}{part}/\d+/)"', people + page) for part in ("people", "units")]
    scenario = re.search(r'href="(/scenarios/\d+/)"', page)
    found = [*FIRST, plan.group(1), *(tab for tab in tabs if not tab.endswith(TAKEN))]
    return [*found, *(one.group(1) for one in (*inside, scenario) if one)]


def _asked(port: int, address: str, cookie: str, times: int) -> list[float]:
    """How many milliseconds a page took, once it is warm."""
    took = []
    for _time in range(times + 1):
        begun = time.perf_counter()
        status = get(port, address, cookie)[0]
        took.append(1000 * (time.perf_counter() - begun))
        if status != 200:
            raise SystemExit(f"{address} answers {status}")
    return took[1:]


@contextmanager
def _worker() -> Iterator[None]:
    """A worker beside the server, as the demo has one."""
    process = subprocess.Popen([sys.executable, "-m", "vested.config.cli", "worker"], cwd=ROOT)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_until_solving(port: int, cookie: str) -> None:
    for _attempt in range(120):
        if "<progress" in get(port, "/jobs/", cookie)[1]:
            return
        time.sleep(0.5)
    raise SystemExit("the worker does not solve")


def _percentiles(took: Sequence[float]) -> tuple[float, float]:
    return float(np.percentile(took, 50)), float(np.percentile(took, 95))


if __name__ == "__main__":
    sys.exit(main())
