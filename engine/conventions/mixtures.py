"""How each language spells a mixture of so many components."""

from collections.abc import Callable

from engine.conventions.formula import Formula, Spelling, root, same

__all__ = ["mixture"]

NOTE = "The last weight is 1 less the others."

NORMAL = {
    "scipy": "stats.norm.logpdf(x, loc=mu{j}, scale=sigma{j})",
    "r": "dnorm(x, mean = mu{j}, sd = sigma{j})",
    "stan": "normal_lpdf(x | mu{j}, sigma{j})",
}
POISSON = {
    "scipy": "stats.poisson.logpmf(x, mu=mu{j})",
    "r": "dpois(x, lambda = mu{j})",
    "stan": "poisson_lpmf(x | mu{j})",
}
MEMBERS = {"normal-mixture": NORMAL, "poisson-mixture": POISSON}
JOINED: dict[str, Callable[[list[tuple[str, str]]], str]] = {
    "scipy": lambda pairs: (
        f"special.logsumexp([{', '.join(f'np.log({w}) + {d}' for w, d in pairs)}], axis=0)"
    ),
    "r": lambda pairs: f"log({' + '.join(f'{w} * {d}' for w, d in pairs)})",
    "stan": lambda pairs: f"log_sum_exp({{{', '.join(f'log({w}) + {d}' for w, d in pairs)}}})",
}


def mixture(name: str, components: int, convention: str) -> Spelling | None:
    """Spell a mixture of the components of a family; None where the family is none."""
    if name not in MEMBERS:
        return None
    member = MEMBERS[name][convention]
    parameters: dict[str, Formula] = {}
    for j in range(1, components + 1):
        if j < components:
            parameters[f"w{j}"] = same(f"weight_{j}")
        parameters[f"mu{j}"] = same(f"mean_{j}")
        if name == "normal-mixture":
            parameters[f"sigma{j}"] = root(f"variance_{j}")
    weights = [f"w{j}" for j in range(1, components)]
    last = f"(1 - {' - '.join(weights)})"
    pairs = [(w, member.format(j=j)) for j, w in enumerate([*weights, last], 1)]
    return Spelling(JOINED[convention](pairs), parameters, NOTE)
