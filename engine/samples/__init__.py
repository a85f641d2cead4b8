"""Samples: values with frequencies, and what they condense to."""

__all__: list[str] = []
