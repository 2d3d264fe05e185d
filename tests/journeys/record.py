"""Records the demo: the invented hospital group, through the very connection that an audit uses.

    python -m tests.journeys.record          # writes checks/aws/demo.jsonl.gz

Names are invented. The answers were truly given: by moto, and by fakes made from botocore's models
for what moto lacks. Some calls are refused on purpose, so that the demo shows what that looks like.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from auditor import pipeline, settings
from auditor.errors import ApiError
from auditor.model import Reason, Scope
from auditor.recording import Recorder
from auditor.runs import RunFolder
from tests.clouds.estate import build, running
from tests.clouds.fakes import Fakes
from tests.clouds.missing import whole

TARGET = Path(__file__).parents[2] / "checks" / "aws" / "demo.jsonl.gz"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "123456789012", "AWS_SECRET_ACCESS_KEY": "test"}
REFUSED = {("sqs", "us-east-1"), ("opensearch", "eu-central-1")}


class Refusing:
    """A connection that refuses what the demo shows refused."""

    def __init__(self, api: Any) -> None:
        self._api = api

    def __getattr__(self, name: str) -> Any:
        return getattr(self._api, name)

    def call(
        self, target: Scope, service: str, region: str, operation: str, params: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Ask, unless it is to be refused."""
        if (service, region) in REFUSED:
            code = "AccessDeniedException"
            raise ApiError(Reason.DENIED, f"{service}:{operation}: {code}", code=code)
        answer: Mapping[str, Any] = self._api.call(target, service, region, operation, params)
        return answer


def record(target: Path = TARGET) -> int:
    """Build the estate, survey it, keep every answer; returns how many stores were seen."""
    os.environ.update(CREDENTIALS)
    with running() as endpoint, TemporaryDirectory() as folder:
        estate = build(endpoint, buckets=2)
        replies, _ = whole(estate)
        with Fakes(replies, behind=endpoint) as fakes:
            flags = [
                f"aws.endpoint={fakes.url}",
                "aws.role=audit",
                f"aws.regions={','.join(estate.regions)}",
                f"runs.dir={folder}",
                "audit.attempts=2",
            ]
            chosen = settings.load(Path(os.devnull), {}, flags)
            connect = import_module("auditor.checks.aws._api").connect
            recorder = Recorder(Refusing(connect(chosen.section("aws"))))
            done = pipeline.audit(chosen, clouds={"aws": recorder})
            recorder.save(target)
            with RunFolder.open(done.run) as run:
                return sum(1 for _ in run.stores())


if __name__ == "__main__":
    print(json.dumps({"stores": record(), "bytes": TARGET.stat().st_size}))
