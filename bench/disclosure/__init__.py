"""Hiding beside a peer."""
