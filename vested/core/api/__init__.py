"""Core's part of the API, and what every room's part is made of.

An operation is one read or one action, as a page is: the same rows that exist for the viewer, the same filters, forms
and actions. ``lists`` pages and sorts, ``versions`` speaks ETag and If-Match, ``callers`` says who asks.
"""

from ninja import Router

from vested.core.api import hats, notes, people, searching, units, work

router = Router()
router.add_router("", units.router, tags=["Units"])
router.add_router("", people.router, tags=["People"])
router.add_router("", hats.router, tags=["Hats"])
router.add_router("", searching.router, tags=["Search"])
router.add_router("", work.router, tags=["Jobs"])
router.add_router("", notes.router, tags=["History and notifications"])
