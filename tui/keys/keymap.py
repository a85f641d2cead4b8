"""Every action of the lab with its key: the one table that dispatches, helps and is searched."""

import re
from dataclasses import dataclass

from textual.binding import Binding, BindingType

__all__ = ["KEYS", "PLACES", "Key", "bindings"]

PLACES = {
    "": "anywhere in the lab",
    "surface": "on the surface",
    "drive": "driving by hand",
    "race": "race",
    "fit": "fit",
    "profile": "on the charts of the fit",
    "report": "on the report",
    "lessons": "on the list of lessons",
}
"""Where keys act, in words."""


@dataclass(frozen=True)
class Key:
    """An action, the keys that call it, how they are written, and what it does.

    ``place`` is the part of the lab that must have the focus, nothing for all of it.
    """

    keys: str
    shown: str
    action: str
    label: str
    meaning: str
    footer: bool = False
    place: str = ""

    @property
    def id(self) -> str:
        """Its name in a configuration: its place, where it has one, and its label in words."""
        words = "-".join(re.findall(r"[a-z-]+", self.label))
        return f"{self.place}-{words}" if self.place else words


KEYS = (
    Key("space", "space", "run", "run", "Run, or pause the run", footer=True),
    Key("full_stop", ".", "move(1)", "step", "One step forward", footer=True),
    Key("comma", ",", "move(-1)", "back", "One step back"),
    Key("greater_than_sign", ">", "leap(1)", "leap", "A tenth of the run forward"),
    Key("less_than_sign", "<", "leap(-1)", "leap back", "A tenth of the run back"),
    Key("r", "r", "restart", "restart", "Go back to the start"),
    Key("end", "end", "newest", "newest", "Go to the newest step that was seen"),
    Key("plus,equals_sign", "+", "pace(1)", "faster", "Show the run faster"),
    Key("minus", "-", "pace(-1)", "slower", "Show the run slower"),
    Key("1", "1", "tab('train')", "train", "Charts, table and report of the run"),
    Key("2", "2", "tab('surface')", "surface", "The log-likelihood over two parameters"),
    Key("3", "3", "tab('race')", "race pane", "Optimizers beside each other"),
    Key("4", "4", "tab('fit')", "fit", "The maximum, what it is worth, and other families"),
    Key("5", "5", "tab('report')", "report pane", "The report, to read and to write to a file"),
    Key("6", "6", "tab('lessons')", "lessons", "Lessons: what to do, and whether it was done"),
    Key("N", "N", "next_task", "next task", "Go on in the lesson, or begin the first"),
    Key("b", "b", "branch", "branch", "Go on from here with another optimizer", footer=True),
    Key("asterisk", "*", "rate(2.0)", "double the rate", "Go on from here at twice the rate"),
    Key("slash", "/", "rate(0.5)", "halve the rate", "Go on from here at half the rate"),
    Key("d", "d", "drive", "drive", "Move the parameters by hand, hold and free them"),
    Key("R", "R", "race", "race", "Race optimizers from here", footer=True),
    Key("u", "u", "undo", "undo", "Undo the last change of settings or move by hand"),
    Key(
        "y",
        "y",
        "switch('log_axis')",
        "log axis",
        "Show the gap to the best log-likelihood, logarithmically",
    ),
    Key(
        "n",
        "n",
        "switch('per_observation')",
        "per observation",
        "Divide log-likelihoods by the number of observations",
    ),
    Key("o", "o", "ledger", "ledger", "Every observation: what it adds and how it pulls"),
    Key("p", "p", "lens", "lens", "The fit as textbooks, R, SciPy and Stan have it, with code"),
    Key("v", "v", "doctor", "doctor", "The verdict on the fit, and fixes for what is wrong"),
    Key("t", "t", "turn", "table/report", "Turn between the table and the report"),
    Key("a", "a", "everything", "all settings", "Show every setting, or the first ones"),
    Key("left_square_bracket", "[", "sidebar", "sidebar", "Hide or show the settings"),
    Key("z", "z", "maximise", "maximise", "Give the pane all the room, or take it back"),
    Key("O", "O", "open_data", "open data", "Open data: a file of your own, or a bundled sample"),
    Key("s", "s", "screenshot", "screenshot", "Save a picture of the screen (SVG)"),
    Key("w", "w", "capsule", "capsule", "Write a capsule that replays all of this"),
    Key("W", "W", "write", "write experiment", "Write the experiment to a TOML file"),
    Key("question_mark,f1", "?", "help", "help", "Show what the keys do", footer=True),
    Key("ctrl+p", "ctrl+p", "command_palette", "palette", "Find any action by name"),
    Key("ctrl+z", "ctrl+z", "suspend_process", "suspend", "Put the lab in the background"),
    Key("ctrl+c", "ctrl+c", "interrupt", "stop", "Pause a run that goes on, else leave"),
    Key("q", "q", "quit", "quit", "Leave the lab", footer=True),
    Key(
        "g",
        "g",
        "grip",
        "grip",
        "Let the arrows move the start, the place, or the window",
        place="surface",
    ),
    Key("left,h", "←", "pull(-1,0)", "left", "Move to the left", place="surface"),
    Key("right,l", "→", "pull(1,0)", "right", "Move to the right", place="surface"),
    Key("up,k", "↑", "pull(0,1)", "up", "Move up", place="surface"),
    Key("down,j", "↓", "pull(0,-1)", "down", "Move down", place="surface"),
    Key("pageup,ctrl+up", "pgup", "zoom(1)", "closer", "Look closer (ctrl+↑ too)", place="surface"),
    Key(
        "pagedown,ctrl+down",
        "pgdn",
        "zoom(-1)",
        "wider",
        "Look from further off (ctrl+↓ too)",
        place="surface",
    ),
    Key("m", "m", "window('region')", "region", "See the region of the maximum", place="surface"),
    Key("home,0", "home", "window('path')", "whole path", "See the whole path", place="surface"),
    Key("x", "x", "axes", "axes", "Choose the next two parameters", place="surface"),
    Key(
        "f",
        "f",
        "others",
        "hold/profile",
        "Hold the other parameters here, or profile them out",
        place="surface",
    ),
    Key("left,h", "←", "nudge(-0.1)", "less", "A tenth of a standard error less", place="drive"),
    Key("right,l", "→", "nudge(0.1)", "more", "A tenth of a standard error more", place="drive"),
    Key("shift+left,H", "⇧←", "nudge(-1)", "one less", "One standard error less", place="drive"),
    Key("shift+right,L", "⇧→", "nudge(1)", "one more", "One standard error more", place="drive"),
    Key("pagedown", "pgdn", "nudge(-10)", "ten less", "Ten standard errors less", place="drive"),
    Key("pageup", "pgup", "nudge(10)", "ten more", "Ten standard errors more", place="drive"),
    Key("up,k", "↑", "choose(-1)", "previous", "The parameter before", place="drive"),
    Key("down,j", "↓", "choose(1)", "next", "The next parameter", place="drive"),
    Key("enter", "enter", "hold", "hold/free", "Hold the parameter, or free it", place="drive"),
    Key("escape", "esc", "drive", "leave", "Leave the parameters to the optimizer", place="drive"),
    Key("m", "m", "arm", "mute", "Mute a lane, or let it be seen: then its digit", place="race"),
    Key("e", "e", "lanes", "lanes", "Choose up to six optimizers", place="race"),
    Key("c", "c", "clock", "clock", "Count evaluations, or seconds", place="race"),
    Key("c", "c", "chart(1)", "chart", "Turn to the next chart", place="fit"),
    Key("C", "C", "chart(-1)", "chart before", "Turn to the chart before", place="fit"),
    Key("t", "t", "page", "pane", "Turn to the next pane, where panes share a place", place="fit"),
    Key("k", "k", "rank", "rank", "Rank every family that can hold the data", place="fit"),
    Key("i", "i", "intervals", "intervals", "Show intervals, then the bootstrap's", place="fit"),
    Key("percent_sign", "%", "level", "level", "The next level of all intervals", place="fit"),
    Key("P", "P", "p_values", "p-values", "Tell p-values of the goodness of fit", place="fit"),
    Key(
        "escape",
        "esc",
        "free",
        "leave off",
        "Leave off, or free what is held; back to the chart",
        place="fit",
    ),
    Key("up", "↑", "parameter(-1)", "previous", "The parameter before", place="profile"),
    Key("down,j", "↓", "parameter(1)", "next", "The next parameter", place="profile"),
    Key(
        "left,h",
        "←",
        "hold_at(-0.1)",
        "hold, less",
        "Hold it a tenth of a standard error lower, refit the rest",
        place="profile",
    ),
    Key("right,l", "→", "hold_at(0.1)", "hold, more", "The same, a tenth higher", place="profile"),
    Key("shift+left,H", "⇧←", "hold_at(-1)", "hold lower", "One error lower", place="profile"),
    Key("shift+right,L", "⇧→", "hold_at(1)", "hold higher", "One error higher", place="profile"),
    Key("x", "x", "export", "export", "Write the report to a file", place="report"),
    Key(
        "c",
        "c",
        "copy_report",
        "copy",
        "Copy the report as Markdown, and write it to a file",
        place="report",
    ),
    Key("down,j", "↓", "lesson(1)", "next", "The next lesson", place="lessons"),
    Key("up,k", "↑", "lesson(-1)", "previous", "The lesson before", place="lessons"),
    Key("escape", "esc", "leave_lesson", "leave", "Leave the lesson", place="lessons"),
)


def bindings(place: str = "") -> list[BindingType]:
    """Return the keys of a place as Textual's bindings."""
    return [
        Binding(
            key.keys,
            f"app.{key.action}" if place else key.action,
            key.label,
            show=key.footer,
            key_display=key.shown,
            id=key.id,
        )
        for key in KEYS
        if key.place == place
    ]
