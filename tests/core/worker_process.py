"""A process that makes an office on a database of its own, starts jobs there, and works until it is stopped.

``VESTED_STATE`` names the folder. No bell rings for the jobs, and the second never ends by itself.
"""

import os

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "vested.config.settings"
    django.setup()

    from django.core.management import call_command
    from django_tasks_db.models import DBTaskResult

    from tests.core.jobs_done import started
    from tests.core.offices import make_office
    from vested.config.cli import main

    call_command("migrate", verbosity=0)
    office = make_office("ours")
    started(office, "test.write")
    started(office, "test.endless")
    DBTaskResult.objects.all().delete()
    main(["worker"])
