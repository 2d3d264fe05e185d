"""Whom a resource policy or a list of grants lets in: from documents to shares."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from .model import Party, Reason, Share, Unknown

_ACCOUNT = re.compile(r"^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)")
_ACCOUNT_IN_ARN = re.compile(r"^arn:[^:]*:[^:]*:[^:]*:(\d{12}):")
_BY_ORGANISATION = ("aws:principalorgid", "aws:principalorgpaths", "aws:sourceorgid")
_BY_ACCOUNT = ("aws:principalaccount", "aws:sourceaccount", "aws:sourceowner", "kms:calleraccount")
_BY_ARN = ("aws:principalarn", "aws:sourcearn")
_EXACT = ("StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike")
_LOOSENING = ("ForAllValues:", "IfExists")  # true too when the key is missing from the request


def shares_of(document: Any, account: str, via: str = "policy") -> tuple[Share | Unknown, ...]:
    """Whom a policy lets in, the store's own `account` aside.

    What limits a statement is read only where it names accounts or an organisation; any other
    condition is noted on the share (`condition`) and not evaluated: it never removes a share.
    """
    if document in (None, ""):
        return ()
    try:
        statements = _statements(document)
        found = {s for statement in statements for s in _of(statement, account, via)}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return (Unknown(Reason.MALFORMED, f"{via} cannot be read"),)
    return tuple(sorted(found, key=lambda s: (s.party, s.account, s.condition)))


def _statements(document: Any) -> list[Mapping[str, Any]]:
    if isinstance(document, str):
        text = document.strip()
        document = json.loads(unquote(text) if text.startswith("%7B") else text)
    if not isinstance(document, Mapping):
        raise ValueError("not an object")
    statements = document.get("Statement", [])
    listed = statements if isinstance(statements, list) else [statements]
    if not all(isinstance(s, Mapping) for s in listed):
        raise ValueError("a statement is not an object")
    return listed


def _many(value: Any) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]


def _of(statement: Mapping[str, Any], account: str, via: str) -> Iterator[Share]:
    if statement.get("Effect") != "Allow":
        return
    conditions = statement.get("Condition") or {}
    if "NotPrincipal" in statement:
        yield Share(party=Party.PUBLIC, via=via, condition=bool(conditions))
    principal = statement.get("Principal")
    named = {"AWS": principal} if isinstance(principal, str) else (principal or {})
    for sort, values in named.items():
        for value in _many(values):
            yield from _let_in(sort, value, conditions, account, via)


def _let_in(
    sort: str, value: str, conditions: Mapping[str, Any], account: str, via: str
) -> Iterator[Share]:
    conditional = bool(conditions)
    if sort == "Service":
        yield Share(party=Party.SERVICE, account=value, via=via, condition=conditional)
    elif sort == "AWS" and value == "*":
        yield from _everybody(conditions, account, via)
    elif sort == "AWS" and (m := _ACCOUNT.match(value)):
        if m[1] != account:
            yield Share(party=Party.ACCOUNT, account=m[1], via=via, condition=conditional)
    elif value == "*":
        yield Share(party=Party.PUBLIC, via=via, condition=conditional)
    else:  # a federated, canonical or deleted principal: somebody whose account is not said
        yield Share(party=Party.ACCOUNT, account="", via=via, condition=conditional)


def _everybody(conditions: Mapping[str, Any], account: str, via: str) -> Iterator[Share]:
    """A star principal, narrowed by the conditions that name an organisation or accounts."""
    keys = {
        key.lower(): _many(values)
        for operator, tests in conditions.items()
        if operator.removeprefix("ForAnyValue:") in _EXACT
        and not any(mark in operator for mark in _LOOSENING)
        for key, values in tests.items()
    }
    owners = {
        owner
        for key, values in keys.items()
        for value in values
        if (owner := _owner(key, value)) is not None
    }
    if owners and "" not in owners:
        for owner in owners - {account}:
            yield Share(party=Party.ACCOUNT, account=owner, via=via, condition=True)
    elif any(key in _BY_ORGANISATION and "*" not in values for key, values in keys.items()):
        yield Share(party=Party.ORGANISATION, via=via, condition=True)
    else:
        yield Share(party=Party.PUBLIC, via=via, condition=bool(conditions))


def _owner(key: str, value: str) -> str | None:
    """The account a condition names; "" when it does not pin one; None for other conditions."""
    if key in _BY_ACCOUNT:
        return value if re.fullmatch(r"\d{12}", value) else ""
    if key in _BY_ARN:
        found = _ACCOUNT_IN_ARN.match(value)
        return found[1] if found else ""
    return None


def grants_of(
    grants: Iterable[tuple[str, bool, bool]], account: str, us: str, via: str
) -> tuple[Share, ...]:
    """Shares of a list of grantees given as (who, whether public, whether a service)."""
    found = set()
    for who, public, service in grants:
        if public:
            found.add(Share(party=Party.PUBLIC, via=via))
        elif service:
            found.add(Share(party=Party.SERVICE, account=who, via=via))
        elif who and who not in (account, us):
            m = _ACCOUNT.match(who)
            if not m or m[1] != account:
                found.add(Share(party=Party.ACCOUNT, account=m[1] if m else who, via=via))
    return tuple(sorted(found, key=lambda s: (s.party, s.account)))
