"""What the server calls."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vested.config.settings")
application = get_wsgi_application()

if settings.DEMO:
    import_module("vested.config.demo_plans")  # its job may be started once more in the browser
