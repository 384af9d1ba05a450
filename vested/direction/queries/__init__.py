"""Questions that the pages of direction ask."""
