"""Names kept small lead to what was entered under them last, and to nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.names import _ENTRY, Names, _place

NAMES = st.text(max_size=8)


@given(st.lists(st.tuples(NAMES, st.integers(0, 3), st.booleans())), st.lists(NAMES))
def test_names_lead_where_a_mapping_would_lead(entered, asked):
    names: Names[int] = Names()
    plain: dict[str, int] = {}
    for name, value, only_new in entered:
        if only_new:
            names.setdefault(name, value)
            plain.setdefault(name, value)
        else:
            names[name] = plain[name] = value
    for name in (*plain, *asked):
        assert names.get(name) == plain.get(name)


def test_what_was_not_entered_is_not_there():
    names: Names[str] = Names()
    names["a"] = "x"
    assert names.get("b") is None
    with pytest.raises(KeyError):
        names["b"]


def test_equal_values_are_one_object():
    names: Names[tuple[str, ...]] = Names()
    first, second = tuple("ab"), tuple("ab")
    names["x"] = first
    names["y"] = second
    assert names["y"] is first is names.same(second)


def test_a_digest_that_lies_across_two_entries_is_none():
    digest = bytes(range(16))
    across = b"\xff" * 10 + digest + b"\xff" * (2 * _ENTRY - 26)
    assert (len(across), _place(across, digest)) == (2 * _ENTRY, -1)
    assert _place(across + digest + b"\0\0\0\1", digest) == 2 * _ENTRY
