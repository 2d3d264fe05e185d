"""A whole tenant or organisation of 200,000 rows, read through its inventory within its quota.

    python -m bench.inventory_scale azure    # 1,000 subscriptions, Resource Graph
    python -m bench.inventory_scale gcp      # 5,000 projects, Asset Inventory

A fake cloud answers in a process of its own, 30 ms late, and refuses what is beyond the quota that
the service publishes; the audit runs in another, whose time and greatest resident size are told.
The least that any program can take is that of as many questions as there are full pages.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from .calibrate import seconds

_LATENCY = 0.03
_PAGE = 1000
_COMPUTE = "https://www.googleapis.com/compute/v1"
_GOOGLE = (
    ("Disk", "zones/europe-west9-b/disks", "zones/europe-west9-b"),
    ("Snapshot", "global/snapshots", "global"),
)
_GARBAGE = 50_000  # as the command sets it


@dataclass(frozen=True, slots=True)
class Measure:
    """What is asked of one cloud: how many accounts there are, and what its inventory allows."""

    accounts: int
    questions: int  # in so many seconds
    seconds: float
    inventory: str  # what the path of a question of the inventory ends in

    def least(self, questions: int) -> float:
        """The seconds that pass before the last of so many questions may leave."""
        return ((questions - 1) // self.questions) * self.seconds


MEASURES = {
    # https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
    "azure": Measure(1000, 15, 5.0, "/resources"),
    # https://cloud.google.com/asset-inventory/docs/quota
    "gcp": Measure(5000, 100, 60.0, "/assets"),
}


# ---------------------------------------------------------------------- the fakes


def azure(accounts: int, rows: int) -> Any:
    """A tenant of disks and snapshots, most of whose values are shared: it is quick to tell."""
    from auditor.testing.azure import AzureEstate, AzureFake, subscription

    allowed = MEASURES["azure"]
    names = [f"00000000-0000-4000-8000-{number:012d}" for number in range(accounts)]
    shared = {
        "timeCreated": "2024-02-01T09:30:00.0000000Z", "creationData": {"createOption": "Empty"},
        "diskSizeGB": 512, "diskSizeBytes": 549755813888, "diskState": "Attached",
        "encryption": {"type": "EncryptionAtRestWithPlatformKey"}, "incremental": False,
        "networkAccessPolicy": "DenyAll", "publicNetworkAccess": "Disabled",
        "provisioningState": "Succeeded",
    }  # fmt: skip
    columns = {
        "tenantId": "00000000-0000-4000-8000-00000000aaaa", "kind": "", "location": "francecentral",
        "resourceGroup": "rg-donnees", "managedBy": "", "plan": None, "identity": None,
        "sku": {"name": "Premium_LRS", "tier": "Premium"}, "properties": shared,
        "tags": {"service": "dpi"}, "zones": ["1"], "extendedLocation": None,
    }  # fmt: skip
    found = []
    for number in range(rows):
        account, kind = names[number % accounts], ("disks", "snapshots")[number // accounts % 2]
        name = f"vm-dpi-{number:06d}"
        group = f"/subscriptions/{account}/resourceGroups/rg-donnees"
        found.append(
            {"id": f"{group}/providers/Microsoft.Compute/{kind}/{name}", "name": name,
             "type": f"microsoft.compute/{kind}", "subscriptionId": account, **columns}
        )  # fmt: skip
    listed = ("Microsoft.Communication/emailServices",
              "Microsoft.Communication/communicationServices",
              "Microsoft.DocumentDB/restorableDatabaseAccounts")  # fmt: skip
    answers: dict[str, Mapping[str, Any]] = {
        f"/subscriptions/{account}/providers/{path}": {"value": []}
        for account in names for path in listed
    }  # fmt: skip
    estate = AzureEstate(subscriptions=[subscription(a) for a in names], rows=found,
                         answers=answers)  # fmt: skip
    return AzureFake(estate, quota=(allowed.questions, allowed.seconds), latency=_LATENCY)


def gcp(accounts: int, rows: int) -> Any:
    """An organisation of disks and snapshots, and of no Healthcare datasets."""
    from auditor.testing.google import Estate, GoogleFake, Project, Weather, asset

    allowed = MEASURES["gcp"]
    projects = [Project(f"chu-lumiere-{n:05d}", str(410000000000 + n)) for n in range(accounts)]
    shared = {
        "creationTimestamp": "2025-02-03T01:02:03.456-08:00", "status": "READY", "sizeGb": "500",
        "storageBytes": "1048576", "storageLocations": ["europe-west9"], "labels": {"app": "pacs"},
    }  # fmt: skip
    assets = []
    for number in range(rows):
        project, name = projects[number % accounts], f"pacs-{number:06d}"
        kind, place, zone = _GOOGLE[number // accounts % 2]
        path, home = f"projects/{project.id}/{place}/{name}", f"{_COMPUTE}/projects/{project.id}"
        data = {**shared, "name": name, "selfLink": f"{_COMPUTE}/{path}", "zone": f"{home}/{zone}"}
        assets.append(
            asset(project, f"compute.googleapis.com/{kind}", path, zone.rpartition("/")[2], data)
        )
    answers: dict[str, Any] = {f"healthcare:projects/{p.id}/locations": [] for p in projects}
    estate = Estate(projects=projects, assets=assets, answers=answers)
    return GoogleFake(estate, Weather(quota=allowed.questions, quota_seconds=allowed.seconds,
                                      latency=_LATENCY))  # fmt: skip


def serve(cloud: str, accounts: int, rows: int) -> None:
    """Serve a cloud until the input ends; then tell what it was asked."""
    gc.disable()  # a process that only holds and tells
    with {"azure": azure, "gcp": gcp}[cloud](accounts, rows) as fake:
        print(json.dumps(fake.settings), flush=True)
        sys.stdin.read()
        asked = [" ".join(one) if isinstance(one, tuple) else one for one in fake.asked]
        ending = MEASURES[cloud].inventory
        told = {"asked": len(asked), "inventory": sum(one.endswith(ending) for one in asked)}
        print(json.dumps(told), flush=True)


@contextmanager
def served(cloud: str, accounts: int, rows: int) -> Iterator[subprocess.Popen[str]]:
    """A fake cloud in a process of its own."""
    command = [sys.executable, "-m", "bench.inventory_scale", cloud, "--serve",
               "--accounts", str(accounts), "--rows", str(rows)]  # fmt: skip
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


# ---------------------------------------------------------------------- the audit


class Ended:
    """When the last unit ended, and the memory until then: where the survey's part ends."""

    def __init__(self) -> None:
        self.at, self.peak, self.stores = time.perf_counter(), 0, 0

    def scope(self, name: str) -> None:
        """An account was found."""

    def note(self, text: str) -> None:
        """Something cannot be read."""
        print(text, file=sys.stderr)

    def unit_done(self, unit: str, stores: int) -> None:
        """A unit ended."""
        self.at, self.peak = time.perf_counter(), _peak()
        self.stores += stores


