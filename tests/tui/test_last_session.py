"""The last session is kept whole or not at all, whatever goes on."""

from pathlib import Path

import pytest

from engine.capsule import Capsule
from engine.experiment import Experiment
from engine.training import Training
from tests.tui.conftest import opened, settle
from tui import last_session
from tui.saving import save_over


def test_a_file_that_cannot_be_replaced_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "folder" / "session.json"
    save_over(place, "old")
    for name in ("fsync", "open"):
        with monkeypatch.context() as patched:

            def fail(*_: object) -> None:
                raise OSError(28, "No space left on device")

            patched.setattr(f"tui.saving.os.{name}", fail)
            with pytest.raises(OSError, match="No space left"):
                save_over(place, "new")
        assert place.read_text("utf-8") == "old"
        assert [each.name for each in place.parent.iterdir()] == ["session.json"]
    save_over(place, "new")
    assert place.read_text("utf-8") == "new"
    assert place.stat().st_mode & 0o077 == 0


async def test_data_are_found_again_from_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "heights.csv").write_text("height\n1.5\n2.5\n7.5\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    async with opened(Training(Experiment.of({"data": "heights.csv"}))) as (lab, pilot):
        assert last_session.captured(lab) is None
        await pilot.press("full_stop")
        await settle(lab, pilot)
        capsule = last_session.captured(lab)
        assert capsule is not None
        assert capsule.experiment.data == str((tmp_path / "heights.csv").resolve())
        assert capsule.epoch == 1


async def test_a_branch_that_is_just_begun_elsewhere_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with opened() as (lab, pilot):
        await pilot.press("full_stop")
        await settle(lab, pilot)
        true, asked = Capsule.of, []

        def busy(*given: object) -> Capsule:
            asked.append(given)
            if len(asked) < 3:
                raise ValueError("generator already executing")
            return true(*given)  # type: ignore[arg-type]

        monkeypatch.setattr("engine.capsule.Capsule.of", busy)
        capsule = last_session.captured(lab)
        assert capsule is not None
        assert capsule.epoch == 1
        assert len(asked) == 3
