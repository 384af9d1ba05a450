"""Direction's part of the API."""

from ninja import Router

from vested.direction.api import aims

router = Router()
router.add_router("", aims.router, tags=["Direction"])
