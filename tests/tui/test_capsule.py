"""A session is kept by a key, and comes back to the same digits."""

import json
from pathlib import Path

import pytest

from engine.capsules.capsule import Capsule, read_capsule
from engine.experiments.experiment import Experiment
from engine.runs.journey import Journey
from engine.runs.training import Training
from tests.tui.conftest import opened, run_flat_out, settle, told
from tui.app import Lab
from tui.commands.cli import run_command


async def keep(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """Play a session with branches and moves by hand, and keep it."""
    monkeypatch.chdir(folder)
    async with opened() as (lab, pilot):
        await pilot.press("greater_than_sign", "asterisk")
        await settle(lab, pilot)
        await pilot.press("greater_than_sign", "d", "right", "down", "shift+left", "escape")
        await settle(lab, pilot)
        await run_flat_out(lab, pilot)
        await pilot.press("less_than_sign", "w")
        await settle(lab, pilot)
        assert "capsule-1.json" in told(lab)[-1]
        return lab


async def test_w_keeps_the_session_which_opens_again_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await keep(tmp_path, monkeypatch)
    assert before.session is not None
    capsule = read_capsule("capsule-1.json")
    assert Capsule.read(before.clipboard) == capsule
    again = Lab(capsule=capsule)
    async with again.run_test(size=(120, 40)) as pilot:
        while again.session is None:
            await pilot.pause()
        await settle(again, pilot)
        assert told(again) == []
        assert again.session.at == before.session.at
        at = again.session.at
        assert again.session.tape[at] == before.session.tape[at]
        old, new = before.session.journey.branches, again.session.journey.branches
        assert [b.fork for b in old] == [b.fork for b in new]
        for one, other in zip(old, new, strict=True):
            assert [one.tape[i] for i in range(one.seen + 1)] == [
                other.tape[i] for i in range(other.seen + 1)
            ]


async def test_what_was_kept_replays_headless_to_the_same_digits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lab = await keep(tmp_path, monkeypatch)
    assert lab.session is not None
    run_command(["replay", "capsule-1.json", "--json"])
    document = json.loads(capsys.readouterr().out)
    assert document["same_digits"] is True
    assert len(document["branches"]) == 3
    last = lab.session.tape[lab.session.branch.seen]
    assert document["branches"][-1]["train_log_likelihood"] == last.train
    assert tuple(document["branches"][-1]["parameters"].values()) == last.parameters


async def test_a_capsule_whose_data_are_gone_opens_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "heights.csv"
    path.write_text("height\n1.5\n2.5\n7.5\n", "utf-8")
    journey = Journey(Training(Experiment.of({"data": str(path)})))
    capsule = Capsule.of(journey, journey.branches[0], 0)
    path.unlink()
    lab = Lab(capsule=capsule)
    async with lab.run_test() as pilot:
        while not told(lab):
            await pilot.pause()
        await settle(lab, pilot)  # a lab that is left while it opens may have half a form
        assert "cannot be read" in told(lab)[0]
        assert lab.is_running


async def test_a_capsule_whose_data_have_changed_says_so(tmp_path: Path) -> None:
    path = tmp_path / "heights.csv"
    path.write_text("height\n1.5\n2.5\n7.5\n", "utf-8")
    journey = Journey(Training(Experiment.of({"data": str(path)})))
    journey.branches[0].reach(0)
    capsule = Capsule.of(journey, journey.branches[0], 0)
    path.write_text("height\n1.5\n2.5\n8.5\n", "utf-8")
    lab = Lab(capsule=capsule)
    async with lab.run_test() as pilot:
        while lab.session is None:
            await pilot.pause()
        await settle(lab, pilot)
        assert told(lab)[0].startswith("Branch 1, epoch 0: the log-likelihood is")
        assert told(lab)[0].endswith("The data have changed since, or the program.")
