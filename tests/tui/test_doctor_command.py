"""``mle-tui doctor``: facts, and samples fitted anew against maxima from elsewhere."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine.comparisons import references as module
from engine.comparisons.references import Reference, compared, references
from engine.datasets import datasets
from tui.commands.cli import run_command

CASES = [
    case
    for name in ("cases", "published")
    for case in json.loads(
        (Path(__file__).parents[1] / "data" / f"{name}.json").read_text("utf-8")
    )["cases"]
]


def test_every_bundled_sample_has_its_reference() -> None:
    assert list(references()) == list(datasets())


@pytest.mark.parametrize("name", [name for name in datasets() if name != "speed-of-light"])
def test_a_reference_is_one_of_the_published_cases(name: str) -> None:
    known = references()[name]
    same = [case for case in CASES if case["log_likelihood"] == known.log_likelihood]
    assert [case["family"] for case in same] == [known.family]
    assert same[0]["estimates"] == known.estimates


def test_the_moments_of_the_speed_of_light_are_those_that_are_certified() -> None:
    estimates = references()["speed-of-light"].estimates
    assert estimates["mean"] == 299.8524
    assert (estimates["variance"] * 100 / 99) ** 0.5 == pytest.approx(0.0790105478190518, rel=1e-15)


def test_every_sample_agrees_to_ten_digits() -> None:
    found = tuple(compared())
    assert len(found) == len(datasets())
    for each in found:
        assert each.agrees
        assert each.digits >= 10
        assert each.likelihood_digits >= 13


def test_a_file_of_the_same_name_is_not_what_is_tested(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nickel").write_text("x\n1\n2\n3\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    found = tuple(compared())
    assert len(found) == len(datasets())
    assert all(each.agrees for each in found)


def wrong(**changes: object) -> dict[str, Reference]:
    """References of which one is not so."""
    known = references()["nickel"]
    return {"nickel": replace(known, **changes), "ten-points": references()["ten-points"]}


def test_a_digit_that_differs_is_told_and_exits_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    estimates = {**references()["nickel"].estimates, "df": 1.3821}
    monkeypatch.setattr(module, "references", lambda: wrong(estimates=estimates))
    assert run_command(["doctor"]) == 1
    told = capsys.readouterr().out
    line = next(line for line in told.splitlines() if "nickel" in line)
    assert line.split() == ["nickel", "student-t", "4", "14", "too", "few"]
    assert told.endswith("Not as it should be: nickel.\n")


def test_a_sample_without_a_fit_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "references", lambda: wrong(family="beta"))
    assert run_command(["doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["well"] is False
    assert told["self_test"][0]["reason"]
    assert told["self_test"][1]["agrees"] is True


def test_the_document_has_every_section(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told)[:5] == ["versions", "terminal", "colours", "locale", "paths"]
    assert told["versions"]["python"] == sys.version.split()[0]
    assert told["faults"] == []
    assert len(told["self_test"]) == len(datasets())
    assert told["well"] is True


def test_it_prints_in_ascii_too_and_shows_no_control_character(tmp_path: Path) -> None:
    hostile = {"TERM": "a\x1b[31mb", "MLE_TUI_CONFIG": str(tmp_path / "ü.toml"), "LC_ALL": "C"}
    environment = {**os.environ, **hostile, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "tui", "doctor"], env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()
    assert b"\x1b" not in done.stdout
    assert b"a\\x1b[31mb" in done.stdout
