"""Pages of the room that reads every other."""
