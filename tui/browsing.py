"""Files and bundled samples to open: what there is for a path that is being typed."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.datasets import datasets
from engine.quoting import quoted_path

__all__ = ["Offer", "offers", "shown"]

SUFFIXES = (".csv", ".tsv", ".txt", ".tab", ".dat", ".parquet")
"""How the names of files with tables end; others are offered when their name is typed."""
MOST = 200


@dataclass(frozen=True)
class Offer:
    """Something that can be opened: its name as it would be typed, and what it is, in words."""

    name: str
    told: str
    folder: bool = False


def offers(typed: str) -> list[Offer]:
    """List folders, files with tables and bundled samples whose names go on as typed.

    What cannot be read is not offered.
    """
    return [*_sorted(_beside(typed)), *_bundled(typed)][:MOST]


def _sorted(found: Iterator[Offer]) -> list[Offer]:
    return sorted(found, key=lambda each: (each.folder, each.name.lower()))


def _bundled(typed: str) -> Iterator[Offer]:
    for each in datasets().values():
        if typed.lower() in each.name:
            yield Offer(each.name, f"bundled: {each.title}")


def _beside(typed: str) -> Iterator[Offer]:
    """Entries of the folder that is typed, or of the present one."""
    head, slash, stem = typed.rpartition("/")
    try:
        folder = Path(f"{head}{slash}").expanduser() if slash else Path()
        with os.scandir(folder) as entries:
            for entry in entries:
                if stem.lower() not in entry.name.lower() or (
                    entry.name.startswith(".") and not stem.startswith(".")
                ):
                    continue
                offer = _offer(entry, f"{head}{slash}", stem)
                if offer:
                    yield offer
    except (OSError, ValueError, RuntimeError):  # the last where a user has no home
        return


def _offer(entry: os.DirEntry[str], head: str, stem: str) -> Offer | None:
    """Say what an entry is, if it can be opened."""
    try:
        status = entry.stat()
    except OSError:
        return None
    if stat.S_ISDIR(status.st_mode):
        return Offer(f"{head}{entry.name}/", "folder", folder=True)
    ordinary = stat.S_ISREG(status.st_mode)
    if ordinary and (entry.name == stem or entry.name.lower().endswith(SUFFIXES)):
        return Offer(f"{head}{entry.name}", _size(status.st_size))
    return None


def _size(size: int) -> str:
    for unit, name in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} bytes"


def shown(name: str) -> str:
    """Show a name as it is, or in quotes where something in it would not show."""
    return name if name.isprintable() else quoted_path(name)
