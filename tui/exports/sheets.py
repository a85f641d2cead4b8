"""A sheet as CSV (RFC 4180): numbers in full, and no text that a spreadsheet would compute."""

import csv
import io
import math

from engine.quoting import harmless
from tui.exports.findings import Sheet, Value

__all__ = ["csv_text"]

FORMULA = tuple("=+-@\t\r＝＋－＠")
"""What a cell begins with that a spreadsheet takes for a formula (OWASP, CSV injection)."""


def csv_text(sheet: Sheet) -> str:
    """Write a header and the rows; what does not exist is an empty cell."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([_cell(name) for name in sheet.header])
    writer.writerows([_cell(value) for value in row] for row in sheet.rows)
    return file.getvalue()


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        formula = value.lstrip(" ").startswith(FORMULA)
        return ("'" if formula else "") + harmless(value)
    return "" if value is None or math.isnan(value) else repr(value)
