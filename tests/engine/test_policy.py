"""Whom a policy lets in: nothing that narrows it wrongly, nothing that widens it silently."""

import json

import pytest

from auditor.model import Party, Reason, Share, Unknown
from auditor.policy import grants_of, shares_of

US = "111111111111"
THEM = "222222222222"


def statement(principal, condition=None, effect="Allow"):
    found = {"Effect": effect, "Principal": principal, "Action": "*"}
    return {**found, "Condition": condition} if condition else found


def account(number, condition=False):
    return Share(party=Party.ACCOUNT, account=number, via="policy", condition=condition)


PUBLIC = Share(party=Party.PUBLIC, via="policy")


@pytest.mark.parametrize(
    ("one", "shares"),
    [
        (statement("*"), (PUBLIC,)),
        (statement({"AWS": "*"}), (PUBLIC,)),
        (statement({"AWS": ["*", THEM]}), (account(THEM), PUBLIC)),
        (statement({"AWS": f"arn:aws:iam::{THEM}:root"}), (account(THEM),)),
        (statement({"AWS": f"arn:aws:iam::{US}:role/x"}), ()),
        (statement("*", effect="Deny"), ()),
        (statement("*", {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}),
         (Share(party=Party.PUBLIC, via="policy", condition=True),)),
        (statement("*", {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}),
         (Share(party=Party.ORGANISATION, via="policy", condition=True),)),
        (statement("*", {"StringLike": {"aws:PrincipalOrgID": "*"}}),
         (Share(party=Party.PUBLIC, via="policy", condition=True),)),
        (statement("*", {"StringEquals": {"aws:SourceAccount": THEM}}), (account(THEM, True),)),
        (statement("*", {"StringEquals": {"aws:SourceAccount": US}}), ()),
        (statement("*", {"StringNotEquals": {"aws:SourceAccount": US}}),
         (Share(party=Party.PUBLIC, via="policy", condition=True),)),
        (statement("*", {"StringEqualsIfExists": {"aws:SourceAccount": US}}),
         (Share(party=Party.PUBLIC, via="policy", condition=True),)),
        (statement("*", {"ForAllValues:StringEquals": {"aws:PrincipalAccount": US}}),
         (Share(party=Party.PUBLIC, via="policy", condition=True),)),
        (statement("*", {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::bucket"}}),
         (Share(party=Party.PUBLIC, via="policy", condition=True),)),
        (statement({"Service": "logs.amazonaws.com"}),
         (Share(party=Party.SERVICE, account="logs.amazonaws.com", via="policy"),)),
        (statement({"AWS": "AIDAEXAMPLE"}), (account(""),)),
        ({"Effect": "Allow", "NotPrincipal": {"AWS": US}}, (PUBLIC,)),
    ],
)  # fmt: skip
def test_whom_a_statement_lets_in(one, shares):
    assert shares_of(json.dumps({"Statement": [one]}), US) == shares
    assert shares_of({"Statement": one}, US) == shares


@pytest.mark.parametrize("text", ["{", "[]", '"x"', '{"Statement": [1]}', "{}x"])
def test_a_policy_that_cannot_be_read_is_not_an_empty_one(text):
    assert shares_of(text, US) == (Unknown(Reason.MALFORMED, "policy cannot be read"),)


def test_no_policy_lets_nobody_in():
    assert shares_of(None, US) == ()
    assert shares_of('{"Statement": []}', US) == ()


def test_grants():
    grants = [("abc", False, False), ("us", False, False), ("", True, False), (THEM, False, False)]
    assert grants_of(grants, US, "us", "acl") == (
        Share(party=Party.ACCOUNT, account=THEM, via="acl"),
        Share(party=Party.ACCOUNT, account="abc", via="acl"),
        Share(party=Party.PUBLIC, via="acl"),
    )
