"""What is gathered of a run and of its sample's fit is what the named commands print."""

import json
import shlex

import pytest

from engine.experiments.experiment import Experiment
from tui.commands.cli import run_command
from tui.exports.markdown import markdown_text
from tui.gathering import Gathered, Gathering
from tui.session import Session, begin
from tui.snapshot import Snapshot


def gathered(session: Session) -> Gathered:
    """Gather everything at the place where a session stands."""
    snapshot = Snapshot(session.training, session.tape, session.at, branch=session.branch)
    return Gathering().whole(snapshot)


def printed(line: str, capsys: pytest.CaptureFixture[str]) -> dict:  # type: ignore[type-arg]
    """Run a command as it is named, for a document."""
    run_command([*shlex.split(line)[1:], "--json"])
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("data", "family"),
    [
        ("remissions", "weibull"),
        ("horse-kicks", "poisson"),
        ("old-faithful", "normal-mixture"),
    ],
)
async def test_a_bundled_sample_is_fitted_as_by_the_command_that_is_named(
    data: str, family: str, capsys: pytest.CaptureFixture[str]
) -> None:
    experiment = {"data": data, "family": family, "optimizer": "newton"}
    session = await begin(Experiment.of(experiment), None)
    await session.move(10**6)
    found = gathered(session)
    assert found.fit is not None
    text = markdown_text(found.run.dossier)
    fit, run = (line for line in text.splitlines() if line.startswith("mle-tui "))
    of_fit = printed(fit, capsys)
    assert of_fit == json.loads(json.dumps(found.fit.document()))
    for name, each in of_fit["estimates"].items():
        assert name in text
        assert f"{each['value']:.6f}" in text
    for value in printed(run, capsys)["report"]["estimate"].values():
        assert f"{value:.6f}" in text


async def test_a_branch_owns_up_to_the_run_it_left() -> None:
    session = await begin(Experiment(n=500, epochs=200, optimizer="adam"), None)
    await session.move(2)
    await session.steer({"learning_rate": 0.2})
    text = markdown_text(gathered(session).run.dossier)
    assert "Up to epoch 2 this was another run" in text
    assert "without the run that they were left in" in text
