"""The last session is kept whole or not at all, whatever goes on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.capsules.capsule import Capsule
from engine.capsules.envelope import InvalidCapsule
from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.files import UnreadableData
from engine.presets import preset
from engine.runs.journey import Journey
from engine.runs.training import Training
from tests.tui.conftest import opened, settle, told
from tui import last_session
from tui.app import Lab
from tui.last_session import place
from tui.launch import _keep
from tui.saving import save_over

FULL = OSError(28, "No space left on device")


def whole(place: Path, text: str) -> bool:
    """Whether a file holds a text, with nothing left beside it."""
    names = [each.name for each in place.parent.iterdir()]
    return place.read_text("utf-8") == text and names == [place.name]


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_a_file_that_cannot_be_replaced_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    place = tmp_path / "folder" / "session.json"
    save_over(place, "old")
    with monkeypatch.context() as patched:

        def fail(*_: object) -> None:
            raise FULL

        patched.setattr(os, call, fail)
        with pytest.raises(OSError, match="No space left"):
            save_over(place, "new")
    assert whole(place, "old")
    save_over(place, "new")
    assert whole(place, "new")
    assert place.stat().st_mode & 0o077 == 0


def test_wherever_a_disk_is_full_the_old_file_stays(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    place = tmp_path / "session.json"
    save_over(place, "old")
    text = "new" * 100
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    for size in range(len(text)):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
        try:
            with pytest.raises(OSError, match="File too large"):
                save_over(place, text)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert whole(place, "old")
    save_over(place, text)
    assert whole(place, text)


def test_killed_at_any_moment_it_leaves_the_old_file_or_the_new_one() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.killed_saves", "100"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("100 saves were killed")


def test_drafts_that_were_left_behind_are_swept_away(tmp_path: Path) -> None:
    old, young = tmp_path / ".session.json.0000", tmp_path / ".session.json.1111"
    old.touch()
    young.touch()
    os.utime(old, (1e9, 1e9))
    save_over(tmp_path / "session.json", "kept")
    assert sorted(each.name for each in tmp_path.iterdir()) == [young.name, "session.json"]


def kept(epoch: int = 5) -> str:
    """A session's text."""
    branch = (journey := Journey(Training(Experiment(n=50)))).branches[0]
    branch.seen = branch.reach(epoch)
    return Capsule.of(journey, branch, epoch).to_text()


def test_a_session_that_is_cut_short_anywhere_is_refused_in_a_sentence() -> None:
    text = kept()
    place().parent.mkdir(parents=True, exist_ok=True)
    for length in (*range(0, len(text), 23), len(text.rstrip()) - 1):
        place().write_text(text[:length], "utf-8")
        with pytest.raises(InvalidCapsule, match=r"[.]$"):
            last_session.last_session()
    place().write_text(text, "utf-8")
    assert last_session.last_session().epoch == 5
    place().unlink()


@given(st.data())
def test_a_session_that_is_damaged_is_refused_in_a_sentence_or_another_one(
    data: st.DataObject,
) -> None:
    content = bytearray(SESSION)
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    place().parent.mkdir(parents=True, exist_ok=True)
    place().write_bytes(content)
    said = "."
    try:
        last_session.last_session()
    except (InvalidCapsule, InvalidExperiment, UnreadableData) as fault:
        said = str(fault)
    finally:
        place().unlink()
    assert said.isprintable()
    assert said.endswith(".")


SESSION = kept().encode()


async def test_where_its_data_are_gone_the_lab_opens_on_the_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gone.csv").write_text("height\n1.5\n2.5\n7.5\n", "utf-8")
    journey = Journey(Training(Experiment.of({"data": "gone.csv"})))
    capsule = Capsule.of(journey, journey.branches[0], journey.branches[0].reach(3))
    (tmp_path / "gone.csv").unlink()
    lab = Lab(None, capsule)
    async with lab.run_test(size=(120, 40)) as pilot:
        await settle(lab, pilot)
        assert lab.session
        assert lab.session.training.experiment == preset("article")
        assert told(lab) == ["'gone.csv' cannot be read: no such file or directory."]


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

        monkeypatch.setattr("engine.capsules.capsule.Capsule.of", busy)
        capsule = last_session.captured(lab)
        assert capsule is not None
        assert capsule.epoch == 1
        assert len(asked) == 3


async def test_where_the_session_cannot_be_kept_it_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "home").write_text("no folder", "utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    async with opened() as (lab, pilot):
        await pilot.press("full_stop")
        await settle(lab, pilot)
    _keep(lab)
    said = capsys.readouterr().err
    assert said.startswith("mle-tui: The session cannot be kept in '")
    assert said.endswith(": not a directory.\n")
