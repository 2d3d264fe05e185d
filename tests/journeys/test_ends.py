"""How a run ends, seen from outside: its exit code, what it says, and what it left."""

from __future__ import annotations

import signal
import socket
import time
from pathlib import Path

import pytest

from auditor.runs import compare
from tests.clouds.proxy import Proxy
from tests.clouds.serving import Answer, Request, Server
from tests.clouds.weather import Weather

from .small import cloud, flags, program


@pytest.fixture(scope="module")
def url():
    with cloud() as (url, _):
        yield url


def words(address: str, root: Path, *more: str) -> list[str]:
    told = flags(address, root, *more)
    return ["audit", *(word for flag in told for word in ("--set", flag))]


def under_way(root: Path, mark: bytes = b"") -> Path:
    """The run that a program has begun, once it has a journal, which holds a mark."""
    for _ in range(600):
        for journal in root.glob("*/journal.jsonl"):
            if mark in journal.read_bytes():
                return journal.parent
        time.sleep(0.05)
    raise AssertionError("no run was begun")


def test_two_at_once(url, tmp_path):
    with Proxy(url, weather=Weather(latency=2.0)) as proxy:
        first = program(words(proxy.url, tmp_path / "runs"), tmp_path)
        under_way(tmp_path / "runs")
        second = program(words(proxy.url, tmp_path / "runs"), tmp_path)
        _, said = second.communicate(timeout=60)
        assert second.returncode == 75
        assert f"another run is under way (process {first.pid})" in said
        proxy.reset(Weather())
        first.communicate(timeout=60)
        assert first.returncode == 0
    assert len(list((tmp_path / "runs").glob("*/run.json"))) == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_and_taken_up_again(url, tmp_path, number, code):
    with Proxy(url) as proxy:
        assert program(words(proxy.url, tmp_path / "calm"), tmp_path).wait(60) == 0
        (calm,) = (p.parent for p in (tmp_path / "calm").glob("*/run.json"))
        proxy.reset(Weather(latency=0.4))
        process = program(words(proxy.url, tmp_path / "runs"), tmp_path)
        run = under_way(tmp_path / "runs", b'"finish"')
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
        assert process.returncode == code
        assert f"--resume {run}" in said.replace("\n", " ")
        assert "Traceback" not in said
        proxy.reset(Weather())
        again = program([*words(proxy.url, tmp_path / "runs"), "--resume", str(run)], tmp_path)
        again.communicate(timeout=60)
        assert again.returncode == 0
    assert compare(calm, run) == []


class Page(Server):
    """Answers everything with a page, as a captive portal does."""

    async def answer(self, request: Request) -> Answer:
        return Answer(200, b"<html>please sign in</html>", (("Content-Type", "text/html"),))


@pytest.fixture
def deaf():
    """A port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def refused(address: str, folder: Path, *more: str) -> str:
    """What an audit says that cannot begin."""
    process = program(words(address, folder / "runs", *more), folder)
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, "")
    assert "defect" not in said
    assert not list(folder.glob("runs/*/run.json"))
    return said


def test_an_endpoint_that_answers_html(tmp_path):
    with Page() as page:
        assert "sts:GetCallerIdentity: HTML" in refused(page.url, tmp_path)


def test_an_endpoint_that_hangs(deaf, tmp_path):
    said = refused(deaf, tmp_path, "aws.read_timeout=0.2")
    assert "sts:GetCallerIdentity: ReadTimeoutError" in said
    assert "check the network" in said


def test_an_endpoint_that_is_closed(tmp_path):
    assert "no connection" in refused("http://127.0.0.1:9", tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("AWS_PROFILE", "absent", "The config profile (absent) could not be found"),
        ("AWS_DEFAULT_REGION", "nowhere", "Unknown region: 'nowhere'"),
        ("AWS_CONFIG_FILE", "broken", "Unable to parse config file"),
    ],
)
def test_a_machine_that_is_set_up_wrongly(tmp_path, monkeypatch, name, value, told):
    from auditor.errors import CredentialsError
    from auditor.registry import resolve

    (tmp_path / "broken").write_text("[default\nx", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with pytest.raises(CredentialsError, match=told.replace("(", r"\(").replace(")", r"\)")):
        resolve("auditor.checks.aws._api:connect")({})
