"""The experiment's declared fields appear as rows of the form and as flags, all of them."""

import pytest

from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.experiments.provenance import FROM_FILE
from engine.fields import PerName
from engine.optimizers import OPTIMIZERS
from engine.settings import settings
from tui.commands.run import run_command
from tui.forms import entries, revise


def test_every_field_that_applies_has_a_row() -> None:
    experiment = Experiment()
    paths = {entry.path.partition(".")[0] for entry in entries(experiment)}
    names = {s.name for s in settings(Experiment)}
    assert names - paths == {
        *FROM_FILE,
        "settings",
        "schedule_settings",
        "trials",
        "components",
    }
    own = Experiment.of({"data": "x.csv", "start": {"mean": 0.0, "variance": 1.0}})
    paths = {entry.path.partition(".")[0] for entry in entries(own)}
    assert {*FROM_FILE, "start"} <= paths
    assert not {"n", "seed", "generator", "true"} & paths


def test_what_the_rows_show_is_the_experiment() -> None:
    experiment = Experiment(learning_rate=1 / 3, tolerance=0.1 + 0.2)
    typed = {entry.path: entry.text for entry in entries(experiment)}
    assert revise(experiment, typed) == experiment


def test_what_is_rarely_changed_is_left_out_until_it_is() -> None:
    brief = {entry.path for entry in entries(Experiment(), everything=False)}
    whole = {entry.path for entry in entries(Experiment())}
    assert whole - brief >= {"noise", "batch"}
    changed = {entry.path for entry in entries(Experiment(noise=0.5), everything=False)}
    assert changed - brief == {"noise"}


def test_a_typed_value_is_taken_over() -> None:
    revised = revise(Experiment(), {"true.mean": "-3", "epochs": "20,000"})
    assert revised.true["mean"] == -3.0
    assert revised.true["variance"] == 7.84
    assert revised.epochs == 20_000


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("n", "many"),
        ("learning_rate", "-1"),
        ("start.variance", "0"),
        ("start.mean", "1,2"),
        ("start.mean", "=4"),
        ("start.mean", ""),
        ("validation", "1_0"),
        ("seed", "٤٢"),
    ],
)
def test_a_fault_is_one_sentence_under_its_own_field(path: str, text: str) -> None:
    with pytest.raises(InvalidExperiment) as caught:
        revise(Experiment(), {path: text})
    assert list(caught.value.faults) == [path]
    assert caught.value.faults[path].startswith(path)
    assert caught.value.faults[path].endswith(".")


def test_every_field_is_a_flag_with_its_meaning() -> None:
    flags = {option.name: option for option in run_command.params if hasattr(option, "help")}
    for declared in settings(Experiment):
        flag = flags[declared.name]
        assert flag.opts == [f"--{declared.name.replace('_', '-')}"]
        assert flag.help.lower().startswith(declared.meaning[:20].lower())
        assert flag.multiple is isinstance(declared.kind, PerName)


def test_another_optimizer_brings_its_rate_and_its_settings() -> None:
    before = Experiment()
    texts = {entry.path: entry.text for entry in entries(before)}
    after = revise(before, {**texts, "optimizer": "adam"})
    assert (after.optimizer, after.settings) == ("adam", {})
    assert after.learning_rate == OPTIMIZERS["adam"].rate
    paths = {entry.path: entry for entry in entries(after)}
    assert paths["settings.beta1"].text == "0.9"
    changed = revise(after, {"settings.beta1": "0.5"})
    assert changed.settings == {"beta1": 0.5}
    back = revise(changed, {"optimizer": "gradient-ascent"})
    assert (back.settings, back.learning_rate) == ({}, 0.1)


def test_a_schedule_shows_its_curve_and_its_settings() -> None:
    experiment = revise(Experiment(), {"schedule": "one-cycle"})
    shown = {entry.path: entry for entry in entries(experiment)}
    assert "▁" in shown["schedule"].explanation
    assert "schedule_settings.rise" in shown
    assert revise(experiment, {"schedule_settings.rise": "0.5"}).schedule_settings == {"rise": 0.5}


def test_rates_of_their_own_are_typed_by_parameter() -> None:
    assert revise(Experiment(), {"rates.mean": "0.5"}).rates == {"mean": 0.5}
    with pytest.raises(InvalidExperiment, match=r"rates.mean must be a number above 0"):
        revise(Experiment(), {"rates.mean": "0"})
