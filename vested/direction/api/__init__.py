"""Direction's part of the API."""

from ninja import Router

from vested.direction.api import deciding, objectives, promises, steering, vision, windows

router = Router()
for part in (vision, objectives, promises, deciding, windows, steering):
    router.add_router("", part.router, tags=["Direction"])
