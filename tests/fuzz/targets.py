"""What reads text or bytes from outside, each as a function that takes any bytes.

It ends well, or with an error that the reader declares and whose sentence can be shown.
"""

import base64
import tempfile
import zlib
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.capsule import Capsule, InvalidCapsule
from engine.columns import summaries
from engine.dialect import CHOICES, Dialect
from engine.experiment import Experiment, InvalidExperiment
from engine.fields import Bound, Number, PerName, Whole
from engine.files import UnreadableData, read_text
from engine.observations import Roles, read_observations
from engine.presets import preset
from engine.settings import settings
from engine.tables import open_table

__all__ = ["TARGETS"]

LONGEST = 5000
"""Characters of a refusal at most, however many fields it names."""


@contextmanager
def refusing(*errors: type[ValueError]):
    """Let declared errors pass, if their sentences can be shown."""
    try:
        yield
    except errors as fault:
        for sentence in str(fault).split("\n"):
            assert sentence.isprintable(), ascii(sentence)
            assert len(sentence) < LONGEST, sentence[:200]


@contextmanager
def saved(content: bytes, name: str):
    """Keep bytes in a file for a while."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield str(path)


def table(content: bytes) -> None:
    """Read a table, whose first bytes choose a dialect and roles."""
    told, content = content[:8], content[8:]
    picks = iter(told.ljust(8, b"\0"))
    dialect = Dialect(**{name: kinds[next(picks) % len(kinds)] for name, kinds in CHOICES.items()})
    with saved(content, "data.csv") as name, refusing(UnreadableData):
        opened = open_table(name, dialect)
        header = opened.header[:4]
        list(summaries(opened))
        names = [*header, "", "x"]
        column, weights, event, upper = (names[next(picks) % len(names)] for _ in range(4))
        if told[:1] < b"\x80":
            roles = Roles(column, weights if told[1:2] < b"\x40" else "")
        elif told[:1] < b"\xc0":
            roles = Roles(column, event=event, below=-1.0)
        else:
            roles = Roles(lower=column, upper=upper)
        sample = read_observations(name, roles, dialect)
        assert sample.n > 0
        assert all(note.isprintable() for note in sample.notes)


def parquet(content: bytes) -> None:
    """Read what begins like a Parquet file."""
    with saved(b"PAR1" + content, "data.parquet") as name, refusing(UnreadableData):
        opened = open_table(name)
        list(summaries(opened))


def experiment(content: bytes) -> None:
    """Read an experiment's file, as it is and as the command line does."""
    with saved(content, "x.toml") as name, refusing(InvalidExperiment, UnreadableData):
        read = Experiment.from_toml(read_text(name))
        assert Experiment.from_toml(read.to_toml()) == read


def capsule(content: bytes) -> None:
    """Read a capsule's text."""
    with refusing(InvalidCapsule):
        read = Capsule.read(content.decode("utf-8", "replace"))
        assert Capsule.read(read.to_line()) == read


def packed(content: bytes) -> None:
    """Read a capsule's line."""
    capsule(b"mle1." + base64.urlsafe_b64encode(zlib.compress(content)).rstrip(b"="))
    capsule(b"mle1." + content)


def field(content: bytes) -> None:
    """Parse what is typed into a field, or a flag."""
    text = content.decode("utf-8", "surrogateescape")
    for kind in (Number(), Whole(0, 10**9), Bound(), PerName(), *(s.kind for s in DECLARED)):
        with refusing(ValueError):
            kind.check(kind.parse(text))


def named(content: bytes) -> None:
    """Ask for a preset by any name."""
    with refusing(InvalidExperiment), suppress(KeyError):
        preset(content.decode("utf-8", "surrogateescape"))


DECLARED = settings(Experiment)
TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (table, parquet, experiment, capsule, packed, field, named)
}
