"""Names of keys: what a user may write for one, and how it is shown."""

import unicodedata
from typing import Any, final

from textual.keys import (
    KEY_DISPLAY_ALIASES,
    KEY_NAME_REPLACEMENTS,
    KEY_TO_UNICODE_NAME,
    REPLACED_KEYS,
    Keys,
)

from engine.fields import Kind
from engine.quoting import quoted

__all__ = ["KeyList", "is_typed", "named", "written"]

MODIFIERS = ("ctrl", "alt", "shift")
SPECIAL = {key.value for key in Keys if "+" not in key.value and key.value.isalnum()}
"""The keys that are no characters, by Textual's names for them."""
SHOWN = {**KEY_DISPLAY_ALIASES, "enter": "enter"}
AS_SHOWN = {shown: key for key, shown in SHOWN.items()}


@final
class KeyList(Kind):
    """One key, or several that do the same; in one string, with commas between."""

    @property
    def description(self) -> str:
        """Always the same."""
        return "a key or a list of keys"

    def check(self, value: object) -> Any:
        """Accept a string or a list of strings; return Textual's names with commas between."""
        if isinstance(value, str):
            return self.parse(value)
        if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
            raise self.refuse(value)
        return ",".join(dict.fromkeys(named(each) for each in value))

    def parse(self, text: str) -> str:
        """Read keys with commas between; a comma alone is the key."""
        parts = [text] if text.strip() == "," else text.split(",")
        return ",".join(dict.fromkeys(named(each) for each in parts))


def named(text: str) -> str:
    """Return Textual's name of a key that a user wrote; ValueError where there is none.

    A character stands for itself, ``shift+r`` for ``R``; ``ctrl`` and ``alt`` are written
    before a plus, and what is no character has a name: ``space``, ``pageup``, ``f5``.
    """
    before, plus, base = text.strip().rpartition("+")
    if plus and not base and (not before or before.endswith("+")):
        before, plus, base = before[:-1], before[-1:], "+"  # the plus itself
    modifiers = before.lower().split("+") if plus else []
    known = set(modifiers) <= set(MODIFIERS) and len(set(modifiers)) == len(modifiers)
    base = base if len(base) == 1 and modifiers in ([], ["shift"]) else base.lower()
    base = AS_SHOWN.get(base, base)
    character = _character(base)
    if not known or not (base in SPECIAL or (character and character.isprintable())):
        raise ValueError(f"holds {quoted(text.strip())}, which is not a key")
    if character and modifiers == ["shift"]:
        if not character.isalpha():
            raise ValueError(f"holds {quoted(text)}; write the character that shift makes")
        modifiers, character = [], character.upper()
    key = base if base in SPECIAL else _name(character)
    return "+".join([*(each for each in MODIFIERS if each in modifiers), key])


def written(key: str) -> str:
    """Write one of Textual's keys as help and footer show it: ``ctrl+d``, ``⇧←``, ``/``, ``pgdn``.

    A list with commas between is shown by its first.
    """
    *modifiers, base = key.partition(",")[0].split("+")
    shown = SHOWN.get(base) or (base if base in SPECIAL else _character(base)) or base
    return "".join("⇧" if each == "shift" else f"{each}+" for each in modifiers) + shown


def _character(name: str) -> str:
    """Return the character that a key's name means, nothing where it means none."""
    original = REPLACED_KEYS.get(name, name)
    if len(name) == 1 or " " in name:
        return name.strip() if len(name) == 1 else ""
    try:
        return unicodedata.lookup(KEY_TO_UNICODE_NAME.get(original, original.replace("_", " ")))
    except KeyError:
        return ""


def _name(character: str) -> str:
    """Return Textual's name of a character's key."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def is_typed(key: str) -> bool:
    """Whether a key, by Textual's name, writes a character into a field."""
    return "+" not in key and (key == "space" or key not in SPECIAL)
