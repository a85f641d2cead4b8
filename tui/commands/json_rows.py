"""A run's JSON document whose rows are written as they come, so that any number of them fits.

It is the document of ``engine.reports.report`` to the letter, as ``json`` writes it indented by 1.
"""

import json
import shutil
from collections.abc import Mapping
from tempfile import SpooledTemporaryFile
from typing import Any, TextIO

__all__ = ["JsonRows"]

MOST = 1 << 23
"""Characters that wait in memory; more of them do in a nameless file."""
EMPTY = '"rows": []'
"""Where the rows belong. No text can hold it, for there its quotes would be escaped."""


class JsonRows:
    """Rows that wait for what stands before them, which is known at the end."""

    def __init__(self) -> None:
        self._waiting: SpooledTemporaryFile[str] | None = None

    def add(self, row: Mapping[str, Any]) -> None:
        """Write a row behind the others."""
        text = json.dumps(row, indent=1, allow_nan=False).replace("\n", "\n  ")
        between = "," if self._waiting else ""
        if self._waiting is None:
            self._waiting = SpooledTemporaryFile(MOST, "w+", encoding="utf-8")  # noqa: SIM115
        self._waiting.write(f"{between}\n  {text}")

    def close(self, document: Mapping[str, Any], out: TextIO) -> None:
        """Write a document that has no rows with these."""
        written = json.dumps(document, indent=1, allow_nan=False)
        if self._waiting is None:
            out.write(f"{written}\n")
            return
        head, tail = written.split(EMPTY)
        out.write(f"{head}{EMPTY[:-1]}")
        with self._waiting as rows:
            rows.seek(0)
            shutil.copyfileobj(rows, out)
        out.write(f"\n ]{tail}\n")
