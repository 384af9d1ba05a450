"""The portfolio's part of the API."""

from ninja import Router

from vested.portfolio.api import delivering, following, gates, initiatives, needs, planning, supply, systems

router = Router()
router.add_router("", initiatives.router, tags=["Portfolio"])
router.add_router("", gates.router, tags=["Portfolio"])
router.add_router("", following.router, tags=["Portfolio"])
router.add_router("", delivering.router, tags=["Portfolio"])
router.add_router("", planning.router, tags=["Portfolio"])
router.add_router("", needs.router, tags=["Portfolio"])
router.add_router("", systems.router, tags=["Portfolio"])
router.add_router("", supply.router, tags=["Portfolio"])
