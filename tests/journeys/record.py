"""Records the demo: the invented hospital group, through the very connection that an audit uses.

    python -m tests.journeys.record              # writes checks/<cloud>/demo.jsonl.gz, for each
    python -m tests.journeys.record azure gcp    # for these only

Names are invented. The answers were truly given: by moto, and by fakes made from botocore's models
for what moto lacks; by fakes of Azure and of Google Cloud that serve worked examples. Some calls
are refused on purpose, so that the demo shows what that looks like.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from auditor import pipeline, settings
from auditor.errors import ApiError
from auditor.model import Reason, Scope
from auditor.recording import Recorder
from auditor.runs import RunFolder
from auditor.testing.azure import AzureFake
from auditor.testing.google import GoogleFake
from tests.clouds.estate import build, running
from tests.clouds.fakes import Fakes
from tests.clouds.group import azure_group, google_group
from tests.clouds.missing import whole

CHECKS = Path(__file__).parents[2] / "checks"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "123456789012", "AWS_SECRET_ACCESS_KEY": "test"}
REFUSED = {("sqs", "us-east-1"), ("opensearch", "eu-central-1")}
REFUSED_OF_AZURE = "/mysql-biologie/replicas"


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


def record_aws(target: Path) -> int:
    """Build the estate, survey it, keep every answer; returns how many stores were seen."""
    os.environ.update(CREDENTIALS)
    with running() as endpoint:
        estate = build(endpoint, buckets=2)
        replies, _ = whole(estate)
        with Fakes(replies, behind=endpoint) as fakes:
            regions = ",".join(estate.regions)
            flags = [f"aws.endpoint={fakes.url}", "aws.role=audit", f"aws.regions={regions}"]
            return _kept("aws", flags, target)


def record_azure(target: Path) -> int:
    """The same of the group's subscriptions; who reads MySQL elsewhere is refused."""
    with AzureFake(azure_group()) as fake:
        fake.denied = [path for path in azure_group().answers if path.endswith(REFUSED_OF_AZURE)]
        return _kept("azure", _flags("azure", fake.settings), target)


def record_gcp(target: Path) -> int:
    """The same of the group's projects; who may read one bucket is refused."""
    with GoogleFake(google_group()) as fake:
        return _kept("gcp", _flags("gcp", fake.settings), target)


def _flags(cloud: str, told: Mapping[str, Any]) -> list[str]:
    flat = {f"{cloud}.{name}": value for name, value in told.items() if name != "endpoints"}
    flat |= {f"{cloud}.endpoints.{name}": url for name, url in told.get("endpoints", {}).items()}
    return [f"{name}={value}" for name, value in flat.items()]


def _kept(cloud: str, flags: Sequence[str], target: Path) -> int:
    """Survey one cloud as an audit does, and keep what it answered."""
    with TemporaryDirectory() as folder:
        flags = [*flags, f"runs.dir={folder}", "audit.attempts=2", f"audit.providers={cloud}"]
        chosen = settings.load(Path(os.devnull), {}, flags)
        connect = import_module(f"auditor.checks.{cloud}._api").connect
        recorder = Recorder(Refusing(connect(chosen.section(cloud))))
        done = pipeline.audit(chosen, clouds={cloud: recorder})
        recorder.save(target)
        with RunFolder.open(done.run) as run:
            return sum(1 for _ in run.stores())


RECORDS = {"aws": record_aws, "azure": record_azure, "gcp": record_gcp}

if __name__ == "__main__":
    for name in sys.argv[1:] or RECORDS:
        file = CHECKS / name / "demo.jsonl.gz"
        stores = RECORDS[name](file)
        print(json.dumps({"cloud": name, "stores": stores, "bytes": file.stat().st_size}))
