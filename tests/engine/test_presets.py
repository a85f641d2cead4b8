"""The experiments that come with the program are listed, readable and the article's by default."""

import pytest

from engine import Experiment, InvalidExperiment, preset
from engine.presets import presets


def test_the_defaults_are_the_article():
    assert preset("article") == Experiment()


def test_presets_are_sorted_and_readable():
    assert "article" in presets()
    assert list(presets()) == sorted(presets())
    assert all(isinstance(preset(name), Experiment) for name in presets())


@pytest.mark.parametrize("name", ["", "Article", "../presets/article", "article.toml", "\x1b[31m"])
def test_an_unknown_preset_is_refused_with_what_there_is(name):
    with pytest.raises(InvalidExperiment, match=r"preset must be one of .*article") as caught:
        preset(name)
    assert str(caught.value).isprintable()
