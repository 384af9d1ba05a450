"""``./run migrate``: bring the database up to date."""

import argparse

from django.core.management import call_command
from django.db import DatabaseError

from vested.config.cli._django import start, waiting
from vested.config.cli._terminal import Failure, count


def run(options: argparse.Namespace) -> int:
    """Say which migrations wait, and unless only asked to, run them."""
    start()
    names = waiting()
    for name in names:
        print(name)
    if options.list:
        return 0
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise Failure(f"the database refused: {' '.join(str(error).split())}") from error
    print(f"{count(len(names), 'migration', 'migrations')} done." if names else "The database is up to date.")
    return 0
