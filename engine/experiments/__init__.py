"""Experiments: everything that determines a run, as one frozen value."""

__all__: list[str] = []
