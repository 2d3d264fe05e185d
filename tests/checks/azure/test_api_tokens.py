"""Who asks: the way to a token, its end in mid-run, and what the authority refuses."""

from __future__ import annotations

import json

import pytest

from auditor.errors import ApiError, CredentialsError, SettingsError
from auditor.model import Reason
from auditor.registry import resolve
from auditor.testing.azure import CLIENT, TENANT
from tests.checks.azure.asking import ONE, PERSON, ask, connected, stored

way_of = resolve("auditor.checks.azure._credentials:way_of")
at_hand = resolve("auditor.checks.azure._at_hand:at_hand")
cloud_of = resolve("auditor.checks.azure._clouds:cloud_of")
STORES = "Microsoft.Storage:storageAccounts"
HERE = stored(ONE, "chulumiere0")["id"]


@pytest.fixture(autouse=True)
def nobody(monkeypatch, tmp_path):
    """No credentials of the machine that runs the tests."""
    for name in ("CLIENT_ID", "TENANT_ID", "CLIENT_SECRET", "CLIENT_CERTIFICATE_PATH", "PASSWORD",
                 "FEDERATED_TOKEN_FILE"):  # fmt: skip
        monkeypatch.delenv(f"AZURE_{name}", raising=False)
    for name in ("IDENTITY_ENDPOINT", "MSI_ENDPOINT", "IMDS_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AZURE_CONFIG_DIR", str(tmp_path))
    return tmp_path


def test_identity_tells_who_and_where_and_no_secret():
    with connected() as (fake, azure):
        told = azure.identity()
        assert told["tenant"] == TENANT
        assert told["credentials"] == f"workload_identity ({CLIENT})"
        assert told["partition"] == "AzureCloud"
        assert fake.url in told["endpoints"]
        assert "federated" not in str(told)
        assert [path for method, path in fake.asked if method == "GET"] == []


@pytest.mark.parametrize("way", ["cli", "environment", "workload_identity"])
def test_where_nothing_is_there_a_person_is_told(way, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))  # no az
    with connected(settings={"credential": way, "token_file": "", "client_id": ""}) as (_, azure):
        with pytest.raises(CredentialsError) as caught:
            azure.identity()
        assert "az login" in caught.value.hint


