"""The gap explorer: what is counted, and what of it a viewer may see."""
