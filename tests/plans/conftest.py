"""Sentences and reports come through Django's translation."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vested.config.settings")
django.setup()
