"""What is raised where something given cannot be used, whatever it is."""

__all__ = ["Refusal"]


class Refusal(ValueError):  # noqa: N818 - it names the thing, not a class of error
    """Something that was given cannot be used: a sentence a line for each fault in it."""
