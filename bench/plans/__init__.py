"""The pages of the main job, measured; see ``__main__``."""
