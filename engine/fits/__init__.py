"""The fit: the converged maximum of a likelihood, and what is said of it."""

__all__: list[str] = []
