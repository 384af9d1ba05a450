"""Questions put to every room at once."""
