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
    if not rows:
        return " "
    if len(rows) >= FULL:
        return "#"
    if len(rows) == 1:
        return "'" if rows[0] < len(LEFT) // 2 else "."
    middle = sum(rows) / len(rows)
    if not (left and right):
        if max(rows) - min(rows) >= TALL - 1:
            return "|"
        return LEVEL[round(middle)]
    rise = sum(left) / len(left) - sum(right) / len(right)
    if abs(rise) < 1:
        # as tall on both sides as it is wide
        return "|" if max(rows) - min(rows) >= TALL else LEVEL[round(middle)]
    return "/" if rise > 0 else "\\"
