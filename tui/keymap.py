"""Every action of the lab with its key: the one table that dispatches, helps and is searched."""

from dataclasses import dataclass

from textual.binding import Binding, BindingType

__all__ = ["KEYS", "Key", "bindings"]


@dataclass(frozen=True)
class Key:
    """An action, the keys that call it, how they are written, and what it does."""

    keys: str
    shown: str
    action: str
    label: str
    meaning: str
    footer: bool = False


KEYS = (
    Key("space", "space", "run", "run", "Run, or pause the run", footer=True),
    Key("full_stop", ".", "move(1)", "step", "One epoch forward", footer=True),
    Key("comma", ",", "move(-1)", "back", "One epoch back"),
    Key("greater_than_sign", ">", "leap(1)", "leap", "A tenth of the run forward"),
    Key("less_than_sign", "<", "leap(-1)", "leap back", "A tenth of the run back"),
    Key("r", "r", "restart", "restart", "Go back to the start", footer=True),
    Key("plus,equals_sign", "+", "pace(1)", "faster", "Show the run faster"),
    Key("minus", "-", "pace(-1)", "slower", "Show the run slower"),
    Key(
        "y",
        "y",
        "switch('log_axis')",
        "log axis",
        "Show the gap to the best log-likelihood, logarithmically",
        footer=True,
    ),
    Key(
        "n",
        "n",
        "switch('per_observation')",
        "per observation",
        "Divide log-likelihoods by the number of observations",
    ),
    Key("t", "t", "turn", "table/report", "Turn between the table and the report"),
    Key("a", "a", "everything", "all settings", "Show every setting, or the first ones"),
    Key("left_square_bracket", "[", "sidebar", "sidebar", "Hide or show the settings"),
    Key("s", "s", "screenshot", "screenshot", "Save a picture of the screen (SVG)"),
    Key("w", "w", "write", "write experiment", "Write the experiment to a TOML file"),
    Key("question_mark,f1", "?", "help", "help", "Show what the keys do", footer=True),
    Key("ctrl+p", "ctrl+p", "command_palette", "palette", "Find any action by name"),
    Key("ctrl+z", "ctrl+z", "suspend_process", "suspend", "Put the lab in the background"),
    Key("ctrl+c", "ctrl+c", "interrupt", "stop", "Pause a run that goes on, else leave"),
    Key("q", "q", "quit", "quit", "Leave the lab", footer=True),
)


def bindings() -> list[BindingType]:
    """Return the table as Textual's bindings."""
    return [Binding(k.keys, k.action, k.label, show=k.footer, key_display=k.shown) for k in KEYS]
