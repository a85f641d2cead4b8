"""``mle-tui replay``: a table for people, a document for scripts, and a status for both."""

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.capsules.capsule import Capsule
from engine.experiments.experiment import Experiment
from engine.runs.journey import Journey
from engine.runs.training import Training
from tui.commands.cli import run_command


def session(experiment: Experiment, *, race: bool = False) -> Capsule:
    """A run, a branch by other rules and one by hand, which is watched to its end."""
    journey = Journey(Training(experiment))
    (run,) = journey.branches
    run.seen = run.reach(60)
    adam = journey.branch(run, 40, {"optimizer": "adam", "learning_rate": 0.05})
    adam.seen = adam.reach(70)
    place = [value * 1.5 for value in adam.tape[50].parameters]
    driven = journey.drive(adam, 50, place)
    newton = {"optimizer": "newton", "learning_rate": 1.0}
    last = journey.branch(driven, driven.begin, newton)
    last.seen = last.reach(10_000)
    raced = ("adam", "newton") if race else ()
    return Capsule.of(journey, last, last.seen, raced, (adam, 45) if race else None)


GAMMA = Experiment.of({"family": "gamma", "n": 200, "validation": 0.0, "epochs": 2000})


@pytest.fixture(scope="module")
def capsule() -> Capsule:
    return session(GAMMA, race=True)


@pytest.fixture
def path(capsule: Capsule, tmp_path: Path) -> str:
    file = tmp_path / "capsule-1.json"
    file.write_text(capsule.to_text(), "utf-8")
    return str(file)


def test_a_table_has_every_branch_and_every_digit(
    capsule: Capsule, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["replay", path]) == 0
    told = capsys.readouterr()
    printed = " ".join(told.out.split())
    for part in capsule.parts:
        assert f"log-likelihood = {part.log_likelihood!r}" in printed
        for name, value in zip(("shape", "rate"), part.parameters, strict=True):
            assert f"{name} = {value!r}" in printed
    for expected in (
        "gamma, 200 values drawn with seed 42",
        "at the start",
        "leaves 1 at epoch 40",
        "optimizer = adam,",
        "learning_rate = 0.05",
        "leaves 2 at epoch 50",
        "by hand, 1 step",
        "Every digit is the same as recorded.",
        "The race from branch 2, epoch 45:",
        "gap to the maximum",
        "newton: The score vanished",
        "Branch 3, on the screen: The score vanished",
    ):
        assert expected in printed
    assert told.err == "Replaying 3 runs.\n"


