"""The search for a mixture's hills, and the sums that it is measured by."""

import numpy as np
import pytest

from engine.distributions.mixture_climbs import Members, climbed
from engine.distributions.mixture_starts import sorted_points
from engine.distributions.normal_mixture import NormalMixture
from engine.distributions.poisson_mixture import PoissonMixture
from engine.samples.sample import Sample

both = pytest.mark.parametrize("family", [NormalMixture, PoissonMixture])


def test_sums_of_normals_hold_where_their_densities_vanish():
    made = NormalMixture.knowing(3)
    random = np.random.default_rng(5)
    x = np.concatenate([random.normal(0, 4, 200), [-90.0, 70.0, 400.0]])
    weights = random.uniform(0.5, 3.0, x.size)
    member = made.at(made.example)
    for part in (slice(None), slice(200), slice(202, None)):
        value, slopes = made.sums(x[part], weights[part], *made.example)
        logs, scores = member.log_density(x[part]), member.score(x[part])
        assert value == pytest.approx(weights[part] @ logs, rel=1e-13)
        assert made.total(x[part], weights[part], *made.example) == pytest.approx(value, rel=1e-13)
        assert slopes == pytest.approx(scores @ weights[part], rel=1e-11, abs=1e-11)


@both
def test_the_search_sees_the_family_s_densities_but_for_a_term_of_the_values(family):
    x = np.arange(12.0)
    weights, row = family.knowing(3).split(family.knowing(3).example)
    rows = np.stack([row, 2.0 * row])
    seen = family.knowing(3).log_densities(x, np.stack([weights, weights]), rows)
    told = np.array([[family.component.at(row).log_density(x) for row in each] for each in rows])
    told += np.log(weights)[:, np.newaxis]
    assert seen - seen[:1, :1] == pytest.approx(told - told[:1, :1], rel=1e-11, abs=1e-11)


@both
def test_starts_are_on_different_hills_and_the_same_each_time(family):
    made = family.knowing(3)
    true = family.knowing(4)
    sample = Sample(true.at(true.example).draw(300, np.random.default_rng(3)))
    starts = made.starts(sample)
    assert [each.values() for each in made.starts(sample)] == [each.values() for each in starts]
    heights = [each.log_density(sample.values).sum() for each in starts]
    assert heights == sorted(heights, reverse=True)
    for i, each in enumerate(starts):
        for other in starts[:i]:
            assert np.abs(np.subtract(each.values(), other.values())).max() > 1e-6


def test_only_climbs_to_other_hills_are_followed_beside_a_top():
    values = np.random.default_rng(1).normal(np.repeat([-20.0, 0.0, 24.0], 40), 1.0)
    points = sorted_points(Sample(values))
    places = np.array([[[-20.0, 4.0], [12.0, 90.0]], [[-10.0, 90.0], [24.0, 4.0]]])
    weights = np.array([[1 / 3, 2 / 3], [2 / 3, 1 / 3]])
    family = NormalMixture.knowing(2)
    tops = climbed(family, points, Members(weights, places), 25)
    assert tops.height.size == 2
    nudge = np.array([0.5, 1.0])
    beside = climbed(family, points, Members(weights, places + nudge), 25, tops)
    assert beside.height.tolist() == pytest.approx([tops.height[1]], abs=0.01)
    swapped = Members(tops.weights[:1, ::-1], tops.rows[:1, ::-1] + nudge)
    assert not climbed(family, points, swapped, 25, tops).height.size
