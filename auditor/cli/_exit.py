"""Exit codes: what the shell is told, the first that applies.

    130 / 143  interrupted, resumable
    1          a defect of ours
    2          usage, settings, facts, plugin or credentials
    74         the run folder cannot be written
    75         another run holds the lock
    5          nothing was in scope
    4          something in scope could not be read
    3          findings at or above --fail-on; `verify` mismatch
    0          otherwise
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from types import FrameType
from typing import Any

import click

from auditor.errors import AuditorError

from ._words import say

WHY = {
    0: "nothing to add",
    3: "findings at or above the threshold",
    4: "something in scope could not be read",
    5: "nothing was in scope",
}


class Terminated(BaseException):
    """SIGTERM, as an exception, so that files and locks are given back."""


def _terminate(number: int, frame: FrameType | None) -> None:
    raise Terminated


def why(code: int) -> str:
    """The reason of an exit code, in words."""
    return say(WHY.get(code, ""))


def code_of(run: Callable[[], Any]) -> int:
    """Run the command line and give its exit code; people are told what to mend."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = run()
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except AuditorError as error:
        return _told(error)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo(say("Interrupted."), err=True)
        return 130
    except Terminated:
        click.echo(say("Interrupted."), err=True)
        return 143
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as defect:  # ours: told in one line, its trace kept aside
        return _defect(defect)


def _told(error: AuditorError) -> int:
    from auditor.sdk import plain

    for line in str(error).splitlines():
        click.echo(plain(line), err=True)
    if error.hint:
        click.echo("→ " + plain(error.hint), err=True)
    return error.exit_code


def _defect(defect: Exception) -> int:
    """Keep the trace, places only: what an exception says may quote what was being read."""
    handle, path = tempfile.mkstemp(prefix="auditor-", suffix=".trace")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(type(defect).__name__ + "\n")
        file.writelines(traceback.format_tb(defect.__traceback__))
    kind = type(defect).__name__
    told = say("This is a defect of ours ({kind}). Its trace is in {path}", kind=kind, path=path)
    click.echo(told, err=True)
    return 1
