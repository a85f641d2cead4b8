"""Text from outside made safe to show: no control sequence survives, and nothing runs long."""

__all__ = ["LONGEST", "harmless", "quoted", "quoted_path", "shown"]

LONGEST = 60
"""Most characters that are shown of a text."""
HEAD = 20
"""Characters of a long path that are shown before its end, which tells files apart."""


def harmless(text: object) -> str:
    """Escape everything that is not printable: control sequences, line ends, hidden characters."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(text))


def quoted(text: object) -> str:
    """Show a name or a cell: in quotes, with everything that is not printable escaped."""
    escaped = harmless(str(text)[: LONGEST + 1])
    return f"'{escaped[: LONGEST - 3]}...'" if len(escaped) > LONGEST else f"'{escaped}'"


def quoted_path(path: object) -> str:
    """Show a path as ``quoted`` does, with its end where it is long, and what it begins with."""
    text = str(path)
    escaped = harmless(text if len(text) <= LONGEST else text[:LONGEST] + text[-LONGEST:])
    if len(escaped) <= LONGEST:
        return f"'{escaped}'"
    return f"'{escaped[:HEAD]}...{escaped[HEAD + 3 - LONGEST :]}'"


def shown(value: object) -> str:
    """Show a value of any type: numbers as they are, the rest in quotes."""
    if isinstance(value, int) and value.bit_length() > 1024:
        return "a number beyond all doubles"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.15g}"
    if isinstance(value, bool | int | float):
        return str(value) if len(str(value)) <= LONGEST else f"{value:.6g}"
    return quoted(value)
