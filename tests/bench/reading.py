"""Reading tables beside pandas, polars and duckdb, as far as they are installed.

Run as a script, it prints the median milliseconds of each, in turn, and our ratio to the best.
"""

import importlib
import importlib.util
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from engine.tables.opening import open_table

ROWS, ROUNDS = 1_000_000, 7
NAMES = np.array(["alpha", "Beta Street", "x", "Gamma & sons", "delta"])


@dataclass(frozen=True)
class Case:
    """A table: its header, what writes a row of it, and what is asked of it and told the peers."""

    header: str
    row: str
    columns: list[str] | None = None
    pandas: dict[str, Any] = field(default_factory=dict)
    polars: dict[str, Any] = field(default_factory=dict)
    duckdb: dict[str, Any] = field(default_factory=dict)


CASES = {
    "seventeen digits": Case("a,b,c", "{0!r},{1!r},{2!r}"),
    "four decimals": Case("a,b,c", "{0:.4f},{1:.4f},{2:.4f}"),
    "seventeen digits, whole numbers, six digits": Case("a,b,c", "{0!r},{3},{2:.6g}"),
    "decimal commas": Case(
        "a;b;c",
        "{0:.6f};{1:.6f};{2:.6f}",
        pandas={"sep": ";", "decimal": ","},
        polars={"separator": ";", "decimal_comma": True},
        duckdb={"sep": ";", "decimal": ","},
    ),
    "one cell in a hundred missing": Case("a,b,c", "{5},{6},{2!r}"),
    "a text column, one number picked": Case("who,x,y", "{4},{0!r},{3}", ["x"]),
    "a text column, both numbers picked": Case("who,x,y", "{4},{0!r},{3}", ["x", "y"]),
    "a text column, one number for us, all for them": Case("who,x,y", "{4},{0!r},{3}", ["x"]),
}


def ours(path, case, columns):
    found = open_table(path)
    places = [found.header.index(name) for name in columns or found.header]
    return [column.values for column in found.read(places)]


def pandas(path, case, columns):
    frame = importlib.import_module("pandas").read_csv(path, usecols=columns, **case.pandas)
    return [frame[name].to_numpy() for name in frame]


def polars(path, case, columns):
    frame = importlib.import_module("polars").read_csv(path, columns=columns, **case.polars)
    return [column.to_numpy() for column in frame]


def duckdb(path, case, columns):
    found = importlib.import_module("duckdb").read_csv(path, **case.duckdb)
    return list((found.select(*columns) if columns else found).fetchnumpy().values())


def known():
    """Readers that are there, ours first; each is loaded before it is timed."""
    for reader in (ours, pandas, polars, duckdb):
        if reader is ours or importlib.util.find_spec(reader.__name__):
            yield reader


def written(case, folder):
    """Write the table of a case."""
    random = np.random.default_rng(1)
    values = random.normal(7.2, 2.8, (ROWS, 3))
    whole = random.integers(-(10**6), 10**6, ROWS).tolist()
    names = NAMES[random.integers(0, 5, ROWS)].tolist()
    gone = random.random((2, ROWS)) < 0.01
    holes = [
        np.where(lost, "", column.astype(str)).tolist()
        for lost, column in zip(gone, values.T, strict=False)
    ]
    path = str(Path(folder) / "table.csv")
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(case.header + "\n")
        for row in zip(*values.T.tolist(), whole, names, *holes, strict=True):
            line = case.row.format(*row)
            file.write((line.replace(".", ",") if ";" in line else line) + "\n")
    return path


def table() -> None:
    """Print what each needs for the same files, one after the other in every round."""
    print(f"reading {ROWS:,} rows of 3 columns, ms, median of {ROUNDS} rounds in turn")
    for name, case in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            _compare(name, case, written(case, folder))


def _compare(name, case, path):
    spent = {reader.__name__: [] for reader in known()}
    all_for_them = "all for them" in name
    for nth in range(ROUNDS + 1):
        for reader in known():
            columns = None if all_for_them and reader is not ours else case.columns
            began = time.perf_counter()
            reader(path, case, columns)
            if nth:
                spent[reader.__name__].append(time.perf_counter() - began)
    medians = {each: 1e3 * statistics.median(times) for each, times in spent.items()}
    print(f"  {name}: " + ", ".join(f"{each} {ms:.0f}" for each, ms in medians.items()))
    if theirs := [ms for each, ms in medians.items() if each != "ours"]:
        print(f"  ratio to the best {medians['ours'] / min(theirs):.2f} (at most 2)")


if __name__ == "__main__":
    table()
