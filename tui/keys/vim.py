"""Keys as in vim: a preset of other keys, and keys that stand in for those of lists and pages.

What moves in charts moves by h, j, k and l already. In lists, tables and pages they do so with
this preset, ctrl+d and ctrl+u turn pages, g and G go to the ends. Time goes along h and l.
"""

__all__ = ["CHANGES", "STAND_INS"]

CHANGES = {
    "palette": "colon,ctrl+p",
    "help": "question_mark,slash,f1",
    "halve-the-rate": "backslash",
    "step": "l,full_stop",
    "back": "h,comma",
    "leap": "ctrl+d,greater_than_sign",
    "leap-back": "ctrl+u,less_than_sign",
    "restart": "0,r",
    "newest": "dollar_sign,G,end",
    "surface-whole-path": "home",
    "surface-closer": "pageup,ctrl+up,ctrl+u",
    "surface-wider": "pagedown,ctrl+down,ctrl+d",
}
"""Keys by action. ``/`` opens the help, where one finds; halving the rate moves to ``\\``."""

STAND_INS = {
    "h": "left",
    "j": "down",
    "k": "up",
    "l": "right",
    "ctrl+d": "pagedown",
    "ctrl+u": "pageup",
    "ctrl+f": "pagedown",
    "ctrl+b": "pageup",
    "g": "home",
    "G": "end",
}
"""Keys that act as another where what has the focus answers that one and not the key itself."""