def test_the_line_itself_is_replayed_and_the_document_complete(
    capsule: Capsule, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["replay", capsule.to_line(), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    expected = {"experiment", "branches", "shown", "epoch", "race", "same_digits"}
    assert set(told) == expected
    assert Experiment.of(told["experiment"]) == capsule.experiment
    assert (told["shown"], told["epoch"], told["same_digits"]) == (2, capsule.epoch, True)
    for branch, part in zip(told["branches"], capsule.parts, strict=True):
        assert branch["parent"] == part.parent
        assert branch["at"] == part.at
        assert branch["changes"] == part.to_mapping()["changes"]
        assert branch["hand_steps"] == len(part.hand)
        assert branch["epoch"] == part.upto
        assert branch["train_log_likelihood"] == part.log_likelihood
        assert branch["parameters"] == dict(zip(("shape", "rate"), part.parameters, strict=True))
        assert branch["same_digits"] is True
    assert [branch["stop"] for branch in told["branches"][:2]] == [None, None]
    assert told["branches"][2]["stop"]["converged"] is True
    assert [lane["optimizer"] for lane in told["race"]["lanes"]] == ["adam", "newton"]
    assert told["race"]["experiment"]["start"].keys() == {"shape", "rate"}


def test_a_run_that_was_left_on_its_way_exits_with_1(
    capsule: Capsule, capsys: pytest.CaptureFixture[str]
) -> None:
    early = dataclasses.replace(capsule, shown=0, epoch=10, race=(), race_from=None)
    assert run_command(["replay", early.to_line()]) == 1
    printed = capsys.readouterr().out
    assert "Every digit is the same as recorded." in printed
    assert "Branch 1, on the screen: it was still under way." in printed
    assert "race" not in printed
    assert run_command(["replay", early.to_line(), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["race"], told["same_digits"]) == (None, True)


def test_other_digits_exit_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "own.csv"
    data.write_text("x\n1\n2\n3\n5\n8\n", "utf-8")
    line = session(Experiment.of({"data": str(data)})).to_line()
    assert run_command(["replay", line]) == 0
    capsys.readouterr()
    data.write_text("x\n1\n2\n3\n5\n9\n", "utf-8")
    assert run_command(["replay", line]) == 1
    printed = capsys.readouterr().out
    assert "Branch 1, epoch 60: the log-likelihood is" in printed
    assert "Every digit" not in printed
    assert run_command(["replay", line, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["same_digits"] is False
    assert not any(branch["same_digits"] for branch in told["branches"])


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("", "line 1, column 1 is not JSON"),
        ("{}", "This is no capsule"),
        ('{"mle-tui capsule": 7}', '"mle-tui capsule" must be'),
        ("\x1b[2J", "is not JSON"),
        ('{"mle-tui capsule": 1, "\\u001b[2J\\u202e": 1}', r"'\x1b[2J\u202e' is no field"),
        ("[" * 200_000, "nested too deeply"),
    ],
)
def test_what_is_no_capsule_is_one_sentence_and_exits_with_2(
    content: str, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "capsule-1.json"
    path.write_text(content, "utf-8")
    assert named in refused(["replay", str(path)], capsys)


@pytest.mark.parametrize(
    ("argument", "named"),
    [
        ("nix.json", "'nix.json' cannot be read"),
        (".", "is a directory"),
        ("", "name of the file is empty"),
        ("\x1b[2J", r"'\x1b[2J' cannot be read"),
        ("mle1.eJw", "cut off or mistyped"),
        ("mle9.eJw", "must be of version 1, not 9"),
        ("{", "is not JSON"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_exits_with_2(
    argument: str, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert named in refused(["replay", argument], capsys)


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one sentence that a refusal prints."""
    assert run_command(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("mle-tui: ")
    assert len(told.err.splitlines()) == 1
    assert told.err.strip().isprintable()
    return told.err


@pytest.fixture(scope="module")
def small() -> bytes:
    return session(Experiment.of({"n": 20, "epochs": 100})).to_text().encode()


@pytest.mark.parametrize("again", ["replay", "--resume"])
@given(share=st.floats(0, 1, exclude_max=True))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_that_was_cut_off_anywhere_is_one_sentence_and_exits_with_2(
    again: str, small: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str], share: float
) -> None:
    kept = small.rstrip()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tui.last_session.place", lambda: tmp_path / "session.json")
        patched.setattr("tui.commands.reopening.place", lambda: tmp_path / "session.json")
        path = tmp_path / "session.json"
        path.write_bytes(kept[: int(share * len(kept))])
        told = refused([again] if again == "--resume" else [again, str(path)], capsys)
    assert "': This is no capsule: line " in told


@given(st.data())
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_whose_bits_were_turned_is_replayed_or_refused_in_a_sentence(
    small: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: st.DataObject
) -> None:
    turned = bytearray(small)
    for _ in range(data.draw(st.integers(1, 4))):
        turned[data.draw(st.integers(0, len(small) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path = tmp_path / "capsule-1.json"
    path.write_bytes(turned)
    status = run_command(["replay", str(path)])
    told = capsys.readouterr()
    *begun, last = told.err.splitlines()
    assert status in (0, 1, 2)
    assert (told.out == "") == (status == 2) == last.startswith("mle-tui: ")
    assert begun in ([], ["Replaying 4 runs."])
    assert last.isprintable()


def test_a_session_that_cannot_be_had_again_exits_with_2(
    capsule: Capsule, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(capsule.to_text())
    document["experiment"] |= {"data": "\x1b]0;nix\x07.csv", "true": {}}
    line = json.dumps(document)
    assert run_command(["replay", line]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[-1].startswith(r"mle-tui: '\x1b]0;nix\x07.csv' cannot be read")
    assert "\x1b" not in told.err


def test_no_control_character_of_a_name_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "\x1b[31m[bold]\u202e.csv"
    data.write_text("x\n1\n2\n3\n5\n8\n", "utf-8")
    line = session(Experiment.of({"data": str(data)})).to_line()
    for arguments in (["replay", line], ["replay", line, "--json"]):
        assert run_command(arguments) == 0
        printed = capsys.readouterr().out
        assert "\x1b" not in printed
        assert "\u202e" not in printed


def test_help_shows_how_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["replay", "--help"]) == 0
    assert "mle-tui replay capsule-1.json" in capsys.readouterr().out
