"""Adam: steps a second on the article's normal, every step kept, beside optax and torch.optim.

All climb the same mean log-likelihood from the same sufficient statistics on the CPU, as a
user of each library would write it: a compiled step for optax, the fused optimizer for torch.
Peers that are not installed are left out with a note.
"""

import dataclasses
import importlib.util
import math
import statistics
import time

from engine.presets import preset
from engine.runs.training import Training
from engine.tapes.tape import Tape

EPOCHS = 100_000
PEER_EPOCHS = 5_000
ROUNDS = 3


def ours():
    """Steps a second, and bytes of the tape a step."""
    base = dataclasses.replace(
        preset("article"), optimizer="adam", learning_rate=1e-3, epochs=EPOCHS, validation=0.0,
        near=0.0, patience=0,
    )  # fmt: skip
    training = Training(base)
    tape = Tape(len(training.start))
    began = time.perf_counter()
    for block in training.blocks():
        tape.append(block)
    spent = time.perf_counter() - began
    width = tape.parameters().shape[1] + 6
    return (len(tape) - 1) / spent, 8 * width


def moments():
    """The sufficient statistics that all learn from."""
    training = Training(preset("article"))
    return training.train.statistics.mean, training.train.statistics.variance


def optax_steps():
    """Steps a second of a compiled optax update, every step kept in a list."""
    import jax  # noqa: PLC0415 - it may be missing
    import optax  # noqa: PLC0415

    jax.config.update("jax_enable_x64", True)
    mean, variance = moments()

    def loss(z):
        return 0.5 * (jax.numpy.log(2 * math.pi * z[1]) + (variance + (mean - z[0]) ** 2) / z[1])

    optimizer = optax.adam(1e-3)

    @jax.jit
    def step(z, state):
        value, gradient = jax.value_and_grad(loss)(z)
        updates, state = optimizer.update(gradient, state)
        return optax.apply_updates(z, updates), state, value

    z = jax.numpy.array([0.0, 1.0])
    state = optimizer.init(z)
    z, state, value = step(z, state)
    kept = []
    began = time.perf_counter()
    for _ in range(PEER_EPOCHS):
        z, state, value = step(z, state)
        kept.append((float(z[0]), float(z[1]), float(value)))
    return PEER_EPOCHS / (time.perf_counter() - began)


def torch_steps():
    """Steps a second of torch.optim, every step kept in a list."""
    import torch  # noqa: PLC0415 - it may be missing

    torch.set_num_threads(1)
    mean, variance = moments()
    z = torch.tensor([0.0, 1.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.Adam([z], lr=1e-3)
    kept = []
    began = time.perf_counter()
    for _ in range(PEER_EPOCHS):
        optimizer.zero_grad()
        loss = 0.5 * (torch.log(2 * math.pi * z[1]) + (variance + (mean - z[0]) ** 2) / z[1])
        loss.backward()
        optimizer.step()
        kept.append((*z.tolist(), loss.item()))
    return PEER_EPOCHS / (time.perf_counter() - began)


def table():
    """Print the comparison."""
    rates, width = [], 0
    for _ in range(ROUNDS):
        rate, width = ours()
        rates.append(rate)
    mine = statistics.median(rates)
    print(f"Adam, steps a second, {EPOCHS:,} epochs of the article's normal, every step kept")
    print(f"  mle-tui ({width} bytes of the tape a step, at most 100)    {mine:>12,.0f}")
    for name, peer in (("optax", optax_steps), ("torch", torch_steps)):
        if importlib.util.find_spec(name) is None:
            print(f"  {name} is not installed and left out")
            continue
        theirs = statistics.median(peer() for _ in range(ROUNDS))
        print(f"  {name:<20} {theirs:>12,.0f}   ratio {mine / theirs:,.0f} (at least 10)")


if __name__ == "__main__":
    table()
