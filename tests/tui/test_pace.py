"""A pace maps time to epochs and back."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.pace import FLAT_OUT, LONGEST, PACES, STAGE, lapse


@given(st.integers(1, 10**7), st.data())
def test_an_epoch_is_reached_when_its_time_has_come(budget: int, data: st.DataObject) -> None:
    epoch = data.draw(st.integers(0, budget))
    assert STAGE.epoch(STAGE.elapsed(epoch, budget), budget) == epoch


def test_on_stage_the_preset_lasts_fifteen_seconds() -> None:
    assert STAGE.epoch(15.0, 10_000) == 10_000
    assert STAGE.epoch(14.0, 10_000) < 9_000
    assert STAGE.epoch(1.0, 10_000) == pytest.approx(3)


def test_paces_go_from_slow_to_fast() -> None:
    assert len(PACES) >= 3
    assert PACES[-1] is FLAT_OUT
    assert [p.seconds for p in PACES] == sorted((p.seconds for p in PACES), reverse=True)


def test_time_in_the_background_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0)
    assert lapse(999.9) == pytest.approx(0.1)
    assert lapse(0.0) == LONGEST
