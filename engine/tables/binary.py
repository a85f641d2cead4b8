"""Files that are no text at all, told from their first bytes."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

__all__ = ["not_text"]

PACKED = {
    b"\x1f\x8b": "is compressed by gzip; unpack it first",
    b"BZh": "is compressed by bzip2; unpack it first",
    b"\xfd7zXZ\0": "is compressed by xz; unpack it first",
    b"\x28\xb5\x2f\xfd": "is compressed by Zstandard; unpack it first",
    b"PK\x03\x04": "is an archive or a spreadsheet; save its table as CSV",
    b"\xd0\xcf\x11\xe0": "is an old spreadsheet or document; save its table as CSV",
    b"%PDF-": "is a PDF document; save its table as CSV",
    b"\xff\xfe\0\0": "is UTF-32 text; save it as UTF-8",
    b"\0\0\xfe\xff": "is UTF-32 text; save it as UTF-8",
    b"SQLite format 3\0": "is a database; save its table as CSV",
}
CONTROLS = bytes({*range(32)} - set(b"\t\n\r\f\x1a"))
FEW, MOST = 8, 50
"""So many control bytes, or one in so many, may yet be in a text."""


def not_text(head: bytes, encoding: str) -> str:
    """Say why the first bytes of a file are no text in an encoding; nothing where they may be."""
    for mark, told in PACKED.items():
        if head.startswith(mark):
            return told
    if encoding.startswith("utf-16"):
        # whatever ends a line, divides cells or is a digit has a zero in UTF-16
        marked = head.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
        other = not marked and len(head.splitlines()) > 1 and b"\0" not in head
        return "is not UTF-16 text: it has lines, and no zero byte" if other else ""
    if b"\0" in head.partition(b"\n")[0]:
        return "is no text: row 1 holds NUL bytes"
    controls = len(head) - len(head.translate(None, CONTROLS))
    if encoding == "latin-1" and controls > max(FEW, len(head) // MOST):
        return "is no text: it is full of control bytes"
    return ""
