"""The configuration: four layers, checked field by field, each fault a sentence."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.tui.conftest import opened, settle
from tui.configuration.config import InvalidConfig, read_config, settings_of
from tui.configuration.layers import TABLES, file_layer, kinds_of, variable
from tui.configuration.settings import Settings
from tui.widgets.progress import ProgressTable


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A user's file and a project's, neither of which is there yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MLE_TUI_PROJECT")
    monkeypatch.setenv("MLE_TUI_CONFIG", str(tmp_path / "config.toml"))
    return tmp_path / "config.toml", tmp_path / "mle-tui.toml"


def faults(path: Path, content: str | bytes) -> list[str]:
    """What is wrong with a file of the user's."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_config().faults)


@pytest.mark.usefixtures("places")
def test_nothing_that_is_set_leaves_every_default() -> None:
    assert settings_of() == Settings()


def test_flags_beat_the_environment_beats_the_project_beats_the_user(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    user, project = places
    user.write_text('theme = "nord"\npace = "brisk"\ntab = "fit"\nmouse = false\n', "utf-8")
    assert settings_of() == Settings(theme="nord", pace="brisk", tab="fit", mouse=False)
    project.write_text('theme = "dracula"\npace = "flat-out"\ntab = "race"\n', "utf-8")
    assert settings_of() == Settings(theme="dracula", pace="flat-out", tab="race", mouse=False)
    monkeypatch.setenv("MLE_TUI_THEME", "mle-light")
    monkeypatch.setenv("MLE_TUI_PACE", "stage")
    assert settings_of() == Settings(theme="mle-light", pace="stage", tab="race", mouse=False)
    told = settings_of({"theme": "mle-dark", "mouse": True, "pace": None})
    assert told == Settings(theme="mle-dark", pace="stage", tab="race", mouse=True)


def test_every_value_tells_where_it_was_set(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    user, project = places
    user.write_text('theme = "nord"\ntab = "fit"\n', "utf-8")
    project.write_text("[experiment]\npatience = 9\n", "utf-8")
    monkeypatch.setenv("MLE_TUI_KEYS_RUN", "f5")
    entries = read_config({"theme": "dracula"}).entries
    assert {path: (entry.value, entry.source) for path, entry in entries.items()} == {
        "theme": ("dracula", "--theme"),
        "tab": ("fit", str(user)),
        "experiment.patience": (9, "mle-tui.toml"),
        "keys.run": ("f5", "MLE_TUI_KEYS_RUN"),
    }


def test_a_rate_goes_with_the_optimizer_that_it_was_for(places: tuple[Path, Path]) -> None:
    user, project = places
    user.write_text('[experiment]\noptimizer = "adam"\nlearning_rate = 0.3\n', "utf-8")
    project.write_text('[experiment]\noptimizer = "newton"\n', "utf-8")
    assert settings_of().experiment == {"optimizer": "newton"}


def test_a_preset_of_keys_is_changed_by_further_keys(places: tuple[Path, Path]) -> None:
    places[0].write_text('[keys]\npreset = "vim"\nstep = ["n", "."]\nper-observation = "Q"\n')
    keys = settings_of().keys
    assert keys["step"] == "n,full_stop"
    assert keys["palette"] == "colon,ctrl+p"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("theme = 'nope'", "theme must be one of"),
        ("colour = 1", "colour is not a field"),
        ("mouse = 'no'", "mouse must be true or false, not 'no'"),
        ("mouse = 1", "mouse must be true or false, not 1"),
        ("report_every = 0", "report_every must be a whole number from 1"),
        ("report_every = 99999999999999999999", "report_every must be a whole number"),
        ("keys = 1", "keys must be a table"),
        ("experiment = 'x'", "experiment must be a table"),
        ("[theme]\nname = 'nord'", "theme must be one of"),
        ("[experiment]\nrate = 1", "experiment.rate is not a field"),
        ("[experiment]\ndata = 'x.csv'", "experiment.data belongs to one experiment"),
        ("[experiment.true]\nmean = 1", "experiment.true belongs to one experiment"),
        ("[experiment]\nvalidation = nan", "experiment.validation must be a number"),
        ("[experiment]\nlearning_rate = inf", "experiment.learning_rate must be a number"),
        ("[experiment]\nn = 2\nvalidation = 0.9", "experiment: validation leaves 0 of 2"),
        ("[keys]\nfly = 'x'", "keys.fly is not an action; see mle-tui list keys"),
        ("[keys]\nrun = 'hyper+x'", "keys.run holds 'hyper+x', which is not a key"),
        ("[keys]\nrun = 3", "keys.run must be a key or a list of keys, not 3"),
        ("[keys]\nrun = []", "keys.run must be a key or a list of keys"),
        (
            "[keys]\nrun = 'r'",
            "keys.run is 'r', which is the key of restart too (anywhere in the lab)",
        ),
        ("[keys]\nfit-rank = 'j'", "keys.fit-rank is 'j', which is the key of profile-next too"),
        ("[keys]\nrun = 'tab'", "keys.run is 'tab', a key that leaves where one is"),
        ("[keys]\nrace-lanes = '3'", "keys.race-lanes is '3', a digit that mutes a lane there"),
        ("[keys]\npreset = 'emacs'", "keys.preset must be one of default, vim, not 'emacs'"),
        ("[keys.run]\nx = 1", "keys.run must be a key or a list of keys"),
        ("theme = ", "is not TOML: invalid value"),
        ("theme = 'a\x00b'", "is not TOML"),
        (b"\xff\xfe\x00", "is not UTF-8 text: byte 1 cannot be read"),
        ("a = " + "[" * 5000, "is not TOML: it is nested too deeply"),
        ("report_every = " + "9" * 5000, "is not TOML: a number in it has too many digits"),
        ('"\\u001b[31m" = 1', "'\\x1b[31m' is not a field"),
    ],
)
def test_a_fault_is_one_sentence_that_names_file_and_field(
    places: tuple[Path, Path], content: str | bytes, said: str
) -> None:
    told = faults(places[0], content)
    assert len(told) == 1
    assert said in told[0]
    assert told[0].startswith(f"'{str(places[0])[:20]}")
    assert told[0].endswith(".")
    assert told[0].isprintable()
    with pytest.raises(InvalidConfig):
        settings_of()


