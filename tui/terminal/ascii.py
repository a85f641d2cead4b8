"""Plain ASCII for terminals that have nothing else: one character for each cell, of any text.

It is a codec: what is written to the terminal goes through it last, the lab's screen and the
commands' lines alike, so that nothing can pass it by, and no line changes its width.
"""

import codecs
import sys
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from io import TextIOWrapper

from tui.terminal.dots import drawn

__all__ = ["CODEC", "in_ascii", "keep_to_ascii", "locale_demands", "wants_ascii"]

CODEC = "mle-plain"
COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
BRAILLE = range(0x2800, 0x2900)
BOXES = range(0x2500, 0x2580)

PAIRS = """
▁_ ▂. ▃- ▄= ▅+ ▆* ▇% █# ▌# ▐# ▖. ▗. ▘' ▝' ▞/ ▚\\ ▙# ▛# ▜# ▟# ▊# ▋# ▉# ▎| ▍| ▏| ▕| ▔' ▀'
░. ▒: ▓%
●@ ▲A ◆< ▼V ★* ♣& ✚+ ○o ◇% •. ▪x ◦.
🔎>> ►> ▶> ▸> ◀< ◄< ✓v ■# ✗x ‖= ┳Y ╋+
←< →> ↑^ ↓v ⇧S
·| …~ —- –- −- ×x ÷/ ±~ ≈~ ≤< ≥> ∞* √v ∂d ∇D ∑S ∏P ∫S ∝~ ∘o ′' ″" ⁄/ ¼q ½h ¾Q
‘' ’' “" ”" «< »>
αa βb γg δd εe ζz ηn θq ιi κk λl μu νv ξx πp ρr ςs σs τt υy φf χc ψy ωw
ΓG ΔD ΘQ ΛL ΞX ΠP ΣS ΦF ΨY ΩO
ßs øo ØO łl ŁL đd ĐD æa ÆA ıi ℓl
━= ═= ╍- ┅- ┈. ┃# ║# ╏: ╱/ ╲\\ ╳X
"""
"""What is drawn with, and one character for each. Marks of the same chart stay apart."""
TABLE = {ord(pair[0]): pair[1:] for pair in PAIRS.split()}


def wants_ascii(
    configured: bool | None, environ: Mapping[str, str], encoding: str = "utf-8"
) -> bool:
    """Whether to keep to ASCII: as a configuration has it, else by the locale.

    ``encoding`` is that of standard output, where something else than the locale has set it.
    """
    if configured is not None:
        return configured
    return locale_demands(environ) or not encoding.lower().replace("-", "").startswith("utf")


def locale_demands(environ: Mapping[str, str]) -> bool:
    """Whether the locale names characters other than those of UTF-8 (POSIX, section 8.2).

    Where nothing is told of it, as in many containers, the terminal has UTF-8 all the same.
    Python tells itself of UTF-8 where the locale is C (PEP 538): then ``LANG`` counts.
    """
    told = [environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    if told[1] in COERCED and told[2]:
        told[1] = ""
    named = next(filter(None, told), "")
    return bool(named) and "utf8" not in named.lower().replace("-", "")


def keep_to_ascii() -> None:
    """Let standard output and standard error write ASCII alone from now on."""
    codecs.register(lambda name: _codec() if name.replace("_", "-") == CODEC else None)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=CODEC)


def in_ascii(text: str) -> str:
    """Return text of the same width in cells, of printable ASCII and the controls it had."""
    return text if text.isascii() else "".join(map(_plain, text))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    code = ord(character)
    if code < 0x80:
        return character
    if found := TABLE.get(code):
        return found
    if code in BRAILLE:
        return drawn(code - BRAILLE.start)
    if code in BOXES:
        return _edge(unicodedata.name(character))
    return _likeness(character)


def _edge(name: str) -> str:
    """A piece of a frame by its name: a line one way or the other, or where lines meet."""
    if " AND " not in name and name.endswith(("HORIZONTAL", "VERTICAL")):
        return "-" if name.endswith("HORIZONTAL") else "|"
    return "#" if "HEAVY" in name and "LIGHT" not in name else "+"


def _likeness(character: str) -> str:
    """The letter under accents, or a question mark for each cell."""
    from rich.cells import cell_len  # noqa: PLC0415 - most texts do without

    width = cell_len(character)
    letter = unicodedata.normalize("NFKD", character)[0]
    if width == 1 and letter != character:
        plain = _plain(letter)
        return plain if len(plain) == 1 else "?"
    return "?" * width


def _encode(text: str, _errors: str = "strict") -> tuple[bytes, int]:
    return in_ascii(text).encode("ascii", "replace"), len(text)


class _Encoder(codecs.IncrementalEncoder):
    def encode(self, text: str, final: bool = False) -> bytes:
        """Encode a part, which needs nothing of the parts before."""
        return _encode(text)[0]


def _codec() -> codecs.CodecInfo:
    return codecs.CodecInfo(_encode, codecs.ascii_decode, incrementalencoder=_Encoder, name=CODEC)
