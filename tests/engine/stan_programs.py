"""The Stan programs, compiled and run: they give our log-likelihood, and no step goes higher.

It takes some minutes, for a compiler does most of the work, so it is no test: begin it by hand,
in an environment of its own with the package pystan, by

    python -m tests.engine.stan_programs

Some programs at a time are joined into one, their names told apart by a number. Each model is
computed among the generated quantities too, so that every family's log-likelihood is seen.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from engine.conventions import told
from engine.distributions import FAMILIES
from engine.fits.fitted import Fit
from engine.fits.fitting import fit
from engine.samples.sample import Sample
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

from .helpers import moderate

TOGETHER = 9
STEP = 1e-3
INWARD = {"y_min": -1e-9, "alpha": -1e-9, "beta": 1e-9}
"""Off the corner, where a bounded parameter is infinitely far away."""

BLOCKS = "data", "parameters", "model", "generated quantities"
BLOCK = re.compile(r"^(data|parameters|model) \{\n(.*?)^\}", re.S | re.M)


def fits() -> Iterator[tuple[str, Fit]]:
    """A fit of every family that Stan has a program for, and of weights and more components."""
    for name, family in FAMILIES.items():
        fitted = fit(family, Sample(moderate(family).draw(200, np.random.default_rng(6))))
        if told(fitted, "stan").code:
            yield name, fitted
    yield "weights", fit(FAMILIES["poisson"], read_observations("horse-kicks", Roles()))
    three = moderate(FAMILIES["normal-mixture"].knowing(3))
    values = three.draw(400, np.random.default_rng(6))
    yield "three components", fit(type(three), Sample(values))


def numbered(fitted: Fit, k: int) -> dict[str, str]:
    """The blocks of a program, each of its names with a number."""
    found = told(fitted, "stan")
    names = "|".join(["N", "x", "w", *(each.name for each in found.parameters)])
    # what is followed by a bracket is a function
    own, code = re.compile(rf"(?<![\w.])({names})\b(?!\()"), re.sub("//.*", "", found.code)
    blocks = {name: own.sub(rf"\1_{k}", body) for name, body in BLOCK.findall(code)}
    seen = blocks["model"].replace("target", f"ll_{k}")
    return blocks | {"generated quantities": f"  real ll_{k} = 0;\n  {{\n{seen}  }}\n"}


def given(fitted: Fit, k: int) -> dict[str, Any]:
    """The data of a program."""
    sample, whole = fitted.likelihood.sample, fitted.likelihood.family.support.whole
    values = sample.values.astype(int) if whole else sample.values
    data = {f"N_{k}": values.size, f"x_{k}": values.tolist()}
    return data if sample.weights is None else data | {f"w_{k}": sample.weights.tolist()}


def estimates(fitted: Fit, k: int) -> dict[str, float]:
    """Where a program's log-likelihood is asked for."""
    inward = INWARD if fitted.likelihood.family.corner else {}
    return {
        f"{each.name}_{k}": each.value + inward.get(each.name, 0.0)
        for each in told(fitted, "stan").parameters
    }


def together(parts: Callable[[Fit, int], dict[str, Any]], programs: list[Fit]) -> dict[str, Any]:
    """What each program has by a name, for all of them."""
    whole: dict[str, Any] = {}
    for k, fitted in enumerate(programs):
        for name, part in parts(fitted, k).items():
            whole[name] = whole[name] + part if name in whole else part
    return whole


def faults(programs: dict[str, Fit]) -> Iterator[str]:
    """What Stan gives that is not ours, in words."""
    import stan  # type: ignore[import-not-found]  # noqa: PLC0415 - of an environment of its own

    every = list(programs.values())
    blocks = together(numbered, every)
    code = "\n".join(f"{name} {{\n{blocks[name]}}}" for name in BLOCKS)
    model = stan.build(code, data=together(given, every))
    start = np.array(model.unconstrain_pars(together(estimates, every)))

    def heights(place: np.ndarray) -> np.ndarray:
        return np.array(model.constrain_pars(place.tolist())[place.size :])

    theirs, ours = heights(start), np.array([each.log_likelihood for each in every])
    for name, here, reached in zip(programs, theirs, ours, strict=True):
        if not abs(here - reached) <= 1e-6:
            yield f"{name}: a log-likelihood of {here} and not {reached}"
    for way in np.concatenate([np.eye(start.size), -np.eye(start.size)]):
        higher = heights(start + STEP * way) - theirs
        for (name, fitted), rise in zip(programs.items(), higher, strict=True):
            if fitted.covariance is not None and not rise <= 1e-9:
                yield f"{name}: a step goes up by {rise}"


def main() -> None:
    """Check all families, and end with 1 where something is wrong."""
    every = dict(fits())
    names, wrong = list(every), []
    for first in range(0, len(names), TOGETHER):
        chosen = {name: every[name] for name in names[first : first + TOGETHER]}
        found = list(faults(chosen))
        print(*(found or [f"as ours: {', '.join(chosen)}"]), sep="\n", flush=True)
        wrong += found
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
