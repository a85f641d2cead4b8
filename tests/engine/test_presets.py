"""The experiments that come with the program are listed, readable and the article's by default."""

import pytest

from engine import Experiment, InvalidExperiment, preset
from engine.presets import presets


def test_the_defaults_are_the_article():
    assert preset("article") == Experiment()


CHANGED = {
    "another-seed": {"seed": 7, "split_seed": 7},
    "article": {},
    "clamped": {"learning_rate": 5000.0, "start": {"mean": 7.0, "variance": 30.0}},
    "fewer-epochs": {"epochs": 2000},
    "one-cycle": {"learning_rate": 1.0, "schedule": "one-cycle"},
    "rate-too-large": {"learning_rate": 20.0},
    "starved-rate": {"rates": {"variance": 0.01}},
    "unequal-rates": {"rates": {"mean": 0.5}},
}
"""What each preset changes of the article's experiment."""


def test_presets_are_sorted():
    assert presets() == tuple(CHANGED)
    assert list(presets()) == sorted(presets())


@pytest.mark.parametrize("name", CHANGED)
def test_a_preset_changes_what_it_is_about_and_nothing_else(name):
    assert preset(name) == Experiment.of(CHANGED[name])


@pytest.mark.parametrize("name", ["", "Article", "../presets/article", "article.toml", "\x1b[31m"])
def test_an_unknown_preset_is_refused_with_what_there_is(name):
    with pytest.raises(InvalidExperiment, match=r"preset must be one of .*article") as caught:
        preset(name)
    assert str(caught.value).isprintable()
