"""The table of keys with a user's changes: other keys for actions, by their ids."""

import dataclasses
from collections.abc import Iterable, Mapping

from engine.fields import Choice
from engine.quoting import quoted
from tui.keys import vim
from tui.keys.keymap import KEYS, Key
from tui.keys.names import is_typed, written
from tui.keys.screen_keys import SCREEN_KEYS, WHERE

__all__ = ["ALL", "IDS", "PRESET", "changes_of", "faults_of", "remapped", "stand_ins"]

PRESETS = {"default": {}, "vim": vim.CHANGES}
PRESET = Choice(lambda: tuple(PRESETS))
"""What ``preset`` may hold."""

ALL = (*KEYS, *SCREEN_KEYS)
IDS = {key.id: key for key in ALL}
"""Every action by its name in a configuration."""
TOGETHER = ({"fit", "profile"}, *({"look", each} for each in ("ledger", "lens", "doctor")))
"""Places that have the focus at once."""
NOT_FREE = ("tab", "shift+tab", "escape", "ctrl+q")
"""Keys that leave a field, a list, a screen or the lab, whatever else is set."""
DIGITS = {"race": "123456", "doctor": "123456789"}
"""Digits that choose a lane, or a fix."""
TYPED = ("files", "help")
"""Places where characters are typed."""


def changes_of(preset: str) -> dict[str, str]:
    """Return the keys that a preset changes, by id; none for an empty name."""
    return dict(PRESETS[preset or "default"])


def stand_ins(preset: str) -> dict[str, str]:
    """Return the keys that act as another in lists and pages."""
    return vim.STAND_INS if preset == "vim" else {}


def remapped(changes: Mapping[str, str]) -> tuple[Key, ...]:
    """Return the table with the keys that are given by id, several with commas between."""
    return tuple(
        dataclasses.replace(
            key,
            keys=changes[key.id],
            shown=written(changes[key.id]),
            meaning=key.meaning.partition(" (ctrl")[0],  # that key is given away
        )
        if key.id in changes
        else key
        for key in ALL
    )


def faults_of(changes: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with changes over those of a preset: reasons to follow each id."""
    known = {id_: keys for id_, keys in changes.items() if id_ in IDS}
    table = remapped({**before, **known})
    faults = dict.fromkeys(changes.keys() - known.keys(), "is not an action; see mle-tui list keys")
    for id_, keys in known.items():
        told = [key for key in table if key.id not in faults]
        if reason := next(filter(None, (_taken(IDS[id_], k, told) for k in keys.split(","))), ""):
            faults[id_] = reason
    return {id_: faults[id_] for id_ in changes if id_ in faults}


def _taken(changed: Key, key: str, table: Iterable[Key]) -> str:
    """Say why an action cannot have a key: it is not free, or another has it in the same place."""
    shown, where = quoted(written(key)), WHERE[changed.place]
    if key in NOT_FREE and key not in changed.keys.split(","):
        return f"is {shown}, a key that leaves where one is and cannot be given away"
    if key in DIGITS.get(changed.place, ""):
        does = "mutes a lane" if changed.place == "race" else "chooses"
        return f"is {shown}, a digit that {does} there"
    if changed.place in TYPED and is_typed(key):
        return f"is {shown}, which is typed there"
    near = {changed.place}.union(*(group for group in TOGETHER if changed.place in group))
    for other in table:
        if other.id != changed.id and other.place in near and key in other.keys.split(","):
            return f"is {shown}, which is the key of {other.id} too ({where})"
    return ""
