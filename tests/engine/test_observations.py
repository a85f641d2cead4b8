"""Columns of a file become observed, censored and truncated observations, or one sentence."""

import math

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.files import UnreadableData
from engine.fits.fitting import fit
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Censored, Sample
from engine.samples.support import POSITIVE_NUMBERS, outside
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

from .helpers import moderate, refusal


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "data.csv"
        path.write_text(text, "utf-8")
        return str(path)

    return write


def test_an_event_of_0_is_censored_at_the_value(file):
    sample = read_observations(file("h,ok\n1,1\n5,0\n2,1\n"), Roles(column="h", event="ok"))
    assert sample.values.tolist() == [1.0, 2.0]
    assert (sample.censored.low.tolist(), sample.censored.high.tolist()) == ([5.0], [math.inf])
    assert (sample.n, sample.total) == (3, 3)


@pytest.mark.parametrize("many", [1, 5000])
def test_an_event_may_be_true_or_false(file, many):
    text = "h,ok,x\n" + "1,TRUE,true\n5,false,1\nNA,true,2\n2, True ,3\n" * many
    sample = read_observations(file(text), Roles(column="h", event="ok"))
    assert sample.values.tolist() == [1.0, 2.0] * many
    assert sample.censored.low.tolist() == [5.0] * many
    assert sample.notes[0].startswith(f"{many:,} value")
    told = refusal(UnreadableData, read_observations, file(text), Roles(column="x", event="ok"))
    assert "row 2, column 'x': 'true' is not a finite number" in told
    text = "h,ok\n1,true\n5,1\n2,no\n"
    told = refusal(UnreadableData, read_observations, file(text), Roles(column="h", event="ok"))
    assert "row 4, column 'ok': 'no' is neither 1 or true for observed" in told


def test_the_only_other_column_is_the_values(file):
    sample = read_observations(file("h,ok\n1,1\n5,0\n"), Roles(event="ok"))
    assert sample.values.tolist() == [1.0]


def test_bounds_have_open_ends_and_equal_ends(file):
    text = "lo,hi,w\n1,2,1\n2,,2\n,3,3\n4,4,4\n9,9,0\n"
    sample = read_observations(file(text), Roles(lower="lo", upper="hi", weights="w"))
    assert sample.values.tolist() == [4.0]
    assert sample.weights.tolist() == [4.0]
    assert sample.censored.low.tolist() == [1.0, 2.0, -math.inf]
    assert sample.censored.high.tolist() == [2.0, math.inf, 3.0]
    assert sample.censored.weights.tolist() == [1.0, 2.0, 3.0]
    assert sample.total == 10.0


def test_truncation_is_kept(file):
    sample = read_observations(file("x\n1\n2\n"), Roles(below=0.5))
    assert sample.truncation == (0.5, math.inf)
    assert read_observations(file("x\n1\n2\n"), Roles()).truncation is None


def test_values_on_the_truncation_are_within_it(file):
    sample = read_observations(file("x\n1\n2\n3\n"), Roles(below=1.0, above=3.0))
    assert sample.values.tolist() == [1.0, 2.0, 3.0]


def test_what_a_family_cannot_hold_is_told_by_its_row(file):
    text = "h,ok,w\n3,1,1\nNA,1,1\n,,\n5,0,0\n-2,0,1\n0,1,2\n4,1,1\n-1,1,1\n"
    sample = read_observations(file(text), Roles(column="h", event="ok", weights="w"))
    told = outside(POSITIVE_NUMBERS, sample, "gamma")
    assert told.endswith(": 0 (row 7), -1 (row 9)")
    bounds = Roles(lower="a", upper="b")
    sample = read_observations(file("a,b\n7,7\n-3,-2\n,0\n5,\n2,2\n"), bounds)
    told = outside(POSITIVE_NUMBERS, sample, "gamma")
    assert told.endswith(": -3 to -2 (row 3), up to 0 (row 4)")
    assert [sample.line(row) for row in range(sample.n)] == [2, 6, 3, 4, 5]


def test_a_bundled_sample_is_called_by_its_name():
    told = refusal(UnreadableData, read_observations, "old-faithful", Roles(column="nine"))
    assert told == "'old-faithful' has no column 'nine'; it has 'waiting'."


