"""The keys of the screens over the lab: one table, as the lab's own, from which each has its part.

Escape leaves every one of them, whatever else is set.
"""

from textual.binding import Binding, BindingType

from tui.keys.keymap import KEYS, PLACES, Key

__all__ = ["SCREENS", "SCREEN_KEYS", "WHERE", "screen_bindings"]

SCREENS = {
    "look": "on the ledger, the lens and the doctor",
    "ledger": "on the ledger",
    "lens": "on the lens",
    "doctor": "on the doctor",
    "data": "on the columns of a file",
    "files": "on the choice of a file",
    "lanes": "on the choice of lanes",
    "exports": "on the choice of an export",
    "help": "in the help",
}
"""Where keys act, in words."""
WHERE = {**PLACES, **SCREENS}

SCREEN_KEYS = (
    Key("q", "q", "dismiss(None)", "leave", "Back to the lab", place="look"),
    Key("o", "o", "dismiss(None)", "leave", "Back to the lab", place="ledger"),
    Key("enter", "enter", "keep", "keep", "Leave out what was dropped", place="ledger"),
    Key("d", "d", "drop", "drop", "Drop the observation", place="ledger"),
    Key("u", "u", "put_back", "put back", "Put the observation back", place="ledger"),
    Key("s", "s", "sort(1)", "sort", "Sort by the next column", place="ledger"),
    Key("S", "S", "sort(-1)", "sort before", "Sort by the column before", place="ledger"),
    Key("r", "r", "turn", "reverse", "Sort the other way round", place="ledger"),
    Key("right,p", "→", "turn(1)", "next", "The next convention", place="lens"),
    Key("left,P", "←", "turn(-1)", "previous", "The convention before", place="lens"),
    Key("c", "c", "copy", "copy", "Copy the code, and write it to a file", place="lens"),
    Key("up", "↑", "scroll(-1)", "up", "Scroll up", place="lens"),
    Key("down", "↓", "scroll(1)", "down", "Scroll down", place="lens"),
    Key("v", "v", "dismiss(None)", "leave", "Back to the lab", place="doctor"),
    Key("enter", "enter", "load", "load", "Take the sample", place="data"),
    Key("c", "c", "give('column')", "value", "The column holds the values", place="data"),
    Key("w", "w", "give('weights')", "weights", "The column holds the weights", place="data"),
    Key("e", "e", "give('event')", "event", "1 where a value was observed", place="data"),
    Key("l", "l", "give('lower')", "lower", "The column holds lower ends", place="data"),
    Key("u", "u", "give('upper')", "upper", "The column holds upper ends", place="data"),
    Key("down", "↓", "move(1)", "next", "The next offer", place="files"),
    Key("up", "↑", "move(-1)", "previous", "The offer before", place="files"),
    Key("tab", "tab", "complete", "complete", "Complete what is typed", place="files"),
    Key("enter", "enter", "take", "race", "Race those that are chosen", place="lanes"),
    Key("q", "q", "dismiss(None)", "leave", "Back to the lab", place="exports"),
    Key("f1", "f1", "dismiss", "close", "Back to the lab", place="help"),
    Key("up", "↑", "scroll(-1)", "up", "Scroll up", place="help"),
    Key("down", "↓", "scroll(1)", "down", "Scroll down", place="help"),
    Key("pageup", "pgup", "scroll(-10)", "page up", "Scroll up by a page", place="help"),
    Key("pagedown", "pgdn", "scroll(10)", "page down", "Scroll down by a page", place="help"),
)
BEFORE_OTHERS = {"ledger-keep", "data-load", "lanes-race"} | {
    key.id for key in SCREEN_KEYS if key.place == "files"
}
"""What goes before the keys of a list or a field that has the focus."""
HELP = next(key for key in KEYS if key.action == "help")


def screen_bindings(place: str = "") -> list[BindingType]:
    """Return the keys of a screen as Textual's bindings, escape, and after them the help."""
    own = [key for key in SCREEN_KEYS if key.place == place]
    return [
        Binding("escape", "dismiss(None)", "leave"),
        *(
            Binding(key.keys, key.action, key.label, id=key.id, priority=key.id in BEFORE_OTHERS)
            for key in own
        ),
        *([Binding(HELP.keys, "app.help", HELP.label, id=HELP.id)] if place != "help" else []),
    ]
