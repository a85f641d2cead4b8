"""Small public samples by name, each a CSV file, with what they are and where they are from."""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from engine import toml

__all__ = ["Dataset", "datasets"]


@dataclass(frozen=True)
class Dataset:
    """A sample that comes with the program, and which of its columns is what."""

    name: str
    title: str
    source: str
    column: str
    weights: str = ""
    event: str = ""

    @property
    def path(self) -> str:
        """Where its file lies."""
        return str(resources.files(__name__).joinpath(f"{self.name}.csv"))


@lru_cache(maxsize=1)
def datasets() -> dict[str, Dataset]:
    """Return every sample that comes with the program, by name."""
    index = toml.loads(resources.files(__name__).joinpath("index.toml").read_text("utf-8"))
    return {name: Dataset(name, **entry) for name, entry in index.items()}
