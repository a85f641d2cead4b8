"""First-order optimizers: the recurrences of their papers, and where they settle."""

import copy
import math

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.fits.curvature import score_in_standard_errors
from engine.fits.fitting import fit
from engine.likelihoods.coordinates import standardized
from engine.likelihoods.likelihood import Likelihood
from engine.optimizers.adadelta import Adadelta
from engine.optimizers.adagrad import AdaGrad
from engine.optimizers.adam import Adam
from engine.optimizers.amsgrad import AMSGrad
from engine.optimizers.lion import Lion
from engine.optimizers.momentum import Momentum
from engine.optimizers.nadam import Nadam
from engine.optimizers.nesterov import Nesterov
from engine.optimizers.rmsprop import RMSProp
from engine.optimizers.rprop import Rprop
from engine.runs.ascent import ascend
from engine.samples.sample import Sample
from engine.settings import settings

METHODS = (
    Momentum,
    Nesterov,
    AdaGrad,
    RMSProp,
    Adadelta,
    Adam,
    AMSGrad,
    Nadam,
    Lion,
    Rprop,
)
EACH = pytest.mark.parametrize("method", METHODS, ids=lambda m: m.name)
CURVATURES = np.array([1.0, 10.0])
START = [1.0, -0.7]


class Bowl:
    """−½ zᵀ A z, with its maximum of 0 at the origin."""

    bounds = ()

    def score(self, *z):
        return tuple((-CURVATURES * z).tolist())


def walk(optimizer, rates, start=START):
    """Return every place on the way, the last one included."""
    bowl = Bowl()
    return ascend(bowl, optimizer, rates, start, optimizer.init(bowl, start)).places


def decaying(method, epochs, factor=0.99):
    """Rates that fall from the method's own by a factor every epoch."""
    return (method.rate * factor ** np.arange(epochs)).tolist()


# What follows are the papers' recurrences for −f. Each goes from z, by a learning rate h, and
# yields the places.


def gradient(z):
    return -CURVATURES * z


def momentum_by_hand(z, h, b=0.9):
    """Polyak's own form, in the places alone."""
    before = z
    while True:
        z, before = z + h * gradient(z) + b * (z - before), z
        yield z


def nesterov_by_hand(z, h, b=0.9):
    """The form of Sutskever et al.; our z is their θ + β v, where the gradient is taken."""
    theta, v = z, 0 * z
    while True:
        v = b * v + h * gradient(theta + b * v)
        theta = theta + v
        yield theta + b * v


def adagrad_by_hand(z, h, e=1e-10):
    past = []
    while True:
        past.append(gradient(z))
        z = z + h * past[-1] / (np.sqrt(np.sum(np.square(past), axis=0)) + e)
        yield z


def rmsprop_by_hand(z, h, a=0.9, e=1e-8):
    past = []
    while True:
        past.append(gradient(z))
        z = z + h * past[-1] / (np.sqrt(averaged(np.square(past), a)) + e)
        yield z


def adadelta_by_hand(z, h, r=0.95, e=1e-6):
    past, moves = [], []
    while True:
        past.append(gradient(z))
        rms_g = np.sqrt(averaged(np.square(past), r) + e)
        rms_d = np.sqrt((averaged(np.square(moves), r) if moves else 0.0) + e)
        moves.append(rms_d / rms_g * past[-1])
        z = z + h * moves[-1]
        yield z


def adam_by_hand(z, h, b1=0.9, b2=0.999, e=1e-8):
    past = []
    while True:
        past.append(gradient(z))
        t = len(past)
        m_hat = averaged(past, b1) / (1 - b1**t)
        v_hat = averaged(np.square(past), b2) / (1 - b2**t)
        z = z + h * m_hat / (np.sqrt(v_hat) + e)
        yield z


def amsgrad_by_hand(z, h, b1=0.9, b2=0.999, e=1e-8):
    past, greatest = [], 0.0
    while True:
        past.append(gradient(z))
        t = len(past)
        greatest = np.maximum(greatest, averaged(np.square(past), b2))
        m_hat = averaged(past, b1) / (1 - b1**t)
        z = z + h * m_hat / (np.sqrt(greatest / (1 - b2**t)) + e)
        yield z


def nadam_by_hand(z, h, b1=0.9, b2=0.999, e=1e-8):
    past = []
    while True:
        past.append(gradient(z))
        t = len(past)
        mu = b1 * (1 - 0.5 * 0.96 ** (0.004 * np.arange(1, t + 2)))
        m_hat = mu[t] * averaged(past, b1) / (1 - np.prod(mu))
        m_hat = m_hat + (1 - mu[t - 1]) * past[-1] / (1 - np.prod(mu[:t]))
        v_hat = averaged(np.square(past), b2) / (1 - b2**t)
        z = z + h * m_hat / (np.sqrt(v_hat) + e)
        yield z


def lion_by_hand(z, h, b1=0.9, b2=0.99):
    m = 0 * z
    while True:
        g = gradient(z)
        z = z + h * np.sign(b1 * m + (1 - b1) * g)
        m = b2 * m + (1 - b2) * g
        yield z


