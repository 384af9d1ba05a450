"""Benchmarks beside peers, each run by ``./run bench NAME``; never part of the tests."""
