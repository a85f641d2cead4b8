"""A function that remembers is asked once for each value and each way to ask."""

import pytest

from engine.remembered import remembered


class Thing:
    """Equal to every other, and yet not the same."""

    def __eq__(self, other):
        return isinstance(other, Thing)

    __hash__ = object.__hash__


@pytest.fixture
def asked():
    return []


@pytest.fixture
def function(asked):
    @remembered
    def answer(value, place=0, *, strict=True):
        asked.append((value, place, strict))
        return place, strict

    return answer


def test_the_same_question_is_asked_once(function, asked):
    one = Thing()
    assert function(one, 1, strict=False) == function(one, 1, strict=False) == (1, False)
    assert len(asked) == 1


def test_other_arguments_are_other_questions(function, asked):
    one = Thing()
    assert function(one, 1, strict=True) == (1, True)
    assert function(one, 1, strict=False) == (1, False)
    assert function(one, 2, strict=False) == (2, False)
    assert len(asked) == 3


def test_values_are_told_apart_by_identity(function, asked):
    one, other = Thing(), Thing()
    function(one)
    function(other)
    assert len(asked) == 2
    assert asked[0][0] is one
    assert asked[1][0] is other
