"""Colours between colours, in steps that look even.

They are mixed in Oklab, where equal distances look equal (Ottosson, A perceptual color space
for image processing, 2020).
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["mixed", "ramp"]

Array = NDArray[np.float64]

CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
OPPONENTS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


@lru_cache(maxsize=64)
def ramp(stops: tuple[str, ...], n: int) -> tuple[str, ...]:
    """Return n colours, as #rrggbb, through the stops in even steps."""
    points = np.array([_oklab(stop) for stop in stops])
    lengths = np.linalg.norm(np.diff(points, axis=0), axis=1)
    along = np.append(0.0, np.cumsum(lengths))
    at = np.linspace(0.0, along[-1], n)
    return tuple(_hex(np.stack([np.interp(at, along, p) for p in points.T], axis=1)))


@lru_cache(maxsize=256)
def mixed(color: str, other: str, share: float) -> str:
    """Return a colour with a share of another mixed in."""
    return _hex((1.0 - share) * _oklab(color)[np.newaxis] + share * _oklab(other))[0]


def _oklab(color: str) -> Array:
    rgb = np.array(list(bytes.fromhex(color[1:]))) / 255.0
    linear = np.where(rgb > 0.04045, ((rgb + 0.055) / 1.055) ** 2.4, rgb / 12.92)
    lab: Array = OPPONENTS @ np.cbrt(CONES @ linear)
    return lab


def _hex(lab: Array) -> Sequence[str]:
    linear = np.linalg.solve(CONES, np.linalg.solve(OPPONENTS, lab.T) ** 3).T
    clipped = np.clip(linear, 0.0, 1.0)
    curved = np.where(clipped > 0.0031308, 1.055 * clipped ** (1 / 2.4) - 0.055, 12.92 * clipped)
    return ["#" + bytes(row).hex() for row in np.rint(255.0 * curved).astype(np.uint8)]
