"""Blobs for sampling: pages of a container, ranges of bytes, tiers, and refusals without a name."""

from __future__ import annotations

import gzip

import pytest

from auditor.errors import ApiError, SettingsError
from auditor.model import Reason, Scope
from auditor.registry import resolve
from auditor.testing._https import Reply
from auditor.testing.azure import AzureFake, Stored

from .asking import ONE, PERSON, estate

connect = resolve("auditor.checks.azure._api:connect")
opened = resolve("auditor.checks.azure._objects:container")
page = resolve("auditor.checks.azure._objects:_page")
cloud_of = resolve("auditor.checks.azure._clouds:cloud_of")

NAMES = ("Séjour DUPONT & fils/1.csv", "a//b", "a?b#c%20d+é.txt", "ctl\x01.txt", "d/2.csv")
CONTENT = bytes(range(256)) * 3
ZIPPED = gzip.compress(CONTENT)
BLOBS = {name: Stored(CONTENT) for name in NAMES}
ESTATE = estate(
    blobs={
        "chulumiere0/dossiers": {
            **BLOBS,
            "old/2019.csv": Stored(b"x;y\n", "Archive"),
            "zip.csv": Stored(ZIPPED, encoding="gzip"),
        },
        "chulumiere0/prive": {"DUPONT.csv": Stored(b"x")},
    }
)


class Odd(AzureFake):
    """One whose storage answers the same to everything."""

    reply = Reply()

    def _stored(self, request):
        return self.reply


@pytest.fixture
def odd():
    with Odd(ESTATE) as made:
        yield made


@pytest.fixture
def fake():
    with AzureFake(ESTATE) as made:
        yield made


def container(fake, address="chulumiere0/dossiers", prefix="", **settings):
    return opened(connect({**fake.settings, **settings}), address, prefix)


def test_every_blob_is_listed_with_its_size_and_tier_over_pages(fake):
    fake.page = 2
    found = {one.key: (one.size, one.storage) for one in container(fake).objects()}
    assert found["old/2019.csv"] == (4, "Archive")
    assert {name: found[name] for name in NAMES} == dict.fromkeys(NAMES, (len(CONTENT), "Hot"))
    assert [path for _, path in fake.asked].count("/blob/chulumiere0/dossiers") == 4


@pytest.mark.parametrize(
    ("name", "prefix", "keys"),
    [
        ("chulumiere0", "dossiers", 7),  # of az://chulumiere0/dossiers
        ("chulumiere0", "dossiers/", 7),
        ("chulumiere0", "dossiers/d/", 1),
        ("chulumiere0/dossiers", "", 7),  # of a store that a survey found
    ],
)
def test_an_address_and_a_survey_name_the_same(fake, name, prefix, keys):
    assert len(list(container(fake, name, prefix).objects())) == keys


@pytest.mark.parametrize("name", NAMES)
def test_a_range_of_bytes_is_read_whatever_the_name(fake, name):
    assert container(fake).fetch(name, 250, 20) == CONTENT[250:270]
    assert container(fake).fetch(name, len(CONTENT) - 3, 50) == CONTENT[-3:]


def test_what_is_stored_compressed_comes_as_it_is_stored(fake):
    assert container(fake).fetch("zip.csv", 2, 9) == ZIPPED[2:11]


def test_nothing_but_reads_is_asked_and_each_host_has_a_token_of_its_own(fake):
    azure = connect(fake.settings)
    azure.identity()
    before = fake.grants
    one = opened(azure, "chulumiere0/dossiers")
    list(one.objects())
    one.fetch("d/2.csv", 0, 1)
    assert fake.grants == before + 1
    assert not fake.refused
    assert {method for method, path in fake.asked if path.startswith("/blob/")} == {"GET"}


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("chulumiere0/prive", Reason.DENIED),
        ("chulumiere0/nothing", Reason.GONE),
        ("chulumiere0", Reason.GONE),
        ("evil.example#/dossiers", Reason.GONE),
        ("chulumiere0/dossiers?comp=acl", Reason.GONE),
    ],
)
def test_a_refusal_tells_its_reason_and_no_name(fake, address, reason):
    fake.denied = ("/blob/chulumiere0/prive",)
    with pytest.raises(ApiError) as caught:
        list(container(fake, address).objects())
    assert caught.value.reason is reason
    for word in (PERSON, "dossiers", "prive", "evil"):
        assert word not in str(caught.value).lower()