def rprop_by_hand(z, h):
    """iRprop⁻, a coordinate at a time as in the paper's listing."""
    z, sizes, before = z.copy(), [0.1, 0.1], [0.0, 0.0]
    while True:
        g = gradient(z)
        for i in range(2):
            if before[i] * g[i] > 0:
                sizes[i] = min(sizes[i] * 1.2, 50)
            elif before[i] * g[i] < 0:
                sizes[i] = max(sizes[i] * 0.5, 1e-12)
                g[i] = 0
            z[i] += h * np.sign(g[i]) * sizes[i]
            before[i] = g[i]
        yield z.copy()


def averaged(past, kept):
    """Unroll a decaying mean that began at zero."""
    ages = np.arange(len(past))[::-1]
    return (1 - kept) * np.sum(kept ** ages[:, np.newaxis] * np.array(past), axis=0)


BY_HAND = {
    Momentum: momentum_by_hand,
    Nesterov: nesterov_by_hand,
    AdaGrad: adagrad_by_hand,
    RMSProp: rmsprop_by_hand,
    Adadelta: adadelta_by_hand,
    Adam: adam_by_hand,
    AMSGrad: amsgrad_by_hand,
    Nadam: nadam_by_hand,
    Lion: lion_by_hand,
    Rprop: rprop_by_hand,
}


@EACH
@pytest.mark.parametrize("rate", [None, 0.3])
def test_steps_are_those_of_the_paper(method, rate):
    rate = rate or method.rate
    expected = [
        place for place, _ in zip(BY_HAND[method](np.array(START), rate), range(12), strict=False)
    ]
    found = walk(method(), [rate] * 12)[1:]
    assert found[:3] == pytest.approx(np.array(expected[:3]), rel=1e-13, abs=1e-15)
    assert found == pytest.approx(np.array(expected), rel=1e-11, abs=1e-13)


@pytest.mark.parametrize(
    ("optimizer", "first", "second"),
    [
        # along a gradient of 2, then of −1
        (Momentum(), 2.0, 0.9 * 2 - 1),
        (Nesterov(), 2 + 0.9 * 2, -1 + 0.9 * (0.9 * 2 - 1)),
        (AdaGrad(), 1.0, -1 / math.sqrt(5)),
        (RMSProp(), math.sqrt(10), -1 / math.sqrt(0.9 * 0.4 + 0.1)),
        (Adam(), 1.0, (0.9 * 0.2 - 0.1) / 0.19 / math.sqrt((0.999 * 4 + 1) / 1.999)),
        (AMSGrad(), 1.0, (0.9 * 0.2 - 0.1) / 0.19 / math.sqrt((0.999 * 4 + 1) / 1.999)),
        (Lion(), 1.0, -1.0),
        (Rprop(), 0.1, 0.0),
    ],
    ids=lambda o: getattr(o, "name", ""),
)
def test_steps_by_hand(optimizer, first, second):
    state = optimizer.init(Bowl(), [0.0])
    (one,), state, extra = optimizer.step(Bowl(), [0.0], [2.0], state)
    (two,), _, _ = optimizer.step(Bowl(), [0.0], [-1.0], state)
    assert (one, two) == pytest.approx((first, second), rel=1e-7, abs=1e-12)
    assert extra == 0


def test_greatest_square_outlasts_the_gradients():
    adam, amsgrad = Adam(beta1=0.0, beta2=0.5), AMSGrad(beta1=0.0, beta2=0.5)
    a, w = adam.init(Bowl(), [0.0]), amsgrad.init(Bowl(), [0.0])
    for g in ([8.0], [1.0], [1.0], [1.0]):
        (plain,), a, _ = adam.step(Bowl(), [0.0], g, a)
        (careful,), w, _ = amsgrad.step(Bowl(), [0.0], g, w)
    assert plain == pytest.approx(1 / math.sqrt((32 / 8 + 0.5 + 0.25 + 0.125) / (1 - 1 / 16)))
    assert careful == pytest.approx(1 / math.sqrt(32 / (1 - 1 / 16)))


def test_nothing_is_kept_without_memory():
    g, state = [2.0, -3.0], Momentum(beta=0.0).init(Bowl(), START)
    for _ in range(3):
        direction, state, _ = Momentum(beta=0.0).step(Bowl(), START, g, state)
    assert direction == (2.0, -3.0)


@EACH
def test_rule_is_pure(method):
    optimizer, bowl = method(), Bowl()
    z, g = [0.3, -0.2], [-0.5, 1.5]
    state = optimizer.init(bowl, z)
    for _ in range(3):
        before = copy.deepcopy((z, g, state))
        found = optimizer.step(bowl, z, g, state)
        assert optimizer.step(bowl, z, g, state) == found
        assert (z, g, state) == before
        hash(found[1])  # only what cannot change has a hash
        state, g = found[1], [-2 * g[0], 0.5 * g[1]]


