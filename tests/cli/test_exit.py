"""Every way to end has its exit code, its message, and nothing that was not to be shown."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from auditor import errors
from auditor.cli import _telling
from auditor.cli._exit import Exit, Terminated, ended, first
from auditor.model import Reason
from auditor.runs import RunFolder

SECRET = "hunter2-do-not-show"


def failing(error: BaseException) -> Callable[[], int]:
    def run() -> int:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), 130),
        (click.Abort(), 130),
        (Terminated(), 143),
        (ZeroDivisionError(), 1),
        (errors.ApiError(Reason.FAILED, "x"), 1),
        (OSError(errno.EBADF, "x"), 1),
        (errors.SettingsError("x"), 2),
        (errors.FactsError("x"), 2),
        (errors.PluginError("x"), 2),
        (errors.DeclarationError("x"), 2),
        (errors.CredentialsError("x"), 2),
        (errors.UsageError("x"), 2),
        (errors.RunError("x"), 2),
        (click.UsageError("x"), 2),
        (click.FileError("x"), 2),
        (errors.RunFolderError("x"), 74),
        (OSError(errno.ENOSPC, "x"), 74),
        (OSError(errno.EROFS, "x"), 74),
        (errors.LockedError("x"), 75),
        (click.exceptions.Exit(4), 4),
        (BrokenPipeError(errno.EPIPE, "x"), 0),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else str(value),
)
def test_the_code_of_each_end(
    error: BaseException, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert ended(failing(error)) == code


@pytest.mark.parametrize("code", [0, 3, 4, 5])
def test_a_verb_says_its_own_code(code: int) -> None:
    assert ended(lambda: code) == code


def test_the_first_of_the_table_wins() -> None:
    table = [130, 143, 1, 2, 74, 75, 5, 4, 3, 0]
    assert [int(code) for code in Exit] == table
    for place, code in enumerate(table):
        assert first(*reversed(table[place:])) == code
    assert first() == 0


def test_a_mistake_is_told_with_its_hint(capsys: pytest.CaptureFixture[str]) -> None:
    ended(failing(errors.UsageError("no \x1b[31msuch\x1b[0m thing", hint="write another")))
    out, err = capsys.readouterr()
    assert out == ""
    shown = err.replace("\N{REPLACEMENT CHARACTER}", "?")
    assert shown == "error: no ?[31msuch?[0m thing\nhint: write another\n"


def test_a_defect_is_one_line_and_a_private_trace_without_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "runs").mkdir()
    monkeypatch.chdir(tmp_path)

    def run() -> int:
        try:
            return int(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error

    assert ended(run) == 1
    err = capsys.readouterr().err
    (trace,) = (tmp_path / "runs").glob("auditor-defect-*.txt")
    text = trace.read_text()
    assert err.count("\n") == 1
    assert trace.name in err
    assert trace.stat().st_mode & 0o777 == 0o600
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert f"{Path(__file__).name}:" in text
    assert SECRET not in text + err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_says_how_to_take_the_run_up_again(
    number: signal.Signals, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(number)
    with RunFolder.start(tmp_path / "runs", "20261124T000000Z-0000", {}) as run:
        pass

    def interrupted() -> int:
        _telling.RESUME.set((tmp_path / "runs", "auditor audit --resume {run}"))
        os.kill(os.getpid(), number)
        signal.pause()
        return 0

    assert ended(interrupted) == code
    assert f"auditor audit --resume {run.path}\n" in capsys.readouterr().err
    assert signal.getsignal(number) is before
