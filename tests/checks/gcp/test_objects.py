"""Objects of Cloud Storage for sampling: pages, ranges, classes, and refusals without a name."""

from __future__ import annotations

import gzip

import pytest

from auditor.errors import ApiError
from auditor.model import Reason
from auditor.registry import resolve
from auditor.testing._https import Reply
from auditor.testing.google import Estate, GoogleFake, Project, Stored, Weather

connect = resolve("auditor.checks.gcp._api:connect")
opened = resolve("auditor.checks.gcp._objects:bucket")

NAMES = ("Séjour DUPONT & fils/1.csv", "a//b", "a?b#c%20d+é.txt", "line\n.txt", "d/2.csv")
CONTENT = bytes(range(256)) * 3
ZIPPED = gzip.compress(CONTENT)
HELD = {
    **{name: Stored(CONTENT) for name in NAMES},
    "old/2019.csv": Stored(b"x;y\n", "ARCHIVE"),
    "zip.csv": Stored(ZIPPED, encoding="gzip"),
}


class Odd(GoogleFake):
    """One whose services answer the same to everything."""

    reply = Reply()

    def _of(self, service, path, request):
        return self.reply


@pytest.fixture
def odd():
    with Odd(Estate()) as made:
        yield made


@pytest.fixture
def fake():
    with GoogleFake(Estate([Project("p", "1")], objects={"dossiers": HELD, "vide": {}})) as made:
        yield made


def bucket(fake, name="dossiers", prefix="", **settings):
    return opened(connect({**fake.settings, **settings}), name, prefix)


def test_every_object_is_listed_with_its_size_and_class_over_pages(fake):
    fake.weather.page_size = 2
    found = {one.key: (one.size, one.storage) for one in bucket(fake).objects()}
    assert found["old/2019.csv"] == (4, "ARCHIVE")
    expected = dict.fromkeys(NAMES, (len(CONTENT), "STANDARD"))
    assert {name: found[name] for name in NAMES} == expected
    assert fake.asked.count("storage storage/v1/b/dossiers/o") == 4
    assert list(bucket(fake, "vide").objects()) == []


@pytest.mark.parametrize("name", ["dossiers", "gs://dossiers", "projects/p/buckets/dossiers"])
def test_any_name_of_a_bucket_opens_it(fake, name):
    assert len(list(bucket(fake, name).objects())) == 7
    assert [one.key for one in bucket(fake, name, "d/").objects()] == ["d/2.csv"]


@pytest.mark.parametrize("name", NAMES)
def test_a_range_of_bytes_is_read_whatever_the_name(fake, name):
    assert bucket(fake).fetch(name, 250, 20) == CONTENT[250:270]
    assert bucket(fake).fetch(name, len(CONTENT) - 3, 50) == CONTENT[-3:]


def test_what_is_stored_compressed_comes_as_it_is_stored(fake):
    assert bucket(fake).fetch("zip.csv", 2, 9) == ZIPPED[2:11]


def test_nothing_but_reads_is_asked(fake):
    one = bucket(fake)
    list(one.objects())
    one.fetch("d/2.csv", 0, 1)
    assert fake.refused == []
    assert all(asked.startswith("storage storage/v1/b/dossiers/o") for asked in fake.asked)


@pytest.mark.parametrize(
    ("name", "denied", "reason"),
    [
        ("dossiers", ("b/dossiers/o",), Reason.DENIED),
        ("nothing", (), Reason.GONE),
        ("", (), Reason.MALFORMED),
    ],
)
def test_a_refusal_tells_its_reason_and_no_name(fake, name, denied, reason):
    fake.weather.denied = denied
    with pytest.raises(ApiError) as caught:
        list(bucket(fake, name).objects())
    assert caught.value.reason is reason
    for word in ("dupont", "dossiers", "nothing"):
        assert word not in str(caught.value).lower()


@pytest.mark.parametrize(
    ("key", "at", "reason"),
    [
        ("no-DUPONT.csv", 0, Reason.GONE),
        ("d/2.csv", 10_000, Reason.FAILED),
        ("..", 0, Reason.MALFORMED),
    ],
)
def test_a_refused_object_tells_its_reason_and_no_name(fake, key, at, reason):
    with pytest.raises(ApiError) as caught:
        bucket(fake).fetch(key, at, 10)
    assert caught.value.reason is reason
    assert "dupont" not in str(caught.value).lower()
    assert "csv" not in str(caught.value)


def test_what_passes_is_asked_again():
    weather = Weather(failing={1: (503, "UNAVAILABLE"), 3: (429, "RESOURCE_EXHAUSTED")})
    with GoogleFake(Estate(objects={"dossiers": HELD}), weather) as fake:
        one = bucket(fake)
        assert len(list(one.objects())) == 7
        assert one.fetch("d/2.csv", 0, 2) == CONTENT[:2]


def test_a_token_that_ended_is_taken_again():
    with GoogleFake(Estate(objects={"dossiers": HELD}), Weather(expire_after=1)) as fake:
        one = bucket(fake)
        assert [one.fetch("d/2.csv", n, 1) for n in range(3)] == [b"\0", b"\1", b"\2"]


@pytest.mark.parametrize("row", [{"name": "n"}, {"size": "1"}, {"name": "n", "size": "x"}, 1])
def test_what_is_no_listing_is_malformed_and_never_empty(row, odd):
    odd.reply = Reply({"items": [row]})
    with pytest.raises(ApiError) as caught:
        list(bucket(odd).objects())
    assert caught.value.reason is Reason.MALFORMED


@pytest.mark.parametrize(("status", "size"), [(200, 10), (206, 11), (206, 1 << 20)])
def test_other_bytes_than_were_asked_for_are_malformed(status, size, odd):
    odd.reply = Reply(b"x" * size, status)
    with pytest.raises(ApiError) as caught:
        bucket(odd).fetch("d", 0, 10)
    assert caught.value.reason is Reason.MALFORMED


def test_a_token_follows_no_redirection(odd):
    odd.reply = Reply(None, 302, {"Location": "/storage/storage/v1/b/dossiers/o/e"})
    with pytest.raises(ApiError):
        bucket(odd).fetch("d", 0, 10)
    assert odd.asked == ["storage storage/v1/b/dossiers/o/d"]
