"""The contest of the families for a sample: who is fitted by now, and who is left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.comparisons.ranking import Ranked, Rejected, rank, try_families
from engine.distributions import FAMILIES
from engine.distributions.families import families
from engine.fits.fitting import Fit
from engine.samples.sample import Sample
from tui.analysis import pulled

__all__ = ["Contest", "Ranking"]

CRITERION = "aicc"


@dataclass(frozen=True, eq=False)
class Ranking:
    """Families from the best on, those left out with their reasons, and how many were tried."""

    ranked: tuple[Ranked, ...]
    rejected: tuple[Rejected, ...]
    tried: int
    families: int

    @property
    def complete(self) -> bool:
        """Whether every family was tried."""
        return self.tried == self.families


class Contest:
    """Fits one family after the other, a few at a time."""

    def __init__(self, sample: Sample, told: Mapping[str, int]) -> None:
        self._fits: list[Fit] = []
        made, left_out = families(told)
        self._rejected = [
            Rejected(name, f"{reason}: choose it in the settings, which then have it.")
            for name, reason in left_out.items()
        ]
        # the lab has threads of its own and answers keys meanwhile: one process is enough
        self._rest: Iterator[Fit | Rejected] = try_families(made, sample)

    def go(self) -> Ranking:
        """Try families for a moment; return how they stand."""
        for outcome in pulled(self._rest):
            if isinstance(outcome, Fit):
                self._fits.append(outcome)
            else:
                self._rejected.append(outcome)
        ranked, without = rank(self._fits, CRITERION)
        tried = len(self._fits) + len(self._rejected)
        return Ranking(tuple(ranked), (*self._rejected, *without), tried, len(FAMILIES))
