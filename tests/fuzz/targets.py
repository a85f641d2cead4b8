"""What reads text or bytes from outside, each as a function that takes any bytes.

It ends well, or with an error that the reader declares and whose sentences can be shown, which
it returns.
"""

import base64
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.capsules.capsule import Capsule, InvalidCapsule
from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.fields import Bound, Number, PerName, Whole
from engine.files import UnreadableData, read_text
from engine.presets import preset
from engine.settings import settings
from engine.tables.columns import summaries
from engine.tables.dialect import CHOICES, Dialect
from engine.tables.observations import read_observations
from engine.tables.opening import open_table
from engine.tables.roles import Roles

__all__ = ["TARGETS", "shown"]

LONGEST = 5000
"""Characters of a refusal at most, however many fields it names."""


@contextmanager
def refusing(*errors: type[ValueError]) -> Iterator[list[str]]:
    """Let declared errors pass; give their sentences, which must be such that can be shown."""
    told: list[str] = []
    try:
        yield told
    except errors as fault:
        told += str(fault).split("\n")
    for sentence in told:
        assert shown(sentence), ascii(sentence[:200])


def shown(sentence: str) -> bool:
    """Whether a sentence can be shown."""
    return sentence.isprintable() and len(sentence) < LONGEST


@contextmanager
def saved(content: bytes, name: str):
    """Keep bytes in a file for a while."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield str(path)


def table(content: bytes) -> list[str]:
    """Read a table, whose first bytes choose a dialect and roles; what is noted is told as well."""
    told, content = content[:8], content[8:]
    picks = iter(told.ljust(8, b"\0"))
    dialect = Dialect(**{name: kinds[next(picks) % len(kinds)] for name, kinds in CHOICES.items()})
    with saved(content, "data.csv") as name, refusing(UnreadableData) as refusals:
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
        refusals.extend(sample.notes)
    return refusals


def parquet(content: bytes) -> list[str]:
    """Read what begins like a Parquet file."""
    with saved(b"PAR1" + content, "data.parquet") as name, refusing(UnreadableData) as refusals:
        opened = open_table(name)
        list(summaries(opened))
    return refusals


def experiment(content: bytes) -> list[str]:
    """Read an experiment's file, as it is and as the command line does."""
    with saved(content, "x.toml") as name, refusing(InvalidExperiment, UnreadableData) as refusals:
        read = Experiment.from_toml(read_text(name))
        assert Experiment.from_toml(read.to_toml()) == read
    return refusals


def capsule(content: bytes) -> list[str]:
    """Read a capsule's text."""
    with refusing(InvalidCapsule) as refusals:
        read = Capsule.read(content.decode("utf-8", "replace"))
        assert Capsule.read(read.to_line()) == read
    return refusals


def packed(content: bytes) -> list[str]:
    """Read a capsule's line."""
    line = b"mle1." + base64.urlsafe_b64encode(zlib.compress(content)).rstrip(b"=")
    return capsule(line) + capsule(b"mle1." + content)


def field(content: bytes) -> list[str]:
    """Parse what is typed into a field, or a flag."""
    text = content.decode("utf-8", "surrogateescape")
    found = []
    for kind in (Number(), Whole(0, 10**9), Bound(), PerName(), *(s.kind for s in DECLARED)):
        with refusing(ValueError) as refusals:
            kind.check(kind.parse(text))
        found += refusals
    return found


def named(content: bytes) -> list[str]:
    """Ask for a preset by any name."""
    with refusing(InvalidExperiment) as refusals, suppress(KeyError):
        preset(content.decode("utf-8", "surrogateescape"))
    return refusals


DECLARED = settings(Experiment)
TARGETS: dict[str, Callable[[bytes], list[str]]] = {
    each.__name__: each for each in (table, parquet, experiment, capsule, packed, field, named)
}
