"""Cuts of the gap explorer beside general table engines, on the same made-up people."""
