"""``./run bench pages``: the pages of the demo under load as its Chief Digital Officer sees them, beside plain Django.

Both sides are served one after the other, each by a process as the demo's, over the same database. Readers come at a
steady rate whether or not those before them were answered, and a page is timed from when it was due; before that each
page is asked for alone. The plain side has only lists and pages of one thing (see ``plain``): the two are compared over
those, each page alone, since under load a page also waits for the others.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from statistics import median

import numpy as np

from bench.beside import ROOT, load_now, print_setting
from bench.pages._load import Read, get, load, served

ALONE = 9  # times each page is asked for with nobody else there
LISTS = ("units", "people", "skills", "roles", "courses", "sessions")
ONES = ("units", "people", "roles", "courses")
OURS = ("/", "/skills/gaps/", "/skills/gaps/?by=role", "/skills/gaps/needs/", "/search/?q=data", "/me/")
MAKE = """
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from vested.config.demo import make_demo
call_command("migrate", verbosity=0)
make_demo(people={people}, seed={seed}, at=timezone.now())
"""


def main() -> int:
    """Run, print and compare; 1 where a page was not answered, or the two do not tell of the same rows."""
    parser = argparse.ArgumentParser(prog="./run bench pages", description="Pages under load beside plain Django.")
    parser.add_argument("--people", type=int, default=12_000, help="size of the demo's sector (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the sector (%(default)s)")
    parser.add_argument("--rate", type=float, default=50.0, help="pages asked for a second (%(default)s)")
    parser.add_argument("--seconds", type=float, default=30.0, help="for how long (%(default)s)")
    parser.add_argument("--workers", type=int, default=1, help="processes of the server (%(default)s)")
    given = parser.parse_args()
    print_setting("django", "granian")
    print(f"{given.people} people, {given.rate:g} pages a second for {given.seconds:g} s, {given.workers} process(es)")
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VESTED_STATE": folder, "VESTED_DEMO": "1", "DJANGO_SETTINGS_MODULE": "vested.config.settings"}
        make = MAKE.format(people=given.people, seed=given.seed)
        subprocess.run([sys.executable, "-c", make], cwd=ROOT, check=True)
        with served("vested", given.workers) as port:
            cookie = get(port, "/demo/", "")[2]
            both = [f"/{name}/" for name in LISTS]
            both += [_first(get(port, f"/{name}/", cookie)[1], name) for name in ONES]
            pages = {address: get(port, address, cookie)[1] for address in both}
            alone = {"vested": _alone(port, [*OURS, *both], cookie)}
            ours = load(port, [*OURS, *both], cookie=cookie, rate=given.rate, seconds=given.seconds)
        with served("plain", given.workers) as port:
            wrong = [name for name in LISTS if not _tells(pages[f"/{name}/"], get(port, f"/{name}/", "")[1])]
            alone["plain"] = _alone(port, both, "")
            plain = load(port, both, cookie="", rate=given.rate, seconds=given.seconds)
    answered = all(read.status in {200, 302} for read in (*ours, *plain))
    _print_pages(alone, ours, plain)
    ratio = median(alone["plain"][address] / alone["vested"][address] for address in both)
    print(f"Of the pages both have, each alone, plain Django takes {ratio:.2f} of our time; load {load_now():.2f}")
    for name in wrong:
        print(f"   NOT THE SAME NUMBER of {name}")
    print(f"ratio={ratio:.2f} agree={'no' if wrong or not answered else 'yes'}")
    return 1 if wrong or not answered else 0


def _alone(port: int, addresses: Sequence[str], cookie: str) -> dict[str, float]:
    """How many milliseconds each page takes with nobody else there: the median, once all is warm."""
    return {address: median(_took(port, address, cookie) for _time in range(ALONE)) for address in addresses}


def _took(port: int, address: str, cookie: str) -> float:
    begun = time.perf_counter()
    get(port, address, cookie)
    return 1000 * (time.perf_counter() - begun)


def _first(page: str, name: str) -> str:
    """The address of the first thing in a list."""
    found = re.search(rf'<th scope="row"><a href="(/{name}/\d+/)"', page)
    if found is None:
        raise SystemExit(f"the list of {name} leads nowhere")
    return found.group(1)


def _tells(ours: str, plain: str) -> bool:
    """Whether our list says how many there are as the plain one does."""
    known, told = re.search(r"<h1>\w+: ([\d,]+)</h1>", plain), re.search(r"<b>([\d,]+) ", ours)
    return known is not None and told is not None and known.group(1) == told.group(1)


def _print_pages(alone: dict[str, dict[str, float]], ours: list[Read], plain: list[Read]) -> None:
    print(f"\n{'milliseconds':<24}{'ours alone':>12}{'p50':>9}{'p95':>9}{'plain alone':>14}{'p50':>9}{'p95':>9}")
    for address in alone["vested"]:
        line = f"{address:<24}"
        for side, reads, width in (("vested", ours, 12), ("plain", plain, 14)):
            some = [read for read in reads if read.address == address]
            if some:
                line += f"{alone[side][address]:>{width}.1f}{_percentile(some, 50):>9.1f}{_percentile(some, 95):>9.1f}"
        print(line)
    for name, reads in (("ours", ours), ("plain", plain)):
        late = sum(read.status not in {200, 302} for read in reads)
        print(
            f"all pages, {name}: p50 {_percentile(reads, 50):.1f}, p95 {_percentile(reads, 95):.1f}, "
            f"{len(reads)} asked for, {late} not answered"
        )


def _percentile(reads: Sequence[Read], percent: float) -> float:
    return float(np.percentile([read.took for read in reads], percent))


if __name__ == "__main__":
    sys.exit(main())
