"""Roadmaps beside peers."""
