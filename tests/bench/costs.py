"""What a fit costs in memory, and how its time grows with the sample.

Run as a script, it measures one family and prints JSON.
"""

import json
import statistics
import sys
import tracemalloc

from fits import apart, known, ours, seconds, values

GROWN = (100_000, 1_000_000, 10_000_000)


def memory(family, n=1_000_000):
    """Peak memory of a fit beyond the values, as a multiple of them."""
    ours(family)(values(family, 1000))
    x = values(family, n)
    tracemalloc.start()
    ours(family)(x)
    return tracemalloc.get_traced_memory()[1] / x.nbytes


def growth(family):
    """Seconds of our fit at growing sizes, the median of three."""
    ours(family)(values(family, 1000))
    spent = {}
    for n in GROWN:
        x = values(family, n)
        spent[n] = statistics.median(seconds(ours(family), x)[0] for _ in range(3))
    return spent


def table() -> None:
    """Print peak memory and growth, each in fresh processes."""
    print("peak memory of a fit of 1,000,000 values beyond them, in multiples of them")
    for family in known():
        if (multiple := apart(__file__, "memory", family)) is not None:
            print(f"  {family:<18}{multiple:>8.2f}", flush=True)
    print("seconds of a fit, and per million values")
    for family in ("weibull", "student-t"):
        for n, spent in (apart(__file__, "growth", family) or {}).items():
            print(f"  {family:<18}{int(n):>12,}{spent:>10.3f}{1e6 * spent / int(n):>10.3f}")


if __name__ == "__main__":
    print(json.dumps({"memory": memory, "growth": growth}[sys.argv[1]](sys.argv[2])))
