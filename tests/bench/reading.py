"""Reading a table of numbers beside pandas, polars and duckdb, as far as they are installed.

Run as a script, it prints the median seconds of each, in turn, and our ratio to the best.
"""

import importlib
import importlib.util
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from engine.tables import open_table

ROWS, COLUMNS, ROUNDS = 1_000_000, 3, 7
TABLES = {
    "seventeen digits": "{!r}",
    "four decimals": "{:.4f}",
}


def ours(path):
    table = open_table(path)
    return [column.values for column in table.read(range(len(table.header)))]


def pandas(path):
    frame = importlib.import_module("pandas").read_csv(path)
    return [frame[name].to_numpy() for name in frame]


def polars(path):
    frame = importlib.import_module("polars").read_csv(path)
    return [column.to_numpy() for column in frame]


def duckdb(path):
    found = importlib.import_module("duckdb").read_csv(path).fetchnumpy()
    return list(found.values())


def known():
    """Readers that are there, ours first; each is loaded before it is timed."""
    for reader in (ours, pandas, polars, duckdb):
        if reader is ours or importlib.util.find_spec(reader.__name__):
            yield reader


def table() -> None:
    """Print what each needs for the same files, one after the other in every round."""
    values = np.random.default_rng(1).normal(7.2, 2.8, (ROWS, COLUMNS))
    print(f"reading {ROWS:,} rows of {COLUMNS} numbers, ms, median of {ROUNDS} rounds in turn")
    with tempfile.TemporaryDirectory() as folder:
        for name, form in TABLES.items():
            path = str(Path(folder) / "table.csv")
            line = ",".join([form] * COLUMNS) + "\n"
            with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
                file.write("a,b,c\n")
                file.writelines(line.format(*row) for row in values.tolist())
            _compare(name, path)


def _compare(name, path):
    spent = {reader.__name__: [] for reader in known()}
    for reader in known():
        reader(path)
    for _ in range(ROUNDS):
        for reader in known():
            began = time.perf_counter()
            reader(path)
            spent[reader.__name__].append(time.perf_counter() - began)
    medians = {each: 1e3 * statistics.median(times) for each, times in spent.items()}
    print(f"  {name}: " + ", ".join(f"{each} {ms:.0f}" for each, ms in medians.items()))
    if theirs := [ms for each, ms in medians.items() if each != "ours"]:
        print(f"  ratio to the best {medians['ours'] / min(theirs):.2f} (at most 2)")


if __name__ == "__main__":
    table()
