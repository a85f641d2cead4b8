"""A JSON document as text to read, or as one line to paste; and back, whatever is handed in.

The line is ``mle1.`` and the base64url of the zlib-compressed document (RFC 4648, section 5;
RFC 1950): letters, digits, ``.``, ``-`` and ``_`` alone, which no shell takes for its own.
"""

import base64
import json
import re
import zlib
from collections.abc import Mapping
from typing import Any, NoReturn

from engine.quoting import quoted
from engine.refusal import Refusal

__all__ = ["LARGEST", "InvalidCapsule", "line", "opened", "text"]

VERSION = 1
LARGEST = 16 << 20
"""Most characters of a document, packed or not."""
LINE = re.compile(r"mle(\d{1,9})\.", re.ASCII)


class InvalidCapsule(Refusal):
    """A capsule that cannot be; the message is one sentence that names the field at fault."""


def text(document: Mapping[str, Any]) -> str:
    """Write a document to be read."""
    return json.dumps(document, indent=2, allow_nan=False) + "\n"


def line(document: Mapping[str, Any]) -> str:
    """Write a document as one line without spaces."""
    compact = json.dumps(document, separators=(",", ":"), allow_nan=False)
    packed = base64.urlsafe_b64encode(zlib.compress(compact.encode("ascii"), 9))
    return f"mle{VERSION}.{packed.decode('ascii').rstrip('=')}"


def opened(given: str) -> Any:
    """Read either; InvalidCapsule where it is neither, or too large, or nested too deeply."""
    given = given.strip()
    if len(given) > LARGEST:
        raise _too_large()
    if mark := LINE.match(given):
        if int(mark[1]) != VERSION:
            raise InvalidCapsule(f"The line must be of version {VERSION}, not {int(mark[1])}.")
        given = _unpacked(given[mark.end() :])
    try:
        return json.loads(given, parse_constant=_unknown, object_pairs_hook=_once)
    except RecursionError:
        raise InvalidCapsule("The capsule is nested too deeply.") from None
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        raise InvalidCapsule(f"This is no capsule: {where} is not JSON.") from None
    except InvalidCapsule:
        raise
    except ValueError:
        raise InvalidCapsule("The capsule has a number of too many digits.") from None


def _unpacked(packed: str) -> str:
    """Undo the packing, as far as a document may be long."""
    cut = InvalidCapsule("The line is no whole capsule: it was cut off or mistyped.")
    try:
        padded = packed.encode("ascii") + b"=" * (-len(packed) % 4)
        unpacking = zlib.decompressobj()
        plain = unpacking.decompress(base64.b64decode(padded, b"-_", validate=True), LARGEST)
        if not unpacking.eof and len(plain) == LARGEST:
            raise _too_large()
        if not unpacking.eof or unpacking.unused_data:
            raise cut
        return plain.decode("utf-8")
    except InvalidCapsule:
        raise
    except (ValueError, zlib.error):
        raise cut from None


def _too_large() -> InvalidCapsule:
    return InvalidCapsule(f"The capsule is larger than {LARGEST >> 20} MB.")


def _unknown(constant: str) -> NoReturn:
    raise InvalidCapsule(f"{constant} is no number that a capsule holds.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object whose every name is there once."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise InvalidCapsule(f"{quoted(name)} is there twice.")
        found[name] = value
    return found
