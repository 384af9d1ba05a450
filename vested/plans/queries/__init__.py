"""Questions that the room's pages and jobs ask."""
