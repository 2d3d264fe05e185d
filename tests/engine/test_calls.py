"""How often a call is tried: patience with what may pass, none with an endpoint that is lost."""

from __future__ import annotations

from collections import Counter

import pytest

from auditor.calls import Call, Calls
from auditor.errors import ApiError
from auditor.model import Reason

from .clouds import HERE

ATTEMPTS = 3


def asked(answers, then=("a", "b")):
    """How often each question was asked: `first`, and those that follow its answer."""
    count: Counter[str] = Counter()

    def ask(target, service, region, operation, params):
        count[operation] += 1
        answer = answers(service, operation, count[operation])
        if isinstance(answer, ApiError):
            raise answer
        return {}

    calls = Calls(ask, threads=2, attempts=ATTEMPTS)

    def put(operation, following=()):
        def answered(answer):
            for name in following:
                put(name)

        calls.put(Call(HERE, "north", operation, {}, answered))

    put("toy:first", [f"toy:{name}" for name in then])
    calls.run()
    return count


def lost(service, operation, times):
    return ApiError(Reason.UNREACHABLE, "no connection", again=True)


def test_after_one_call_gave_up_each_other_tries_a_lost_endpoint_once():
    assert asked(lost) == {"first": ATTEMPTS, "a": 1, "b": 1}


def test_an_endpoint_that_answered_once_is_not_lost():
    def then_lost(service, operation, times):
        return {} if operation == "first" else lost(service, operation, times)

    assert asked(then_lost) == {"first": 1, "a": ATTEMPTS, "b": ATTEMPTS}


@pytest.mark.parametrize(
    ("reason", "again", "times"),
    [
        (Reason.DENIED, False, 1),
        (Reason.MALFORMED, True, ATTEMPTS),
        (Reason.FAILED, True, ATTEMPTS),
    ],
)
def test_what_may_pass_is_tried_again(reason, again, times):
    error = ApiError(reason, "no", again=again)
    assert asked(lambda *_: error, then=())["first"] == times
