"""Questions that the academy asks."""
