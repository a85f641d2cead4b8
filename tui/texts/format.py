"""Numbers to text: one place."""

import math
import re
import sys
from collections.abc import Sequence

__all__ = [
    "MISSING",
    "brief",
    "brief_duration",
    "count",
    "criterion",
    "duration",
    "error",
    "likelihood",
    "number",
    "parameter",
    "percent",
    "power",
    "sized",
    "span",
    "spark",
    "tick",
    "within",
]

MISSING = "—"
DIGITS = 17
"""A double has no more."""
LARGEST = 1e15
"""From here on a tick is written in powers of ten."""
MANY = 1e6
"""Steps from 0 from which on a tick is written in full: no unit makes it brief."""
BARS = "▁▂▃▄▅▆▇█"


def parameter(value: float | None, digits: int = 6, error: float | None = None) -> str:
    """Write a parameter with fixed decimals, or in powers of ten where those would not show it.

    A large or small one has more digits where its standard error, if known, leaves it more.
    """
    text = _fixed(value, digits, small=10.0 ** (2 - digits), large=1e7)
    known = _digits(value, error) if "e" in text else 0
    return f"{value:#.{known}g}".rstrip(".") if known > digits - 1 else text


def sized(value: float, digits: int, unit: float | None) -> str:
    """Write a number in so many digits, or in those it takes to tell it from one a unit away."""
    return f"{value:.{max(digits, _digits(value, unit))}g}"


def _digits(value: float | None, unit: float | None) -> int:
    """Digits of a number up to the second of a unit, none where either is not known."""
    if not value or not unit or not (math.isfinite(value) and math.isfinite(unit)):
        return 0
    known = math.floor(math.log10(abs(value))) - math.floor(math.log10(unit)) + 2
    return min(known, DIGITS)


def criterion(value: float | None, digits: int = 6) -> str:
    """Write a log-likelihood or an information criterion; what counts are its differences."""
    return _fixed(value, digits, small=0.0, large=1e13)


def span(low: float | None, high: float | None) -> str:
    """Write an interval, of which an end may be open, with the digits that tell the ends apart."""
    width = None if low is None or high is None else (high - low) / 4
    return f"{parameter(low, error=width)} … {parameter(high, error=width)}"


def within(width: int, value: float | None, text: str) -> str:
    """Give up digits of a number's text until it is no wider; cut off it would be another one."""
    if value is None or len(text) <= width:
        return text
    shorter = (f"{value:.{digits}g}" for digits in range(width, 0, -1))
    return next((each for each in shorter if len(each) <= width), f"{value:.1g}")


def percent(share: float) -> str:
    """Write a share in percent, with as many digits as it has."""
    return f"{100 * share:.15g} %"


def error(value: float | None) -> str:
    """Write an error with the article's eight decimals."""
    return _fixed(value, 8, small=1e-5, large=1e7)


def likelihood(value: float | None, n: float = 1) -> str:
    """Write a log-likelihood: two decimals for a sum, six per observation where n is given."""
    if value is None:
        return MISSING
    return _fixed(value / n, 6 if n > 1 else 2, small=0.0, large=1e13)


def _fixed(value: float | None, digits: int, small: float, large: float) -> str:
    if value is None or not math.isfinite(value):
        return MISSING
    if value == 0 or small <= abs(value) < large:
        return f"{value:.{digits}f}"
    return f"{value:.{max(digits - 2, 3)}e}"


def count(number: float) -> str:
    """Write a whole number with commas between thousands."""
    return f"{number:,.0f}"


def brief(number: float) -> str:
    """Write a whole number in at most six characters, from a hundred thousand on rounded."""
    for unit, suffix in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= max(unit, 99_999.5):
            return f"{number / unit:.4g}{suffix}"
    return count(number)


def brief_duration(seconds: float) -> str:
    """Write a time in at most six characters."""
    if seconds < 0.01:
        return f"{seconds * 1e3:.1f} ms"
    if seconds < 0.9995:
        return f"{seconds * 1e3:.0f} ms"
    if seconds < 99.95:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5970 else f"{seconds / 3600:.0f} h"


def power(exponent: float) -> str:
    """Write a power of ten as briefly as it can be read."""
    if not -3 <= exponent < 12:
        return f"1e{exponent:.0f}"
    return tick(10.0**exponent, 10.0**exponent)


def duration(seconds: float) -> str:
    """Write a time in the unit that suits it."""
    if seconds < 1:
        return f"{seconds * 1e3:.1f} ms"
    if seconds < 100:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return (
        f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min {rest} s"
    )


def number(value: float, width: int = 7) -> str:
    """Write a number of a user's in a few characters, with as many digits as fit."""
    for digits in range(width - 1, 0, -1):
        text = re.sub(r"e([+-])0*", lambda sign: "e" + sign[1].strip("+"), f"{value:.{digits}g}")
        if len(text) <= width:
            return text
    return text


def tick(value: float, step: float) -> str:
    """Label a place on an axis as briefly as its distance to the next tick allows."""
    if step <= 0 or not math.isfinite(value):
        return f"{value:.4g}"
    for unit, suffix in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if unit <= abs(value) < min(LARGEST, MANY * step) and step >= unit / 100:
            return f"{round(value / step) * step / unit:.12g}{suffix}"
    last = math.floor(math.log10(step) + 1e-9)
    decimals = max(0, -last)
    if decimals <= 6 and abs(value) < min(LARGEST, step * LARGEST):
        return f"{value:.{decimals}f}"
    digits = math.floor(math.log10(abs(value) or step) + 1e-9) - last + 1
    return f"{value:.{max(digits, 4) if digits <= sys.float_info.dig else 4}g}"


def spark(values: Sequence[float]) -> str:
    """Draw positive numbers as a row of bars, the tallest for the greatest."""
    greatest = max(values)
    heights = (math.ceil(value / greatest * len(BARS)) - 1 for value in values)
    return "".join(BARS[max(height, 0)] for height in heights)
