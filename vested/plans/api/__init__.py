"""The planner's part of the API."""

from ninja import Router

from vested.plans.api import comparing, plans, roadmap, scenarios

router = Router()
router.add_router("", scenarios.router, tags=["Plans"])
router.add_router("", comparing.router, tags=["Plans"])
router.add_router("", plans.router, tags=["Plans"])
router.add_router("", roadmap.router, tags=["Plans"])
