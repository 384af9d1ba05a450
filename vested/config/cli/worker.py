"""``./run worker``: does the jobs people start, until it is stopped."""

import argparse

from django.conf import settings

from vested.config.cli._django import refuse_what_passes_by_policies, start


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes them
    """Work until SIGTERM or Ctrl-C; a job that runs then is begun anew by the next worker."""
    start()
    if settings.SERVING:
        refuse_what_passes_by_policies()
    if settings.DEMO:
        from vested.config import demo_plans  # noqa: F401, PLC0415 - it declares a job of its own
    from vested.core.jobs.worker import Worker  # noqa: PLC0415 - it needs Django set up

    Worker().work()
    return 0
