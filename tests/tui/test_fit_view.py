"""What the panes of the fit look at."""

from types import SimpleNamespace
from typing import Any

from tui.fit_view import FitView


def test_the_pair_is_the_chosen_parameter_and_the_next_in_their_order() -> None:
    analysis: Any = SimpleNamespace(names=("shape", "scale", "power"))
    pairs = [FitView(analysis, chosen=place).pair for place in range(3)]
    assert pairs == [(0, 1), (1, 2), (0, 2)]
