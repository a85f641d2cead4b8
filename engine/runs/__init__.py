"""Runs: the one loop that climbs a log-likelihood, and what is made of it: branches, races."""

__all__: list[str] = []
