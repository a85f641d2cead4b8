"""Whatever is handed to a reader is read, or refused in sentences that can be shown."""

from hypothesis import example, given
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, shown

PIECES = [",", ";", "\t", "|", "\n", "\r\n", "\r", '"', '""', " ", ".", "-", "e", "0"]
PIECES += ["1", "-2.5", "3", "1e400", "1e-400", "nan", "-inf", "NA", "null", "1,5", "1.234,5"]
PIECES += ["1_000", "١٢", "２", "0x10", "2024-01-31", "a", "x", "größe", "\x00", "\x1b[2J"]
PIECES += ["\ufeff", "\u202e", "\u2028", "\x85", "\x1c", "PAR1", "\n1,2\n3,4", "a,b\n", "x\n"]
CODES = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "latin-1", "cp1252", "shift-jis"]
WORDS = ["n", "true", "start", "data", "family", "seed", "settings", "epochs", "fixed", "rates"]
VALUES = ["1", "-1", "1e400", "nan", '"x"', "[]", "{}", "{mean = 1}", "true", "2024-01-01", "'''"]
VALUES += ["9" * 400, '"\\u001b[2J"', '"normal"', '"gamma"', '"adam"', "[[1]]", "{a = {b = 1}}"]


def encoded(text, code):
    return text.encode(code, "replace")


tables = st.builds(
    lambda told, pieces, code: told + encoded("".join(pieces), code),
    st.binary(min_size=8, max_size=8),
    st.lists(st.sampled_from(PIECES), max_size=40),
    st.sampled_from(CODES),
)
lines = st.builds(
    "{} = {}".format, st.sampled_from(WORDS) | st.text(max_size=3), st.sampled_from(VALUES)
)
heads = st.sampled_from(WORDS).map("[{}]".format)
documents = st.lists(lines | heads, max_size=6).map(
    lambda told: "\n".join(told).encode("utf-8", "replace")
)


@given(tables)
def test_any_table(content):
    assert all(map(shown, TARGETS["table"](content)))


@given(st.binary(max_size=200))
def test_any_bytes_as_parquet(content):
    assert all(map(shown, TARGETS["parquet"](content)))


@given(documents)
def test_any_experiment(content):
    assert all(map(shown, TARGETS["experiment"](content)))


@given(st.binary(max_size=200))
@example(b"\xff\xfen")
def test_any_bytes_as_an_experiment_or_a_capsule(content):
    for name in ("experiment", "capsule", "packed"):
        assert all(map(shown, TARGETS[name](content)))


@given(st.text(max_size=20) | st.sampled_from([*PIECES, *VALUES]))
def test_any_text_in_a_field_or_for_a_name(text):
    for name in ("field", "named"):
        assert all(map(shown, TARGETS[name](text.encode("utf-8", "surrogatepass"))))