def test_every_fault_is_told_at_once(places: tuple[Path, Path]) -> None:
    assert len(faults(places[0], "a = 1\nmouse = 3\n[keys]\nrun = 'r'\nstep = 'q'\n")) == 4


def test_two_changed_actions_on_one_key_are_one_fault(places: tuple[Path, Path]) -> None:
    told = faults(places[0], "[keys]\nrun = 'f5'\nrestart = 'f5'\n")
    assert len(told) == 1


def test_two_actions_may_change_places(places: tuple[Path, Path]) -> None:
    assert faults(places[0], "[keys]\nrun = 'r'\nrestart = 'space'\n") == []


@pytest.mark.parametrize("name", [".", "/dev/zero"])
def test_what_is_no_file_is_a_fault(
    name: str, places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLE_TUI_CONFIG", name)
    assert len(read_config().faults) == 1


@pytest.mark.usefixtures("places")
def test_a_fault_of_the_environment_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLE_TUI_MOUSE", "perhaps")
    monkeypatch.setenv("MLE_TUI_EXPERIMENT_PATIENCE", "-1")
    assert read_config().faults == (
        "MLE_TUI_MOUSE must be true or false, not 'perhaps'.",
        "MLE_TUI_EXPERIMENT_PATIENCE must be a whole number from 0 to 1,000,000,000, not -1.",
    )


def test_no_two_settings_share_a_variable() -> None:
    paths = [
        f"{t}.{name}" if t else name for t in ("", "experiment", "keys") for name in kinds_of(t)
    ]
    assert len({variable(path) for path in paths}) == len(paths)


LINES = ['theme = "mle-light"', "mouse = 3", 'tab = "nowhere"', "[experiment]", "epochs = 77"]
LINES += ["seed = -1", "[keys]", 'race = "ctrl+r"', "[nothing]", "# of no account", "= 1"]


@given(
    st.binary(max_size=200)
    | st.lists(st.sampled_from(LINES), max_size=6).map(lambda lines: "\n".join(lines).encode())
)
@example(b'theme = "mle-light"\nmouse = 3\n[experiment]\nepochs = 77')
def test_of_any_file_each_field_is_taken_or_told_to_be_a_fault(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)
    layer = file_layer(path)
    try:
        table = tomllib.loads(content.decode("utf-8-sig").replace("\r", "\n"))
    except ValueError:
        assert (layer.values, len(layer.faults)) == ({}, 1)
    else:
        said = {name: value for name, value in table.items() if name not in TABLES}
        for name in set(TABLES) & table.keys():
            inner = table[name]
            fields = inner.items() if isinstance(inner, dict) else [("", inner)]
            said |= {f"{name}.{field}": value for field, value in fields}
        assert len(layer.values) + len(layer.faults) == len(said)
        assert layer.values.items() <= said.items()
    assert layer.sources.keys() == layer.values.keys()
    assert all(fault.isprintable() for fault in layer.faults)


async def test_the_lab_opens_as_it_is_set() -> None:
    told = Settings(theme="mle-light", tab="race", pace="flat-out", experiment={"epochs": 77})
    async with opened(settings=told) as (lab, pilot):
        assert (lab.theme, lab.current, lab.pace.name) == ("mle-light", "race", "flat out")
        assert lab.session is not None
        assert lab.session.training.experiment.epochs == 77
        await pilot.press("1", "space")
        await settle(lab, pilot)
        assert lab.session.at == 77


async def test_the_table_has_a_row_as_often_as_it_is_set() -> None:
    told = Settings(pace="flat-out", report_every=250, experiment={"epochs": 1000})
    async with opened(settings=told) as (lab, pilot):
        await pilot.press("space")
        await settle(lab, pilot)
        shown = [str(epoch) for epoch in lab.query_one(ProgressTable)._epochs]
        assert shown[-4:] == ["250", "500", "750", "1000"]
