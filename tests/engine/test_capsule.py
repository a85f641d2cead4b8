"""A capsule reads back as it was written, replays to the same digits, and is never trusted."""

import base64
import dataclasses
import json
import re
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Experiment, UnreadableData
from engine.capsules.capsule import Capsule, InvalidCapsule, read_capsule
from engine.capsules.envelope import LARGEST
from engine.capsules.recorded import Part
from engine.capsules.replay import differences, raced, replay

from .helpers import refusal
from .journeys import GAMMA, MOVES, SMALL, rows, start, wandered, watch


def session():
    """A journey of every kind of branch, and the branch on the screen."""
    journey, run = start(dataclasses.replace(SMALL, average_from=15))
    adam = watch(journey.branch(run, 40, {"optimizer": "adam", "learning_rate": 0.05}), 30)
    once = journey.drive(adam, 55, (3.0, 2.0))
    twice = watch(journey.drive(once, once.begin, (4.0, 3.0)), 20)
    held = watch(journey.branch(twice, 56, {"fixed": {"mean": 5.0}, "optimizer": "newton"}), 9)
    return journey, held


@pytest.fixture(scope="module")
def capsule():
    journey, held = session()
    return Capsule.of(journey, held, 60, ("adam", "newton"), (journey.branches[1], 42))


@pytest.fixture
def document(capsule):
    return json.loads(capsule.to_text())


def test_it_records_what_was_done(capsule):
    assert capsule.experiment.average_from == 15
    assert [part.parent for part in capsule.parts] == [None, 0, 1, 2]
    assert [part.at for part in capsule.parts] == [0, 40, 55, 56]
    assert capsule.parts[1].changes == {"optimizer": "adam", "learning_rate": 0.05}
    assert capsule.parts[2].hand == ((3.0, 2.0), (4.0, 3.0))
    assert [part.upto for part in capsule.parts] == [80, 70, 77, 65]
    assert (capsule.shown, capsule.epoch) == (3, 60)
    assert (capsule.race, capsule.race_from) == (("adam", "newton"), (1, 42))


def test_text_and_line_read_back_as_they_were(capsule):
    text, line = capsule.to_text(), capsule.to_line()
    assert text.startswith('{\n  "mle-tui capsule": 1,\n')
    assert re.fullmatch(r"mle1\.[A-Za-z0-9_-]+", line)
    for written in (text, line, f"\n\t {text} \n", f"  {line}\r\n"):
        read = Capsule.read(written)
        assert read == capsule
        assert (read.to_text(), read.to_line()) == (text, line)


def test_a_file_or_the_capsule_itself_is_read(capsule, tmp_path):
    path = tmp_path / "capsule-1.json"
    for text in (capsule.to_text(), capsule.to_line(), "\ufeff" + capsule.to_text()):
        path.write_text(text, "utf-8")
        assert read_capsule(str(path)) == capsule
    assert read_capsule(capsule.to_line()) == read_capsule(capsule.to_text()) == capsule
    path.write_text('{"mle-tui capsule": 2}', "utf-8")
    with pytest.raises(InvalidCapsule, match=r"^'/.*': \"mle-tui capsule\" must be 1, not 2\.$"):
        read_capsule(str(path))
    with pytest.raises(UnreadableData):
        read_capsule(str(tmp_path / "nix"))


def test_a_replay_takes_the_same_steps(capsule):
    journey, _ = session()
    again = replay(Capsule.read(capsule.to_line()))
    assert len(again.branches) == len(journey.branches)
    for one, other in zip(journey.branches, again.branches, strict=True):
        assert rows(other, other.seen + 1) == rows(one, one.seen + 1)
        assert (one.seen, one.changes, one.hand) == (other.seen, other.changes, other.hand)
    assert differences(capsule, again) == []
    assert raced(capsule, again).experiment.start == dict(
        zip(("mean", "variance"), journey.branches[1].tape[42].parameters, strict=True)
    )
    shown = again.branches[capsule.shown]
    assert Capsule.of(again, shown, 60, capsule.race, (again.branches[1], 42)) == capsule


