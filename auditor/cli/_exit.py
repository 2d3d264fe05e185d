"""Exit codes: what the shell, cron or a pipeline is told. The first that applies, from the top."""

from __future__ import annotations

import errno
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from types import FrameType

import click


class Exit(IntEnum):
    """The codes, in the order in which they win."""

    INTERRUPTED = 130  # SIGINT; what was collected is kept
    TERMINATED = 143  # SIGTERM; the same
    DEFECT = 1  # ours
    MISTAKE = 2  # usage, settings, facts, plugin or credentials: nothing was audited
    RUN_FOLDER = 74  # cannot be written
    LOCKED = 75  # another run holds the lock
    NOTHING = 5  # was in scope
    UNREAD = 4  # something in scope could not be read; `doctor` refused
    FOUND = 3  # findings at or above --fail-on; `verify` mismatch
    DONE = 0


class Terminated(KeyboardInterrupt):
    """SIGTERM: an orderly end, as for Ctrl-C."""


# What a disk says when it takes no more: the world's doing, not a defect.
FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO))


def code_of(error: BaseException) -> int:
    """The code that says why we stop."""
    from auditor.errors import AuditorError

    match error:
        case Terminated():
            return Exit.TERMINATED
        case KeyboardInterrupt() | click.Abort():
            return Exit.INTERRUPTED
        case AuditorError():
            return error.exit_code
        case click.ClickException():
            return Exit.MISTAKE
        case BrokenPipeError():
            return Exit.DONE  # the reader had enough
        case OSError() if error.errno in FULL:
            return Exit.RUN_FOLDER
    return Exit.DEFECT


def first(*codes: int) -> int:
    """Of several codes, the one that wins."""
    order = [int(code) for code in Exit]
    return min(codes, key=order.index, default=int(Exit.DONE))


def ended(run: Callable[[], int]) -> int:
    """Run to the end, however it ends: its exit code, once a person was told why."""
    try:
        with _signals():
            code = run()
            sys.stdout.flush()
            return code
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (KeyboardInterrupt, click.Abort) as error:
        from ._telling import interrupted

        interrupted()
        return code_of(error)
    except Exception as error:  # the last place where anything can be told
        from ._telling import failed

        failed(error)
        return code_of(error)


@contextmanager
def _signals() -> Iterator[None]:
    """SIGTERM ends as orderly as Ctrl-C; both are heard in the background too."""

    def terminate(number: int, frame: FrameType | None) -> None:
        raise Terminated

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours = {signal.SIGTERM: terminate, signal.SIGINT: signal.default_int_handler}
    before = {number: signal.signal(number, handler) for number, handler in ours.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
