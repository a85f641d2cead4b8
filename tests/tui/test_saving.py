"""Pictures and experiments are saved beside each other, never over another."""

from pathlib import Path

import pytest

from engine.experiments.experiment import Experiment
from tests.tui.conftest import opened
from tui.saving import save_as, save_new


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


def test_numbers_that_are_taken_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "report-1.md").write_text("mine")
    (tmp_path / "report-2.md").symlink_to(tmp_path / "nowhere")
    assert save_new("report", ".md", "text\r\n", str(tmp_path)).name == "report-3.md"
    assert (tmp_path / "report-1.md").read_text() == "mine"
    assert (tmp_path / "report-3.md").read_bytes() == b"text\r\n"
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    place = tmp_path / "mine.md"
    place.write_text("mine")
    with pytest.raises(FileExistsError):
        save_as(place, "text")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("mine.md", "mine")]


def test_nothing_is_left_of_a_file_that_could_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.saving._take_name", full)
    with pytest.raises(OSError, match="No space"):
        save_new("report", ".md", "text", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_without_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    (tmp_path / "a-1.md").write_text("mine")
    assert save_new("a", ".md", "text", str(tmp_path)).read_text() == "text"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-1.md", "a-2.md"]
