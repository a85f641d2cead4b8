"""The character of ASCII that looks most like the dots of a braille cell."""

__all__ = ["drawn"]

LEFT, RIGHT = (0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80)
"""Bits of the dots of each column, from the top (Unicode, Braille Patterns)."""
LEVEL = "'--_"
"""What lies at each height of a cell."""
FULL = 6
TALL = 3


def drawn(dots: int) -> str:
    """Return a blank, a line that runs as the dots do, or what fills the cell; dots are 8 bits."""
    left = [row for row, bit in enumerate(LEFT) if dots & bit]
    right = [row for row, bit in enumerate(RIGHT) if dots & bit]
    rows = left + right
    if not rows or len(rows) >= FULL:
        return "#" if rows else " "
    if not (left and right):
        return _column(rows)
    rise = sum(left) / len(left) - sum(right) / len(right)
    if abs(rise) >= 1:
        return "/" if rise > 0 else "\\"
    return "|" if max(rows) - min(rows) >= TALL else _level(rows)


def _column(rows: list[int]) -> str:
    """Dots of one column alone."""
    if len(rows) == 1:
        return "'" if rows[0] < len(LEFT) // 2 else "."
    return "|" if max(rows) - min(rows) >= TALL - 1 else _level(rows)


def _level(rows: list[int]) -> str:
    return LEVEL[round(sum(rows) / len(rows))]
