"""Pictures and experiments are saved beside each other, never over another."""

from pathlib import Path

import pytest

from engine.experiment import Experiment
from tests.tui.conftest import opened


async def test_shift_w_writes_the_experiment_as_it_can_be_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened() as (_, pilot):
        await pilot.press("W", "W")
        await pilot.pause()
    for name in ("experiment-1.toml", "experiment-2.toml"):
        assert Experiment.from_toml((tmp_path / name).read_text("utf-8")) == Experiment()


async def test_s_saves_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened() as (_, pilot):
        await pilot.press("s")
        await pilot.pause()
    picture = (tmp_path / "mle-tui-1.svg").read_text("utf-8")
    assert picture.startswith("<svg")
    assert "log-likelihood" in picture


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    async with opened() as (lab, pilot):
        lab.save("experiment", ".toml", "text", str(tmp_path / "missing"))
        await pilot.pause()
        assert any("cannot be written" in n.message for n in lab._notifications)