@EACH
@pytest.mark.parametrize("size", [1, 8])
def test_no_gradient_no_step(method, size):
    optimizer = method()
    z = [0.5] * size
    direction, state, _ = optimizer.step(Bowl(), z, [0.0] * size, optimizer.init(Bowl(), z))
    assert list(direction) == [0.0] * size
    small, _, _ = optimizer.step(Bowl(), z, [5e-324] * size, state)
    assert np.isfinite(small).all()


@EACH
def test_huge_gradients_end_the_path_or_pass(method):
    class Cliff(Bowl):
        def score(self, *z):
            if abs(z[0]) > 1e280:
                raise OverflowError
            return tuple(1e140 * value for value in z)

    rates = [method.rate] * 50
    path = ascend(Cliff(), method(), rates, START, method().init(Cliff(), START))
    assert 1 <= len(path.places) <= 51


@EACH
def test_settings_are_declared(method):
    optimizer = method()
    declared = settings(method)
    assert {s.name for s in declared} == set(method.__dataclass_fields__)
    for each in declared:
        value = getattr(optimizer, each.name)
        assert each.kind.check(value) == value
        assert each.meaning
        with pytest.raises(ValueError, match="must be"):
            each.kind.check(-1.0)
    fractions = [s for s in declared if s.name in {"beta", "beta1", "beta2", "rho", "alpha"}]
    for each in fractions:
        assert each.kind.check(0.0) == 0.0
        with pytest.raises(ValueError, match="below 1"):
            each.kind.check(1.0)
    assert method.needs == ("score",)
    assert method.name
    assert method.update
    assert method.reference


SETTLED = {Momentum: 400, Nesterov: 400, AdaGrad: 400, Adam: 700, AMSGrad: 1000, Rprop: 200}
"""Epochs in which the constant rate of the method gets within 1e-9 of the bowl's maximum."""

DECAYING = [Adadelta, Lion, Nadam, RMSProp]
"""Methods that hop over the maximum of the bowl, however near they begin, at a constant rate.

Their steps do not shrink with the gradient, and Nadam's only while it remembers steeper ones.
Adadelta's do, as gradient ascent's, but 1 is too high a rate for a curvature of 10.
"""


@pytest.mark.parametrize(("method", "epochs"), SETTLED.items(), ids=lambda m: getattr(m, "name", m))
def test_bowl_at_a_constant_rate(method, epochs):
    assert np.abs(walk(method(), [method.rate] * epochs)[-1]).max() <= 1e-9


@pytest.mark.parametrize("method", DECAYING)
def test_bowl_at_a_decaying_rate(method):
    hopping = walk(method(), [method.rate] * 5000, start=[0.01, -0.007])[-1000:]
    assert 1e-5 <= np.abs(hopping).max() <= 1
    assert np.abs(walk(method(), decaying(method, 20_000, 0.999))[-1]).max() <= 1e-9


@pytest.mark.parametrize(
    "method", [Momentum, Nesterov, AdaGrad, AMSGrad, Rprop], ids=lambda m: m.name
)
def test_it_stays_at_the_top(method):
    assert np.abs(walk(method(), [method.rate] * 10_000)[2000:]).max() <= 1e-9


def test_adam_leaves_the_top_again():
    places = np.abs(walk(Adam(), [Adam.rate] * 20_000)).max(axis=1)
    reached = int(np.argmax(places <= 1e-9))
    assert places[reached] <= 1e-9
    assert places[reached:].max() >= 1e-3
    kept = np.abs(walk(Adam(), decaying(Adam, 20_000, 0.998))).max(axis=1)
    assert kept[5000:].max() <= 1e-9


def test_adadelta_settles_where_the_curvature_allows():
    assert np.abs(walk(Adadelta(), [0.1] * 3000)[-1]).max() <= 1e-9


EPOCHS = {
    Momentum: 300,
    Nesterov: 150,
    AdaGrad: 500,
    RMSProp: 1000,
    Adadelta: 200,
    Adam: 300,
    AMSGrad: 400,
    Nadam: 1000,
    Lion: 1000,
    Rprop: 200,
}
"""Epochs that lead from a guess to the maximum of the likelihood."""

NAMES = ("normal", "gamma", "weibull", "negative-binomial", "student-t")


@pytest.fixture(scope="module", params=NAMES)
def climb(request):
    """A likelihood, its fit, and the guess to begin at."""
    family = FAMILIES[request.param]
    sample = Sample(family.at(family.example).draw(2000, np.random.default_rng(1)))
    return Likelihood(family, sample), fit(family, sample), family.guess(sample).values()


@EACH
def test_likelihoods(method, climb):
    likelihood, best, start = climb
    coordinates = standardized(likelihood, start)
    epochs = EPOCHS[method]
    decays = method in {*DECAYING} - {Adadelta}
    rates = decaying(method, epochs) if decays else [method.rate] * epochs
    z = coordinates.place(start)
    path = ascend(coordinates, method(), rates, z, method().init(coordinates, z))
    (found,) = coordinates.parameters(path.places[-1:]).tolist()
    assert score_in_standard_errors(likelihood, found) <= 1e-3
    top = likelihood.value(best.parameters)
    assert likelihood.value(found) == pytest.approx(top, rel=1e-8)