@given(st.sampled_from([SMALL, GAMMA]), st.lists(MOVES, max_size=5))
@settings(max_examples=25, deadline=None)
def test_any_journey_is_replayed_to_the_last_bit(first, drawn):
    journey = wandered(first, drawn)
    shown = journey.branches[-1]
    capsule = Capsule.of(journey, shown, shown.seen)
    assert Capsule.read(capsule.to_text()) == Capsule.read(capsule.to_line()) == capsule
    again = replay(capsule)
    assert differences(capsule, again) == []
    replayed = [(b.fork, b.hand, b.seen, rows(b, b.seen + 1)) for b in again.branches]
    for b in journey.branches:
        assert (b.fork, b.hand, b.seen, rows(b, b.seen + 1)) in replayed


def test_a_branch_that_gave_way_is_kept_for_those_that_leave_it():
    journey, run = start()
    young = journey.branch(run, 40, {"optimizer": "adam"})
    child = watch(journey.branch(young, 20, {}), 5)
    journey.branch(young, 40, {"optimizer": "momentum"})
    assert young not in journey.branches
    capsule = Capsule.of(journey, child, 25)
    assert len(capsule.parts) == 4
    assert differences(capsule, replay(capsule)) == []


def test_a_limit_of_seconds_cuts_no_replay_short():
    journey, run = start(dataclasses.replace(SMALL, seconds=1e6))
    made = watch(journey.branch(run, 40, {"seconds": 1e5}), 100)
    capsule = Capsule.of(journey, made, 90)
    short = dataclasses.replace(
        capsule,
        experiment=dataclasses.replace(capsule.experiment, seconds=1e-9),
        parts=(capsule.parts[0], dataclasses.replace(capsule.parts[1], changes={"seconds": 1e-9})),
    )
    assert differences(short, replay(short)) == []


