"""What lies around the place where a climb ended: whether it is a top, an edge or a dip's shore."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.distributions.base import Array
from engine.fits.free_surface import FreeSurface

__all__ = ["Surroundings", "look_around"]

LEVEL = 1e-10
"""Fall of a log-likelihood, as a share of its size, that may be the rounding of its sum."""
FARTHEST = 10.0
"""By which a coordinate of a bounded domain is moved at most: a scale by a factor of e¹⁰."""
FLATTEST = 1e-6
"""Eigenvalue of an information, scaled to a unit diagonal, up to which a surface is flat."""
SHORT = 0.1
"""Logarithm over which no likelihood bends back from its curvature."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around the place where a climb ended."""

    level: tuple[int, ...] = ()
    """Places of the parameters along which the likelihood does not fall."""
    higher: tuple[float, ...] | None = None
    """Parameters nearby where the likelihood is higher, if there are any."""


def look_around(
    surface: FreeSurface,
    parameters: Sequence[float],
    information: Array,
    covariance: Array | None,
) -> Surroundings:
    """See whether the likelihood falls all around where a climb ended.

    Each free coordinate is moved by three of its standard errors, either way, but by no more
    than a factor of e¹⁰ in what it says: from a maximum the likelihood falls, towards one at
    the edge of the domain it stays level, and beyond a dip it may be higher. Where that finds
    nothing, and the surface is not curved downwards, the direction of least curvature is
    tried, in which several move. A coordinate that says how large a parameter is, and that
    the covariance leaves so little room that the surface cannot but follow its curvature,
    is not moved.
    """
    places = [
        place for place in range(len(surface.free)) if _open(surface, place, parameters, covariance)
    ]
    if not places:
        return Surroundings()
    z = surface.place(parameters)
    value = surface.height(z)
    moves = [_move(surface, place, parameters, information) for place in places]
    drops = [_drop(surface, z, value, move) for move in moves]
    least, moved = min(drops, key=lambda drop: drop[0])
    if least < -LEVEL:
        return Surroundings(higher=tuple(surface.parameters(moved)))
    falls = zip(places, drops, strict=True)
    level = tuple(surface.free[place] for place, (fall, _) in falls if not fall > LEVEL)
    # the trace of the inverse is more than the inverse of the least eigenvalue
    trace = np.inf if covariance is None else np.diag(covariance) @ np.diag(information)
    if level or trace < 1.0 / FLATTEST:
        return Surroundings(level)
    curvature = _curvature(surface, parameters, information)
    return Surroundings(tuple(_level_together(surface, z, value, curvature)))


def _open(
    surface: FreeSurface, place: int, parameters: Sequence[float], covariance: Array | None
) -> bool:
    """Whether a coordinate may reach a dip or an edge within three standard errors."""
    i, domain = surface.free[place], surface.domains[place]
    if covariance is None or not math.isfinite(domain.lower):
        return True
    room = 3.0 * math.sqrt(covariance[i, i])
    return room > SHORT * domain.slope(parameters[i])


def _move(
    surface: FreeSurface, place: int, parameters: Sequence[float], information: Array
) -> Array:
    """Three standard errors along one coordinate, the others held."""
    i, domain = surface.free[place], surface.domains[place]
    slope = domain.slope(parameters[i])
    curvature = float(information[i, i]) * slope * slope
    length = 3.0 / math.sqrt(curvature) if curvature > 0.0 else math.inf
    move = np.zeros(len(surface.free))
    move[place] = min(length, FARTHEST) if math.isfinite(domain.lower) else length
    return move


def _curvature(surface: FreeSurface, parameters: Sequence[float], information: Array) -> Array:
    """Information of the free parameters by their coordinates, at a place without a gradient."""
    slopes = np.array(
        [d.slope(parameters[i]) for i, d in zip(surface.free, surface.domains, strict=True)]
    )
    with np.errstate(all="ignore"):
        found: Array = information[np.ix_(surface.free, surface.free)] * np.outer(slopes, slopes)
    return found


def _drop(surface: FreeSurface, z: Array, value: float, move: Array) -> tuple[float, Array]:
    """Least fall of the likelihood, relative to its size, to both sides of a place, and where."""
    sides = [(value - surface.height(moved), moved) for moved in (z - move, z + move)]
    fall, moved = min(sides, key=lambda side: side[0])
    return fall / max(1.0, abs(value)), moved


def _level_together(
    surface: FreeSurface, z: Array, value: float, curvature: Array
) -> Sequence[int]:
    """Places of parameters that move together where the likelihood does not fall."""
    bounded = np.array([math.isfinite(domain.lower) for domain in surface.domains])
    direction = _least_curved(curvature)
    if direction is None or not direction[bounded].any():
        return []
    direction = direction * FARTHEST / 2.0 / np.max(np.abs(direction[bounded]))
    if _drop(surface, z, value, direction)[0] > LEVEL:
        return []
    moving = bounded & (np.abs(direction) > FARTHEST / 10.0)
    return [i for i, moves in zip(surface.free, moving, strict=True) if moves]


@np.errstate(all="ignore")  # what no double holds is no direction
def _least_curved(curvature: Array) -> Array | None:
    """Principal direction of least curvature, where the surface is not curved downwards in it."""
    scale = np.sqrt(np.maximum(np.abs(np.diag(curvature)), np.finfo(float).tiny))
    scaled = curvature / scale / scale[:, np.newaxis]
    if not np.isfinite(scaled).all():
        return None
    values, vectors = np.linalg.eigh(scaled)
    direction: Array = vectors[:, 0] / scale
    return direction if values[0] <= FLATTEST and np.isfinite(direction).all() else None
