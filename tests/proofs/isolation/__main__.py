"""``./run prove isolation``: nobody is told of what is not theirs, and removing any restriction shows.

``world`` makes two sectors full of canaries and every request there is to send; ``judging`` says what is wrong with an
answer, by what existed for each viewer before anything was changed; ``layers`` takes away the code's wall or the
database's; ``mutants`` takes away one restriction at a time. It runs on the database of the settings.
"""

import argparse
import logging
import os
import sys
import time
from collections import Counter
from tempfile import TemporaryDirectory

import django


def main() -> int:
    """Walk, take each wall away, take each restriction away."""
    parser = argparse.ArgumentParser(prog="./run prove isolation", description="Nobody is told of what is not theirs.")
    parser.add_argument("--rows", type=int, default=3, help="rows of a kind and sector in addresses (%(default)s)")
    parser.add_argument("--part", type=int, default=1, help="of all requests, send one in so many (%(default)s)")
    parser.add_argument("--mutants", type=int, default=10_000, help="restrictions to take away, at most (all)")
    parser.add_argument("--seed", type=int, default=0, help="other requests for each of them (%(default)s)")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vested.config.settings")
    files = TemporaryDirectory()  # what jobs pack
    os.environ["VESTED_STATE"] = files.name
    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415 - they need Django set up
    from django.test.runner import DiscoverRunner  # noqa: PLC0415 - as above

    from tests.proofs.isolation.layers import without_code, without_sql  # noqa: PLC0415 - as above
    from tests.proofs.isolation.mutants import all_mutants  # noqa: PLC0415 - as above
    from tests.proofs.isolation.proving import Proof, everything, is_equal  # noqa: PLC0415 - as above
    from tests.proofs.isolation.world import made  # noqa: PLC0415 - as above

    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases(serialized_aliases=set())
    logging.disable()  # each refusal would be a line
    begun = time.monotonic()
    mutants = all_mutants()
    mutants = mutants[:: max(1, len(mutants) // given.mutants)]
    by: Counter[str] = Counter()
    survived, equal, twice = [], 0, 0
    try:
        with transaction.atomic():
            proof = Proof(made(), given.seed)
            every = everything(proof.world, most=given.rows)[:: given.part]
            proof.walk(every, {(str(one.file), one.function[1]) for one in mutants})
            print(f"as it is: {proof.sent:,} requests, {len(proof.found)} leaks, {_since(begun)}", flush=True)
            if connection.vendor == "postgresql":
                with without_code():
                    telling = proof.walk_sectors(every)
                print(f"SQL alone: {len(every):,} requests, {telling:,} tell of something, {_since(begun)}", flush=True)
                with without_sql():
                    proof.walk_code(every)
                print(f"code alone: {len(every):,} requests, {_since(begun)}", flush=True)
            for number, mutant in enumerate(mutants, 1):
                with without_sql():  # whose policies would hold in its place
                    how = proof.caught(mutant)
                if not how and is_equal(proof.world, mutant):
                    equal += 1
                elif how:
                    by[how] += 1
                elif proof.is_held_twice(mutant):
                    twice += 1
                else:
                    survived.append(mutant)
                    print(f"  NOT CAUGHT {mutant}", flush=True)
                if number % 50 == 0:
                    print(f"  {number} restrictions taken away, {_since(begun)}", flush=True)
            transaction.set_rollback(True)
    finally:
        runner.teardown_databases(databases)
        files.cleanup()
    how = ", ".join(f"{number} {word}" for word, number in by.most_common())
    print(f"{connection.vendor}: {proof.sent:,} requests, {len(proof.found)} leaks, {_since(begun)}")
    print(f"{len(mutants)} restrictions taken away: {sum(by.values())} caught ({how}), {equal} hide nothing, ", end="")
    print(f"{twice} where another refused in their place, {len(survived)} not caught")
    return 1 if proof.found or survived else 0


def _since(begun: float) -> str:
    return f"{time.monotonic() - begun:.0f} s"


if __name__ == "__main__":
    sys.exit(main())