def test_the_cli_is_asked_for_the_tenant_and_the_cloud(monkeypatch, tmp_path):
    told = {"accessToken": "a.b.c", "expires_on": 4102444800, "tokenType": "Bearer"}
    program = tmp_path / "az"
    program.write_text(f"#!/bin/sh\necho \"$@\" > {tmp_path}/asked\necho '{json.dumps(told)}'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with connected(settings={"credential": "cli"}) as (fake, azure):
        assert azure.identity()["credentials"] == "cli"
        asked = (tmp_path / "asked").read_text()
        assert TENANT in asked
        assert fake.url in asked


def test_a_secret_of_the_environment(monkeypatch):
    monkeypatch.setenv("AZURE_CLIENT_ID", CLIENT)
    monkeypatch.setenv("AZURE_TENANT_ID", TENANT)
    monkeypatch.setenv("AZURE_CLIENT_SECRET", "s3cret")
    with connected(settings={"credential": "environment", "token_file": ""}) as (_, azure):
        assert ask(azure, STORES, path=HERE)
        assert "s3cret" not in str(azure.identity())


def test_a_token_that_ends_in_mid_run_is_taken_again():
    with connected() as (fake, azure):
        ask(azure, STORES, path=HERE)
        fake.expire()
        with pytest.raises(ApiError) as caught:
            ask(azure, STORES, path=HERE)
        error = caught.value
        assert (error.reason, error.again) == (Reason.EXPIRED, True)
        assert ask(azure, STORES, path=HERE)
        assert fake.grants == 2


def test_an_old_refusal_does_not_forget_the_new_token():
    with connected() as (fake, azure):
        old = azure._tokens.take()
        azure._tokens.refused(old, "")
        new = azure._tokens.take()
        azure._tokens.refused(old, "")
        assert azure._tokens.take() == new
        assert fake.grants == 2


@pytest.mark.parametrize(
    ("number", "reason", "again"),
    [
        ("53003", Reason.DENIED, False),  # conditional access
        ("50076", Reason.DENIED, False),  # a second factor is wanted
        ("700016", Reason.DENIED, False),  # no such application
        ("7000222", Reason.EXPIRED, False),  # the secret has ended
        ("90033", Reason.UNREACHABLE, True),  # for a moment
    ],
)
def test_what_the_authority_refuses(number, reason, again, caplog):
    with connected() as (fake, azure):
        fake.block(number)
        with pytest.raises(ApiError) as caught:
            ask(azure, STORES, path=HERE)
        error = caught.value
        assert (error.reason, error.again) == (reason, again)
        assert error.detail == f"token: AADSTS{number}"
        with pytest.raises(CredentialsError, match=number) as told:
            azure.identity()
        assert PERSON not in f"{error}{told.value}{told.value.hint}{caplog.text}"


def test_a_refused_token_is_not_asked_for_by_everybody():
    with connected() as (fake, azure):
        fake.block("53003")
        for _ in range(5):
            with pytest.raises(ApiError):
                ask(azure, STORES, path=HERE)
        assert fake.grants == 1


def test_conditional_access_in_mid_run():
    with connected() as (fake, azure):
        ask(azure, STORES, path=HERE)
        fake.expire()
        fake.block("53003")
        with pytest.raises(ApiError, match="ExpiredAuthenticationToken"):
            ask(azure, STORES, path=HERE)
        with pytest.raises(ApiError, match="AADSTS53003") as caught:
            ask(azure, STORES, path=HERE)
        assert caught.value.reason is Reason.DENIED


def test_claims_that_are_challenged_are_asked_for_once():
    wanted = json.dumps({"access_token": {"nbf": {"essential": True, "value": "1"}}})
    with connected() as (fake, azure):
        fake.challenge(wanted)
        with pytest.raises(ApiError) as caught:
            ask(azure, STORES, path=HERE)
        assert (caught.value.reason, caught.value.again) == (Reason.EXPIRED, True)
        assert ask(azure, STORES, path=HERE)
        assert fake.grants == 2


def test_claims_that_are_never_enough_are_a_refusal():
    with connected() as (fake, azure):
        fake.challenge(json.dumps({"access_token": {"acrs": {"value": "c1"}}}), ever=True)
        with pytest.raises(ApiError) as first:
            ask(azure, STORES, path=HERE)
        with pytest.raises(ApiError) as second:
            ask(azure, STORES, path=HERE)
        assert first.value.reason is Reason.EXPIRED
        assert (second.value.reason, second.value.again) == (Reason.DENIED, False)
        assert second.value.code == "insufficient_claims"


@pytest.mark.parametrize(
    ("environment", "settings", "way"),
    [
        ({}, {}, "managed_identity"),
        ({}, {"credential": "cli"}, "cli"),
        ({}, {"token_file": "t"}, "workload_identity"),
        ({"AZURE_CLIENT_SECRET": "x"}, {}, "environment"),
        ({"AZURE_CLIENT_SECRET": "x"}, {"credential": "auto", "token_file": "t"},
         "workload_identity"),
        ({"AZURE_FEDERATED_TOKEN_FILE": "x"}, {}, "workload_identity"),
        ({"IDENTITY_ENDPOINT": "x"}, {}, "managed_identity"),
    ],
)  # fmt: skip
def test_the_way_to_a_token(environment, settings, way, monkeypatch):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert way_of(settings) == way


def test_a_signed_in_cli_is_found(nobody):
    assert not at_hand({})
    (nobody / "azureProfile.json").write_text('{"subscriptions": []}')
    assert not at_hand({})
    (nobody / "azureProfile.json").write_text(json.dumps({"subscriptions": [{"id": ONE}]}))
    assert at_hand({})
    assert way_of({}) == "cli"


def test_what_else_is_at_hand(monkeypatch):
    assert at_hand({"tenant": TENANT})
    monkeypatch.setenv("AZURE_CLIENT_ID", CLIENT)
    assert at_hand({})


def test_a_way_that_nobody_knows():
    with pytest.raises(SettingsError, match="managed_identity"):
        way_of({"credential": "magic"})


@pytest.mark.parametrize(
    ("settings", "scope"),
    [
        ({}, "https://management.azure.com/.default"),
        ({"cloud": "AzureUSGovernment"}, "https://management.core.usgovcloudapi.net/.default"),
        ({"cloud": "AzureChinaCloud"}, "https://management.chinacloudapi.cn/.default"),
        (
            {"cloud": "Bleu", "authority": "https://login.b.example", "endpoint": "https://a.b/"},
            "https://a.b/.default",
        ),
        (
            {"cloud": "Bleu", "authority": "https://login.b.example", "endpoint": "https://a.b",
             "audience": "https://c.b/"},
            "https://c.b//.default",
        ),
    ],
)  # fmt: skip
def test_what_a_token_is_asked_for(settings, scope):
    cloud = cloud_of(settings)
    assert cloud.scope == scope
    assert cloud.known == ("authority" not in settings)


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ({"cloud": "Bleu"}, "authority"),
        ({"cloud": "Bleu", "authority": "https://login.b.example"}, "endpoint"),
        ({"endpoint": "http://a.example"}, "https"),
        ({"ca": "/there/is/none.pem"}, "ca"),
        ({"endpoint": "https://a:b@c.example"}, "https"),
        ({"authority": "login.b.example"}, "https"),
    ],
)
def test_a_cloud_that_cannot_be_asked(settings, what):
    with pytest.raises(SettingsError, match=what):
        resolve("auditor.checks.azure._api:connect")(settings)
