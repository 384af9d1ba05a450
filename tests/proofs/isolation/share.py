"""One process' share of the proof."""

import argparse
import logging
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import django


def proved(given: argparse.Namespace, number: int) -> Counter[str]:
    """One process' share, the ``number``-th: how many of what."""
    with _empty_database(number):
        from django.db import connection, transaction  # noqa: PLC0415 - they need Django set up

        from tests.proofs.isolation.layers import without_code, without_sql  # noqa: PLC0415 - as above
        from tests.proofs.isolation.mutants import all_mutants  # noqa: PLC0415 - as above
        from tests.proofs.isolation.proving import NOTED, Proof, everything  # noqa: PLC0415 - as above
        from tests.proofs.isolation.world import made  # noqa: PLC0415 - as above

        begun = time.monotonic()
        mutants = all_mutants()
        mutants = mutants[:: max(1, len(mutants) // given.mutants)]
        with transaction.atomic():
            proof = Proof(made(), given.seed)
            everybody = [who for who in proof.world.everybody() if who not in NOTED]
            every = everything(proof.world, most=given.rows)
            noted = [one for one in every if one[0] in NOTED]  # each process has to know by what those go
            share = set(everybody[number :: given.processes])
            every = [one for one in every if one[0] in share][:: given.part]
            proof.walk(noted, {(str(one.file), one.function[1]) for one in mutants})
            if number:  # what all processes send counts once
                proof.sent, proof.found = 0, []
            proof.walk(every, ())
            every += noted if number == 0 else []
            _say(number, f"as it is: {proof.sent:,} requests, {len(proof.found)} leaks", begun)
            if connection.vendor == "postgresql":
                with without_code():
                    telling = proof.walk_sectors(every)
                _say(number, f"SQL alone: {len(every):,} requests, {telling:,} tell of something", begun)
                with without_sql():
                    proof.walk_code(every)
                _say(number, f"code alone: {len(every):,} requests", begun)
            counted = Counter[str]()
            for tried, mutant in enumerate(mutants[number :: given.processes], 1):
                with without_sql():  # whose policies would hold in its place
                    how = proof.judged(mutant)
                counted += Counter(("restrictions", *how))
                if "survived" in how:
                    print(f"  NOT CAUGHT {mutant}", flush=True)
                if tried % 50 == 0:
                    _say(number, f"{tried} restrictions taken away", begun)
            transaction.set_rollback(True)
        return counted + Counter({"requests": proof.sent, "leaks": len(proof.found)})


@contextmanager
def _empty_database(number: int) -> Iterator[None]:
    """Django set up with an empty database of this process' own, and a folder for what jobs pack."""
    with TemporaryDirectory() as files:
        os.environ["VESTED_STATE"] = files
        django.setup()
        from django.db import connection  # noqa: PLC0415 - they need Django set up
        from django.test.runner import DiscoverRunner  # noqa: PLC0415 - as above

        connection.settings_dict["TEST"]["NAME"] = f"proof_{number}" if connection.vendor == "postgresql" else None
        runner = DiscoverRunner(verbosity=0, interactive=False)
        runner.setup_test_environment()
        databases = runner.setup_databases(serialized_aliases=set())
        logging.disable()  # each refusal would be a line
        try:
            yield
        finally:
            runner.teardown_databases(databases)


def _say(number: int, what: str, begun: float) -> None:
    print(f"  process {number + 1}: {what}, {time.monotonic() - begun:.0f} s", flush=True)
