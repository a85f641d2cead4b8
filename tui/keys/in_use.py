"""The keys as they are in a lab, whose user may have changed them."""

from tui.keys.keymap import KEYS, Key
from tui.keys.screen_keys import SCREEN_KEYS

__all__ = ["every_key", "keyed", "keys_of"]


def keys_of(app: object) -> tuple[Key, ...]:
    """Return the table of the lab's own keys."""
    table: tuple[Key, ...] = getattr(app, "keys", KEYS)
    return table


def every_key(app: object) -> tuple[Key, ...]:
    """Return the same table with the keys of the screens over the lab."""
    table: tuple[Key, ...] = getattr(app, "every_key", (*KEYS, *SCREEN_KEYS))
    return table


def keyed(app: object, text: str) -> str:
    """Write keys into a text, where it has ids of actions in braces."""
    return text.format_map({key.id: key.shown for key in every_key(app)})
