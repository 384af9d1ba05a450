"""Vested: the workspace of a public-sector digital office."""
