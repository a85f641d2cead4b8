"""Tables in a user's files: read at speed, and made into samples."""

__all__: list[str] = []
