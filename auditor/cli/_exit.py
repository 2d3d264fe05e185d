"""Exit codes: what the shell, cron or a pipeline is told. The first that applies, from the top."""

from __future__ import annotations

import errno
from enum import IntEnum

import click

from auditor.errors import AuditorError


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
    match error:
        case Terminated():
            return Exit.TERMINATED
        case KeyboardInterrupt() | click.Abort():
            return Exit.INTERRUPTED
        case AuditorError():
            return error.exit_code
        case click.exceptions.Exit():
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
    return min(codes, key=order.index, default=Exit.DONE)
