"""Formulas spelled out where only ASCII is written and a text may grow: ``sigma^2 <- 1/2 eta``."""

import re
import sys
import unicodedata

from tui.terminal.ascii import CODEC

__all__ = ["escaped", "in_letters", "spelled"]

QUOTED = re.compile("'[^']*'")
GREEK = re.compile("GREEK (SMALL|CAPITAL) LETTER (?:FINAL )?([A-Z]+)$")
SIGNS = {
    "←": "<-",
    "→": "->",
    "±": "+-",
    "≤": "<=",
    "≥": ">=",
    "∞": "inf",
    "√": "sqrt ",
    "∇": "grad ",
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "…": "...",
    "·": "*",
    "ᵀ": "^T",
    "⁻": "^-",
}
RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹ᵏᵗʲⁿ", "0123456789ktjn", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉ₜⱼᵢ₊₋", "0123456789tji+-", strict=True))


def in_letters(text: str) -> str:
    """Return a formula with its letters by name and its signs as they are typed."""
    written = []
    for i, each in enumerate(text):
        before = text[i - 1] if i else " "
        if name := _name(each):
            # no letter may run into the name
            written.append(f" {name}" if before.isalnum() else name)
        elif each in RAISED:
            written.append(RAISED[each] if before in (*RAISED, "⁻") else f"^{RAISED[each]}")
        elif each in LOWERED:
            written.append(LOWERED[each] if before in LOWERED else f"_{LOWERED[each]}")
        else:
            written.append(SIGNS.get(each, each))
    return "".join(written)


def _name(letter: str) -> str:
    """Name of a Greek letter, nothing for another; Unicode writes lamda."""
    found = GREEK.match(unicodedata.name(letter, ""))
    if not found:
        return ""
    name = found[2].replace("LAMDA", "LAMBDA")
    return name.capitalize() if found[1] == "CAPITAL" else name.lower()


def spelled(text: str) -> str:
    """Return it so where only ASCII is written, else as it is."""
    return in_letters(text) if getattr(sys.__stdout__, "encoding", "") == CODEC else text


def escaped(sentence: str) -> str:
    """Escape what ASCII lacks in the names that a sentence quotes, where errors are kept to it.

    Without its accents a name would be another's.
    """
    if getattr(sys.stderr, "encoding", "") != CODEC:
        return sentence
    return QUOTED.sub(lambda name: name[0].encode("ascii", "backslashreplace").decode(), sentence)
