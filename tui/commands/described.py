"""What a file that is named on the command line says of an experiment."""

from typing import Any

from engine import toml
from engine.files import UnreadableData, read_text
from engine.quoting import quoted_path

__all__ = ["described"]


def described(file: str) -> dict[str, Any]:
    """Return the fields that a file describes: an experiment's own, or data to learn from."""
    if not file:
        raise UnreadableData("The name of the file is empty.")
    if not file.endswith(".toml"):
        return {"data": file}
    try:
        return toml.loads(read_text(file))
    except UnreadableData:
        raise
    except ValueError as fault:
        raise UnreadableData(f"{quoted_path(file)} is not TOML: {fault}.") from None
