"""Capsules: a session, branches and all, as a text from which it is computed again."""

__all__: list[str] = []
