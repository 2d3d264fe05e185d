"""One store told by several sources: who knows what, and where they contradict one another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from auditor.merging import CONFLICT, Word, in_conflict, merged
from auditor.model import Category, Copy, DataStore, Party, Reason, Role, Share, Unknown

NOT_ASKED = Unknown(Reason.NOT_ASKED, "x")
OLD, NEW = "2026-11-01T00:00:00+00:00", "2026-11-20T00:00:00+00:00"


def store(**values: Any) -> DataStore:
    calls = {"region": "list", "key": "list", "copies": "list"}
    base = DataStore(
        id="arn:aws:s3:::chu-lumiere-dpi", kind="aws.s3.bucket", category=Category.OBJECT,
        partition="aws", account="123456789012", region="eu-west-3", calls=calls,
    )  # fmt: skip
    return replace(base, **values)


def copy(region: str) -> Copy:
    return Copy(role=Role.REPLICA, region=region, account="123456789012")


def told(one: DataStore, other: DataStore) -> tuple[DataStore, tuple[Unknown, ...]]:
    words = (Word("old.json", OLD, one), Word("new.json", NEW, other))
    found = merged(words)
    assert found == merged(words[::-1])  # whichever file is read first
    return found


def test_a_single_source_says_where_it_was_read() -> None:
    found, conflicts = merged([Word("old.json", OLD, store())])
    assert found.calls["region"] == "list (old.json)"
    assert (found.collected, conflicts) == (OLD, ())


def test_what_one_does_not_know_the_other_may() -> None:
    found, conflicts = told(
        store(encrypted=True, region=NOT_ASKED, key="k"), store(encrypted=NOT_ASKED, key=NOT_ASKED)
    )
    assert (found.encrypted, found.region, found.key) == (True, "eu-west-3", "k")
    assert found.calls["key"] == "list (old.json)"
    assert found.calls["region"] == "list (new.json)"
    assert not conflicts


def test_a_contradiction_is_unknown_and_told() -> None:
    found, conflicts = told(store(region="eu-west-3"), store(region="us-east-1"))
    assert isinstance(found.region, Unknown)
    assert found.region.reason is Reason.UNREAD
    assert found.region.detail == f"{CONFLICT} region: new.json / old.json"
    assert conflicts == (found.region,)


def test_a_key_against_none_is_a_contradiction() -> None:
    found, _ = told(store(key=""), store(key="arn:aws:kms:eu-west-3:123456789012:key/1"))
    assert in_conflict(found.key)


def test_what_changes_is_told_by_the_latest() -> None:
    found, conflicts = told(
        store(bytes=1, name="a", tags={"a": "1"}), store(bytes=2, name="b", tags={})
    )
    assert (found.bytes, found.name, found.tags) == (2, "b", {})
    assert not conflicts


def test_the_same_moment_written_otherwise_is_no_contradiction() -> None:
    found, conflicts = told(
        store(created="2024-03-01T08:00:00Z"), store(created="2024-03-01T08:00:00.123000+00:00")
    )
    assert not conflicts
    assert isinstance(found.created, str)


def test_copies_that_only_one_could_tell() -> None:
    found, conflicts = told(store(copies=(copy("eu-west-1"),)), store(copies=(NOT_ASKED,)))
    assert found.copies == (copy("eu-west-1"),)
    assert not conflicts


def test_copies_that_nobody_told_whole_stay_open() -> None:
    found, _ = told(store(copies=(copy("us-east-1"), NOT_ASKED)), store(copies=(NOT_ASKED,)))
    assert found.copies == (copy("us-east-1"), NOT_ASKED)


def test_a_copy_that_only_one_saw_stays_and_the_rest_is_open() -> None:
    found, conflicts = told(store(copies=(copy("us-east-1"),)), store(copies=()))
    assert found.copies[0] == copy("us-east-1")
    assert in_conflict(found.copies[1])
    assert len(conflicts) == 1


def test_a_share_that_was_seen_is_never_lost() -> None:
    public = Share(party=Party.PUBLIC, via="policy")
    found, conflicts = told(store(shares=(public,)), store(shares=()))
    assert public in found.shares
    assert conflicts


def test_facts_are_compared_one_by_one() -> None:
    found, conflicts = told(
        store(facts={"a": "1", "b": NOT_ASKED, "c": "x"}), store(facts={"a": "2", "b": "3"})
    )
    assert in_conflict(found.facts["a"])
    assert (found.facts["b"], found.facts["c"]) == ("3", "x")
    assert len(conflicts) == 1


def test_all_the_names_stay_and_a_known_account_wins() -> None:
    found, _ = told(store(also=("dpi",)), store(id="ARN:aws:s3:::chu-lumiere-dpi", account=""))
    assert found.account == "123456789012"
    assert set(found.also) == {"dpi", "ARN:aws:s3:::chu-lumiere-dpi"}