def test_a_row_of_separators_alone_is_left_out_and_told(file):
    sample = read_observations(file("a,b\n1,2\n,\n\n3,4\n , \n"), Roles(column="a"))
    assert sample.values.tolist() == [1.0, 3.0]
    (note,) = sample.notes
    assert note.startswith("2 rows hold nothing but separators in '")
    assert note.endswith("and are left out: rows 3, 6.")


@pytest.mark.parametrize(
    ("text", "roles", "named"),
    [
        ("h,ok\n1,1\n5,2\n", Roles(event="ok"), "row 3, column 'ok': 2 is neither 1"),
        ("h,w\n1,-1\n", Roles(weights="w"), "row 2, column 'w': -1 is not a finite number from"),
        ("h,w\n1,0\n", Roles(weights="w"), "every weight is 0"),
        ("h,w\n1,9e307\n2,1e308\n", Roles(weights="w"), "no double holds what the weights add up"),
        ('"h\n1\n2\n', Roles(), "row 3: unexpected end of data"),
        ("h\n1\n", Roles("x"), "has no column 'x'; it has 'h'."),
        (
            ",".join(f"c{i}" for i in range(1_022)) + "\n" + "1," * 1_021 + "1\n",
            Roles("x"),
            "'c18', 'c19' and 1,002 more.",
        ),
        ("a,b\n2,1\n", Roles(lower="a", upper="b"), "row 2: the lower end 2 is above"),
        ("a,b\n1,2\n,\n", Roles(lower="a", upper="b"), None),
        ("a,b,c\n1,2,x\n,,x\n", Roles(lower="a", upper="b"), "row 3: both ends are open"),
        ("a,b\n1,2\n", Roles(lower="a"), "--lower and --upper go together"),
        ("a,b\n1,2\n", Roles(lower="a", upper="b", column="a"), "go together"),
        ("x\n1\n5\n", Roles(below=2.0), "row 2: the observation is outside"),
        ("a,b\n1,3\n0,1\n", Roles(lower="a", upper="b", below=2.0), "row 3: the observation is"),
        ("a,b\n1,3\n3,9\n", Roles(lower="a", upper="b", above=3.0), "row 3: the observation is"),
        ("a,b\n2,3\n1,4\n", Roles(lower="a", upper="b", below=2.0, above=3.0), "row 3: both ends"),
        ("x\n1\n", Roles(below=2.0, above=1.0), "--truncate-below must be less"),
    ],
)
def test_what_cannot_be_is_one_sentence(file, text, roles, named):
    told = refusal(UnreadableData, read_observations, file(text), roles)
    if named is None:
        assert told == ""
        return
    assert named in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize("family", ["poisson", "exponential"])
def test_an_interval_ends_where_the_truncation_does(family, file):
    roles = Roles(lower="a", upper="b", below=1.0, above=9.0)
    whole = read_observations(file("a,b\n0,3\n7,12\n2,4\n3,3\n"), roles)
    cut = read_observations(file("a,b\n,3\n7,\n2,4\n3,3\n"), roles)
    one, other = (fit(FAMILIES[family], sample) for sample in (whole, cut))
    assert one.parameters == other.parameters
    assert one.log_likelihood == other.log_likelihood


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_intervals_of_no_width_are_values(family, tmp_path):
    x = moderate(family).draw(25, np.random.default_rng(12))
    path = tmp_path / "x.csv"
    path.write_text("a,b\n" + "".join(f"{v!r},{v!r}\n" for v in x.tolist()), "utf-8")
    sample = read_observations(str(path), Roles(lower="a", upper="b"))
    assert sample.plain
    assert sample.values.tolist() == x.tolist()


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_narrow_intervals_are_nearly_values(family):
    """The mass of an interval is the density times its width, or a count's own mass."""
    if family.corner:
        pytest.skip("the density has a corner, which may lie within an interval")
    member = moderate(family)
    x = member.quantile(np.array([0.2, 0.4, 0.55, 0.8]))
    half = 0.5 if family.support.whole else 1e-5 * np.ptp(x)
    width = 1.0 if family.support.whole else 2.0 * half
    hidden = Sample(np.zeros(0), None, Censored(x - half, x + half, np.ones(4)))
    masses = Likelihood(family, hidden).value(member.values())
    values = Likelihood(family, Sample(x)).value(member.values())
    assert masses == pytest.approx(values + 4 * np.log(width), rel=1e-6)
