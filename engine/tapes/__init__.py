"""The tape of a run: every step in columns, thinned out where it grows long."""

__all__: list[str] = []
