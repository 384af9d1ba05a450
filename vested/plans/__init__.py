"""The main job: from a sector's tables to a certified transformation plan, its reasons, its files and its report."""