def test_other_data_are_told(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("x\n1\n2\n3\n5\n8\n", "utf-8")
    experiment = Experiment.of({"data": str(path), "epochs": 200, "near": 0.0})
    journey, run = start(experiment, 60)
    moved = watch(journey.branch(run, 50, {}), 10)
    capsule = Capsule.of(journey, moved, 60)
    assert differences(capsule, replay(capsule)) == []
    path.write_text("x\n1\n2\n3\n5\n9\n", "utf-8")
    found = differences(capsule, replay(capsule))
    assert [sentence[:24] for sentence in found] == [
        "Branch 1, epoch 60: the ",
        "Branch 2, epoch 60: the ",
    ]
    assert "was recorded as" in found[0]
    path.unlink()
    with pytest.raises(UnreadableData):
        replay(capsule)


def test_a_run_that_ends_too_soon_is_told(capsule):
    first = dataclasses.replace(capsule.experiment, epochs=60)
    found = differences(alone := changed(capsule, experiment=first, upto=80), replay(alone))
    assert found == ["Branch 1 ends at epoch 60, and was recorded to epoch 80."]
    short = dataclasses.replace(capsule, experiment=dataclasses.replace(first, epochs=30))
    told = "branches[1].at must not be 40, for branches[0] ends at epoch 30."
    assert refusal(InvalidCapsule, replay, short) == told


def changed(capsule, experiment, upto):
    """The first run alone."""
    part = dataclasses.replace(capsule.parts[0], upto=upto)
    return Capsule(experiment, (part,), 0, 0)


def test_minus_zero_is_not_zero(capsule):
    journey, run = start(dataclasses.replace(SMALL, start={"mean": 0.0, "variance": 1.0}), 0)
    found = Capsule.of(journey, run, 0)
    part = dataclasses.replace(found.parts[0], parameters=(-0.0, 1.0))
    other = Capsule.read(dataclasses.replace(found, parts=(part,)).to_line())
    assert differences(other, replay(other)) == [
        "Branch 1, epoch 0: the mean is 0.0, and was recorded as -0.0."
    ]


FAULTS = [
    (("mle-tui capsule",), 2, '"mle-tui capsule" must be '),
    (("mle-tui capsule",), True, '"mle-tui capsule" must be '),
    (("experiment",), [], "experiment must be a table of fields"),
    (("experiment", "n"), "many", "experiment.n must be "),
    (("experiment", "nix"), 1, "experiment.nix is not a field"),
    (("experiment", "x" * 9000), 1, "experiment.'xxxx"),
    (("branches", 1, "changes", "x" * 9000), 1, "branches[1].changes: 'xxxx"),
    (("branches", 1, "changes", "rates"), {"x" * 9000: 1}, "branches[1].changes.rates.'xxxx"),
    (("experiment", "learning_rate"), 10**400, "experiment.learning_rate must be "),
    (("branches",), [], "branches must be 1 to 1,000"),
    (("branches",), {}, "branches must be a list"),
    (("branches",), [{}] * 3, "branches[0].parent is missing"),
    (("branches", 1), 7, "branches[1] must be an object"),
    (("branches", 1, "nix"), 7, "branches[1]: 'nix' is no field"),
    (("branches", 0, "parent"), 0, "branches[0].parent must be null"),
    (("branches", 0, "at"), 1, "branches[0].at must be "),
    (("branches", 0, "changes"), {"epochs": 5}, "branches[0].changes must be empty"),
    (("branches", 0, "hand"), [[1.0, 1.0]], "branches[0].hand must be empty"),
    (("branches", 0, "upto"), -1, "branches[0].upto must be "),
    (("branches", 1, "parent"), None, "branches[1].parent must be "),
    (("branches", 1, "parent"), 1, "branches[1].parent must be "),
    (("branches", 1, "parent"), False, "branches[1].parent must be "),
    (("branches", 2, "at"), -1, "branches[2].at must be "),
    (("branches", 2, "at"), 1.5, "branches[2].at must be "),
    (("branches", 2, "at"), 10**4000, "branches[2].at must be "),
    (("branches", 1, "changes"), [], "branches[1].changes must be a table"),
    (("branches", 1, "changes", "seed"), 1, "branches[1].changes: 'seed' is no field"),
    (("branches", 1, "changes", "\x1b"), 1, r"branches[1].changes: '\x1b' is no field"),
    (("branches", 1, "changes", "learning_rate"), -1, "branches[1].changes.learning_rate must"),
    (("branches", 1, "changes", "fixed"), {"mean": 1, "variance": 1}, "changes.fixed holds every"),
    (("branches", 2, "hand"), 1, "branches[2].hand must be a list"),
    (("branches", 2, "hand", 0), 1, "branches[2].hand[0] must be a list"),
    (("branches", 2, "hand", 0), [1.0], "branches[2].hand[0] must be 2 numbers"),
    (("branches", 2, "hand", 1, 1), 0, "branches[2].hand[1][1] must be a number above 0"),
    (("branches", 2, "hand", 1, 1), "2", "branches[2].hand[1][1] must be a number"),
    (("branches", 2, "upto"), 56, "branches[2].upto must be "),
    (("branches", 2, "log_likelihood"), None, "branches[2].log_likelihood must be a number"),
    (("branches", 2, "log_likelihood"), True, "branches[2].log_likelihood must be a number"),
    (("branches", 2, "log_likelihood"), float("nan"), "NaN is no number"),
    (("branches", 2, "log_likelihood"), float("-inf"), "-Infinity is no number"),
    (("branches", 2, "parameters"), [1.0, 2.0, 3.0], "branches[2].parameters must be 2 numbers"),
    (("branches", 2, "parameters", 1), -1.0, "branches[2].parameters[1] must be a number above"),
    (("shown",), 4, "shown must be "),
    (("shown",), "0", "shown must be "),
    (("epoch",), 66, "epoch must be "),
    (("race",), None, "race must be a list"),
    (("race",), ["nix"], "race[0] must be an optimizer"),
    (("race",), [["adam"]], "race[0] must be an optimizer"),
    (("race",), ["adam", "adam"], "race[1] must be another one"),
    (("race",), [], "race_from must be null"),
    (("race_from",), [1], "race_from must be two numbers"),
    (("race_from",), [9, 0], "race_from[0] must be "),
    (("race_from",), [1, 71], "race_from[1] must be "),
    (("\x1b[2J",), 1, r"The capsule: '\x1b[2J' is no field"),
]


def told_of(text):
    """The words of the refusal, which must be one sentence that is safe to show."""
    with pytest.raises(InvalidCapsule) as caught:
        Capsule.read(text)
    told = str(caught.value)
    assert told.endswith(".")
    assert told.isprintable()
    assert ". " not in told
    assert len(told) < 300
    return told


@pytest.mark.parametrize(("path", "value", "told"), FAULTS, ids=range(len(FAULTS)))
def test_a_fault_is_one_sentence_that_names_its_field(document, path, value, told):
    target = document
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    assert told in told_of(json.dumps(document))


@pytest.mark.parametrize("name", ["experiment", "branches", "shown", "epoch", "race", "race_from"])
def test_a_field_that_misses_is_named(document, name):
    del document[name]
    assert told_of(json.dumps(document)) == f"{name} is missing."


def packed(text, level=9):
    squeezed = zlib.compress(text if isinstance(text, bytes) else text.encode(), level)
    return "mle1." + base64.urlsafe_b64encode(squeezed).decode().rstrip("=")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1, column 1 is not JSON"),
        ("null", "This is no capsule"),
        ("[]", "This is no capsule"),
        ("{}", "This is no capsule"),
        ("{'a': 1}", "is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ("[" + "9" * 5000 + "]", "too many digits"),
        ('{"a": 1, "a": 2}', "'a' is there twice"),
        ("mle1.", "cut off or mistyped"),
        ("mle1.A", "cut off or mistyped"),
        ("mle1.====", "cut off or mistyped"),
        ("mle1.ü", "cut off or mistyped"),
        ("mle2.AAAA", "must be of version 1, not 2"),
        (packed("{}"), "This is no capsule"),
        (packed(b"\xff"), "cut off or mistyped"),
        (packed("{}") + "AAAA", "cut off or mistyped"),
        (packed("[" * 100_000), "nested too deeply"),
        (packed(b" " * (LARGEST + 1)), "larger than 16 MB"),
        (packed(b"[" * (8 * LARGEST), 1), "larger than 16 MB"),
        (" " + "9" * (LARGEST + 1), "larger than 16 MB"),
    ],
    ids=range(21),
)
def test_what_is_no_capsule_is_told(text, told):
    assert told in told_of(text)


