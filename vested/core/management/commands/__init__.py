"""One a file, by its name."""
