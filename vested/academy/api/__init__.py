"""The academy's part of the API."""

from ninja import Router

from vested.academy.api import catalogue, enrolments, objections, sessions

router = Router()
for part in (catalogue, sessions, enrolments, objections):
    router.add_router("", part.router)