def test_a_line_that_was_cut_off_or_mistyped_is_told(capsule):
    line = capsule.to_line()
    for cut in range(5, len(line)):
        assert told_of(line[:cut]) == "The line is no whole capsule: it was cut off or mistyped."
        typed = "A" if line[cut] != "A" else "B"
        assert told_of(line[:cut] + typed + line[cut + 1 :])


def test_a_text_that_was_cut_off_anywhere_is_told(capsule):
    text = capsule.to_text().rstrip()
    for cut in range(len(text)):
        assert told_of(text[:cut]).startswith("This is no capsule: line ")


def test_too_many_branches_are_refused(document):
    document["branches"] += [document["branches"][1]] * 1000
    assert told_of(json.dumps(document)) == "branches must be 1 to 1,000, not 1,004."


def test_what_cannot_be_is_refused_from_python_too(capsule):
    part = Part(0, 10, {"nix": 1}, (), 20, -1.0, (0.0, 1.0))
    told = refusal(InvalidCapsule, Capsule, SMALL, (capsule.parts[0], part), 0, 0)
    assert told == "branches[1].changes: 'nix' is no field that a run changes."


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def fit_to_tell(text):
    """Whether it is read, or refused in a line that is safe to show."""
    told = refusal(InvalidCapsule, Capsule.read, text)
    return told == "" or (told.isprintable() and told.endswith(".") and len(told) < 500)


@given(st.text() | st.binary().map(packed) | st.text().map(lambda t: "mle1." + t))
def test_any_text_is_a_capsule_or_a_refusal(text):
    assert fit_to_tell(text)


@given(JSON)
def test_any_json_is_a_capsule_or_a_refusal(value):
    assert fit_to_tell(json.dumps(value))


def places(value, path=()):
    """Every place in a document."""
    yield path
    keys = value if isinstance(value, dict) else range(len(value) if type(value) is list else 0)
    for key in keys:
        yield from places(value[key], (*path, key))


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_capsule_that_was_tampered_with_is_a_capsule_or_a_refusal(capsule, data):
    document = json.loads(capsule.to_text())
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(places(document))))
        value = data.draw(JSON)
        target = document
        if not path:
            document = value
            continue
        for step in path[:-1]:
            target = target[step]
        if isinstance(target, dict) and data.draw(st.booleans()):
            target[data.draw(st.text())] = value
        else:
            target[path[-1]] = value
    assert fit_to_tell(json.dumps(document))


@given(st.data())
def test_bytes_that_were_tampered_with_are_a_capsule_or_a_refusal(capsule, data):
    text = data.draw(st.sampled_from([capsule.to_text(), capsule.to_line()]))
    at = data.draw(st.integers(0, len(text)))
    upto = data.draw(st.integers(at, min(len(text), at + 20)))
    assert fit_to_tell(text[:at] + data.draw(st.text(max_size=5)) + text[upto:])