def audit(cloud: str, connection: Mapping[str, Any]) -> None:
    """Audit a cloud with the pipeline, and tell what it took."""
    from auditor import pipeline, registry, settings

    gc.set_threshold(_GARBAGE)
    found = registry.load()
    connect = registry.resolve(found.providers[cloud].api)
    with tempfile.TemporaryDirectory() as scratch:
        chosen = settings.load(None, {}, []).replacing("runs", dir=scratch)
        start, ended = time.perf_counter(), Ended()
        done = pipeline.audit(chosen, clouds={cloud: connect(connection)}, progress=ended)
        wall, used = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "stores": ended.stores, "exit": done.exit_code,
        "survey_s": round(ended.at - start, 1), "survey_peak_mib": ended.peak,
        "whole_s": round(wall, 1), "cpu_s": round(used.ru_utime + used.ru_stime, 1),
        "peak_mib": _peak(),
    }  # fmt: skip
    print(json.dumps(told))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Serve in one process, audit in another; print what each took, beside the least."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cloud", choices=sorted(MEASURES))
    parser.add_argument("--accounts", type=int)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--audit", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    measure = MEASURES[given.cloud]
    accounts = given.accounts or measure.accounts
    if given.serve:
        return serve(given.cloud, accounts, given.rows)
    if given.audit:
        return audit(given.cloud, json.loads(sys.stdin.readline()))
    print(f"calibration: {seconds():.2f} s (1.00 on the reference machine)", flush=True)
    with served(given.cloud, accounts, given.rows) as fake:
        assert fake.stdout is not None
        connection = fake.stdout.readline()
        command = [sys.executable, "-m", "bench.inventory_scale", given.cloud, "--audit"]
        done = subprocess.run(command, input=connection, stdout=subprocess.PIPE, text=True,
                              check=True)  # fmt: skip
        asked = json.loads(fake.communicate("")[0])
    told = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps({**told, **asked}))
    pages = -(-given.rows // _PAGE)
    for what, count in (("full pages", pages), ("questions of the inventory", asked["inventory"])):
        least = measure.least(count)
        ratio = f": ratio {told['survey_s'] / least:.2f}" if least else ""
        print(f"{count} {what}, {measure.questions} in {measure.seconds:.0f} s: "
              f"at least {least:.1f} s{ratio}")  # fmt: skip
    return None


if __name__ == "__main__":
    main()
