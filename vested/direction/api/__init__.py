"""Direction's part of the API."""

from ninja import Router

from vested.direction.api import aims, deciding, promises, windows

router = Router()
router.add_router("", aims.router, tags=["Direction"])
router.add_router("", promises.router, tags=["Direction"])
router.add_router("", deciding.router, tags=["Direction"])
router.add_router("", windows.router, tags=["Direction"])