@pytest.mark.parametrize(
    ("key", "at", "reason"),
    [
        ("old/2019.csv", 0, Reason.COLD),
        ("no-DUPONT.csv", 0, Reason.GONE),
        ("d/2.csv", 10_000, Reason.FAILED),
        ("d/../../prive/DUPONT.csv", 0, Reason.UNSUPPORTED),
        ("./d/2.csv", 0, Reason.UNSUPPORTED),
    ],
)
def test_a_refused_blob_tells_its_reason_and_no_name(fake, key, at, reason):
    with pytest.raises(ApiError) as caught:
        container(fake).fetch(key, at, 10)
    assert caught.value.reason is reason
    assert PERSON not in str(caught.value).lower()
    assert "csv" not in str(caught.value)


def test_what_passes_is_asked_again(fake):
    fake.failing = 2
    assert len(list(container(fake).objects())) == 7
    fake.throttled = 1
    assert container(fake).fetch("d/2.csv", 0, 2) == CONTENT[:2]


def test_a_token_that_ended_is_taken_again(fake):
    one = container(fake)
    assert one.fetch("d/2.csv", 0, 2)
    fake.expire()
    assert one.fetch("d/2.csv", 0, 2)


def test_a_survey_scope_is_taken_as_it_is(fake):
    scope = Scope(provider="azure", partition="AzureCloud", account=ONE)
    assert list(opened(connect(fake.settings), "chulumiere0/dossiers", "", scope).objects())


_BOMB = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
<EnumerationResults><Blobs><Blob><Name>&b;</Name><Properties><Content-Length>1</Content-Length>
</Properties></Blob></Blobs></EnumerationResults>"""


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<a", b"<Other/>", _BOMB, _BOMB.decode().encode("utf-16"), b"{}",
        b"<EnumerationResults><Blobs><Blob><Name>n</Name></Blob></Blobs></EnumerationResults>",
    ],
)  # fmt: skip
def test_what_is_no_listing_is_malformed_and_never_empty(content, odd):
    odd.reply = Reply(content)
    with pytest.raises(ApiError) as caught:
        list(container(odd).objects())
    assert caught.value.reason is Reason.MALFORMED


@pytest.mark.parametrize(("status", "size"), [(200, 10), (206, 11), (206, 1 << 20)])
def test_other_bytes_than_were_asked_for_are_malformed(status, size, odd):
    odd.reply = Reply(b"x" * size, status)
    with pytest.raises(ApiError) as caught:
        container(odd).fetch("d", 0, 10)
    assert caught.value.reason is Reason.MALFORMED


def test_a_token_follows_no_redirection(odd):
    odd.reply = Reply(None, 302, {"Location": "/blob/chulumiere0/elsewhere/d"})
    with pytest.raises(ApiError):
        container(odd).fetch("d", 0, 10)
    asked = [path for _, path in odd.asked if path.startswith("/blob/")]
    assert asked == ["/blob/chulumiere0/dossiers/d"]


def test_where_blobs_are_is_known_or_told():
    assert cloud_of({}).storage == "https://{account}.blob.core.windows.net"
    china = cloud_of({"cloud": "AzureChinaCloud"})
    assert china.storage == "https://{account}.blob.core.chinacloudapi.cn"
    told = {"cloud": "Bleu", "authority": "https://a.example", "endpoint": "https://b.example"}
    assert cloud_of(told).storage == ""
    with pytest.raises(SettingsError):
        cloud_of({**told, "storage": "http://{account}.example"})
