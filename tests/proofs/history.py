"""``./run prove history``: tampers with histories at random, and sees that each time it shows."""

import argparse
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import django


def main() -> int:
    """Tamper, count, and give 1 where something did not show."""
    parser = argparse.ArgumentParser(prog="./run prove history", description="Every tampering with history shows.")
    parser.add_argument("--times", type=int, default=10_000, help="how often to tamper (%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="other tamperings (%(default)s)")
    given = parser.parse_args()
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - they are read when Django is set up
    from django.test.runner import DiscoverRunner  # noqa: PLC0415 - as above
    from django.utils import timezone  # noqa: PLC0415 - as above

    from tests.proofs.tampering import WAYS, lived, missed, shows  # noqa: PLC0415 - as above

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases(serialized_aliases=set())
    begun = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings.STATE = Path(folder)
            now = timezone.now() + timedelta(days=10)  # so that the histories are of some age
            offices = lived(now)
            whole = not shows(now)
            found = missed(given.times, seed=given.seed, now=now, offices=offices)
    finally:
        runner.teardown_databases(databases)
    for line, often in Counter(one.partition(" at ")[0] for one in found).items():
        print(f"  did not show: {line}, {often} times")
    kinds = len(set(WAYS))
    print(f"{given.times:,} tamperings of {kinds} kinds in {time.monotonic() - begun:.0f} s: {len(found)} did not show")
    print(f"untouched, the histories are {'whole' if whole else 'NOT whole'}")
    return 1 if found or not whole else 0


if __name__ == "__main__":
    raise SystemExit(main())
