"""What goes wrong on the way: it is waited for, or told with its reason; nothing is lost."""

from __future__ import annotations

import pytest

from auditor.model import CoverageState, Reason
from auditor.runs import compare
from tests.clouds.fakes import Call, Fakes, Refusal
from tests.clouds.proxy import Proxy
from tests.clouds.weather import Weather

from .small import TYPES, audit, cloud, kinds, units


@pytest.fixture(scope="module")
def organisation():
    with cloud(members=2) as (url, accounts):
        yield url, accounts


def whole(accounts: list[str]) -> dict[str, int]:
    return {kind: 3 * len(accounts) for kind in TYPES}


def test_ten_seconds_of_silence_end_at_the_time_out(organisation, tmp_path):
    """The time-out of reading is two seconds here: a silent answer is asked for again.

    Shorter, and a slow machine is silent too.
    """
    url, accounts = organisation
    with Proxy(url) as proxy:
        calm = audit(proxy.url, tmp_path)
        proxy.reset(Weather(silence=0.1, silent_for=10.0))
        silent = audit(proxy.url, tmp_path, "aws.read_timeout=2")
        assert proxy.stats()["told"]["silence"] > 3
    assert kinds(silent.run) == whole(accounts)
    assert compare(calm.run, silent.run) == []


def test_a_role_that_expires_is_taken_again(organisation, tmp_path):
    url, accounts = organisation
    with Proxy(url) as proxy:
        calm = audit(proxy.url, tmp_path)
        proxy.reset(Weather(expire=20))
        renewed = audit(proxy.url, tmp_path, "audit.concurrency=4")
        assert proxy.stats()["told"]["expired"] > 0
        assert proxy.operations()["sts:AssumeRole"] > len(accounts) - 1
    assert compare(calm.run, renewed.run) == []


def test_an_account_that_vanishes_is_a_gap_and_keeps_what_came(organisation, tmp_path):
    url, accounts = organisation
    with Proxy(url, weather=Weather(vanishing=accounts[1], after=25)) as proxy:
        done = audit(proxy.url, tmp_path, "audit.concurrency=4")
    assert done.exit_code == 4
    assert sum(kinds(done.run).values()) > 6 * len(TYPES)  # the other two, and what came of it
    unread = {c.scope.account for c in units(done.run) if c.state is not CoverageState.READ}
    assert unread == {accounts[1]}
    reasons = {g.reason for c in units(done.run) for g in c.gaps}
    assert reasons == {Reason.NOT_ENABLED}


def test_a_member_that_refuses_the_role_is_a_gap(organisation, tmp_path):
    url, accounts = organisation

    def refused(call: Call):
        return Refusal("AccessDenied") if accounts[2] in call.params["RoleArn"] else None

    with Fakes({("sts", "AssumeRole"): refused}, behind=url) as fakes:
        done = audit(fakes.url, tmp_path)
    assert done.exit_code == 4
    (gap,) = [c for c in units(done.run) if c.state is not CoverageState.READ]
    assert (gap.scope.account, gap.kind) == (accounts[2], "discovery")
    assert [g.reason for g in gap.gaps] == [Reason.DENIED]
    assert kinds(done.run) == whole(accounts[:2])


def test_a_region_that_is_no_region_is_a_gap(organisation, tmp_path):
    url, _ = organisation
    done = audit(url, tmp_path, "aws.regions=eu-west-3,eu-west-33", "aws.organisation=false")
    assert done.exit_code == 4
    (gap,) = [c for c in units(done.run) if c.state is not CoverageState.READ]
    assert (gap.scope.region, [g.reason for g in gap.gaps]) == (
        "eu-west-33",
        [Reason.UNCATALOGUED],
    )


def test_a_service_that_cannot_be_reached_is_a_gap_and_the_others_are_read(organisation, tmp_path):
    url, accounts = organisation
    closed = 'aws.endpoints={sqs = "http://127.0.0.1:9"}'
    done = audit(url, tmp_path, closed, "audit.attempts=2")
    assert done.exit_code == 4
    unread = [c for c in units(done.run) if c.state is not CoverageState.READ]
    assert {c.kind for c in unread} == {"aws.sqs.queue"}
    assert {g.reason for c in unread for g in c.gaps} == {Reason.UNREACHABLE}
    assert kinds(done.run)["aws.dynamodb.table"] == 3 * len(accounts)
