"""Flags of the experiment that would do nothing are refused in a sentence."""

import pytest

from tui.commands.cli import run_command
from tui.commands.flags import with_flags


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "--start", "mean=1", "--start", "mean=2"], "--start names 'mean' twice."),
        (
            ["run", "--start", "mean=1,mean=2"],
            "--start must give each name one number, not 'mean=1,mean=2'.",
        ),
        (["run", "--data", ""], "--data: The name of the file is empty."),
        (["race", "--data", ""], "--data: The name of the file is empty."),
        (["rank", ""], "The name of the file is empty."),
    ],
)
def test_what_would_do_nothing_is_refused(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(arguments) == 2
    assert capsys.readouterr() == ("", f"mle-tui: {told}\n")


def test_an_empty_flag_clears_a_table_and_others_add_to_it() -> None:
    base = {"start": {"mean": 1.0, "variance": 2.0}}
    assert with_flags(base, {"start": ({"mean": 5.0},)}).start == {"mean": 5.0, "variance": 2.0}
    assert with_flags(base, {"start": ({},)}).start == {}
