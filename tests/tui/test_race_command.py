"""``mle-tui race``: a table and a chart for people, a document for scripts."""

import json

import pytest

from tui.commands.cli import run_command

FLAGS = ("--family", "gamma", "--n", "500", "--epochs", "400")


def test_a_document_has_a_lane_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["race", "--optimizers", "adam,lbfgs,newton", *FLAGS, "--json"]
    assert run_command(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert [lane["optimizer"] for lane in told["lanes"]] == ["adam", "lbfgs", "newton"]
    newton = told["lanes"][2]
    assert newton["stop"]["converged"]
    assert newton["steps"][0]["gap"] > newton["steps"][-1]["gap"] >= 0
    assert set(newton["parameters"]) == {"shape", "rate"}


def test_a_table_and_a_chart(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["race", "--optimizers", "gradient-ascent,l-bfgs", *FLAGS]) == 1
    printed = capsys.readouterr().out
    for expected in ("lbfgs", "gap to the maximum", "The score vanished", "1e"):
        assert expected in printed
    assert "\x1b" not in printed


@pytest.mark.parametrize(
    ("chosen", "fault"),
    [("adam,nix", "'nix' is not one"), ("adam,adam", "different"), (",", "1 to 6")],
)
def test_what_cannot_race_is_one_sentence(
    chosen: str, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["race", "--optimizers", chosen]) == 2
    told = capsys.readouterr().err
    assert fault in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize(
    ("rates", "fault"),
    [
        (("lbfgs=1",), "--rate: 'lbfgs' does not race; see --optimizers."),
        (("adam=1", "adam=2"), "--rate names 'adam' twice."),
        (("adam=0",), "--rate: adam must be a number above 0"),
    ],
)
def test_a_rate_that_no_lane_has_is_refused(
    rates: tuple[str, ...], fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = [flag for rate in rates for flag in ("--rate", rate)]
    assert run_command(["race", "--optimizers", "adam,newton", *flags]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"mle-tui: {fault}")
    assert len(told.splitlines()) == 1


def test_a_rate_is_given_by_any_name_of_its_optimizer(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["race", "--optimizers", "bb,heavy-ball", *FLAGS, "--rate", "bb=0.001", "--json"]
    run_command(asked)
    lane = json.loads(capsys.readouterr().out)["lanes"][0]
    assert lane["learning_rate"] == 0.001


@pytest.mark.parametrize("what", ["optimizers", "schedules", "presets", "datasets", "families"])
def test_everything_is_listed(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["list", what, "--json"]) == 0
    entries = json.loads(capsys.readouterr().out)
    assert run_command(["list", what]) == 0
    printed = capsys.readouterr().out
    assert all(entry["name"] in printed for entry in entries)
