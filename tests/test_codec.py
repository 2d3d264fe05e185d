"""What is written is read back equal, whatever strangers put in names and tags."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.codec import dumps, encoded, from_json, to_json
from auditor.model import (
    Coverage,
    DataStore,
    Finding,
    Gap,
    Judged,
    Reach,
    Reason,
    Summary,
    Unknown,
)
from tests.runs.making import store

NOUNS = (DataStore, Coverage, Finding, Gap, Judged, Reach, Summary)
# every character that has a form in UTF-8, and the words that the form itself uses
_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=9) | st.sampled_from(
    ["unknown", "~unknown", "~~unknown", "~", "detail", '"store":', "\n", "\u202e", "\x1b[31m"]
)
st.register_type_strategy(str, _text)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


@pytest.mark.parametrize("kind", NOUNS, ids=lambda k: k.__name__)
@given(data=st.data())
def test_every_noun_comes_back(kind, data):
    value = data.draw(st.from_type(kind))
    line = dumps(value)
    assert "\n" not in line
    assert from_json(kind, json.loads(line)) == value
    assert to_json(value) == json.loads(line)


@given(st.dictionaries(_text, _text, max_size=4))
def test_tags_are_never_taken_for_something_unknown(tags):
    told = replace(store(1), tags=tags)
    assert from_json(DataStore, json.loads(dumps(told))).tags == tags


@pytest.mark.parametrize(
    ("tags", "line"),
    [
        ({"unknown": "denied", "detail": ""}, {"~unknown": "denied", "detail": ""}),
        ({"~unknown": "x"}, {"~~unknown": "x"}),
        ({"~other": "x", "Unknown": "y"}, {"~other": "x", "Unknown": "y"}),
        (Unknown(Reason.DENIED, "why"), {"unknown": "denied", "detail": "why"}),
    ],
)
def test_how_tags_are_written(tags, line):
    assert to_json(replace(store(1), tags=tags))["tags"] == line


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ({"b": 1, "a": (Reason.GONE, None)}, '{"a":["gone",null],"b":1}'),
        (frozenset("cab"), '["a","b","c"]'),
        (MappingProxyType({"day": date(2026, 11, 24)}), '{"day":"2026-11-24"}'),
        ("é\ud800\u2028", '"é?\u2028"'),
    ],
)
def test_same_value_same_line(value, line):
    assert dumps(value) == line
    assert encoded(value) == line.encode()


@pytest.mark.parametrize("value", [float("nan"), object()])
def test_what_has_no_form_is_not_written(value):
    with pytest.raises((ValueError, TypeError)):
        dumps(value)


@pytest.mark.parametrize(
    "change",
    [{"region": {"unknown": "mood", "detail": ""}}, {"category": "moon"}, {"copies": 3}],
)
def test_what_was_never_written_is_not_read(change):
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        from_json(DataStore, {**to_json(store(1)), **change})


def test_nothing_missing_is_made_up():
    told = to_json(store(1))
    del told["shares"]
    with pytest.raises(KeyError):
        from_json(DataStore, told)
