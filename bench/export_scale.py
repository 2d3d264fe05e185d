"""A Terraform state of 500 MB audited by `auditor audit --from`: time, and greatest resident size.

    python -m bench.export_scale [--megabytes 500]

Beside it the floor: every event of the same file taken from ijson, and dropped.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .calibrate import seconds

_ROOT = str(Path(__file__).parents[1])
_MB = 1_000_000
_NUMBER = "NUMBER"  # what stands for a bucket's number until it is written
_ENDED = (0, 3, 4)  # an audit that went to its end: findings and gaps are answers
_FLOOR = """
import ijson, sys
with open(sys.argv[1], "rb") as file:
    for event in ijson.basic_parse(file, use_float=True):
        pass
"""
_READ = """
import gc, sys
from pathlib import Path
from auditor import clouds, registry, settings
gc.set_threshold(50_000)
clouds.exported([Path(sys.argv[1])], settings.load(None, {}, []), registry.load())
"""
_HEAD = (
    '{"version": 4, "terraform_version": "1.9.0", "serial": 7, "lineage": "chu-lumiere",'
    ' "outputs": {}, "resources": ['
)


def resource_of(number: str) -> dict[str, Any]:
    """A bucket as a state keeps it: what is declared of it, and much that is not."""
    name = f"chu-lumiere-{number}"
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": ["*"] * 60}]}
    attributes = {
        "arn": f"arn:aws:s3:::{name}", "bucket": name, "id": name, "region": "eu-west-3",
        "tags": {"service": "dpi"}, "versioning": [{"enabled": True, "mfa_delete": False}],
        "hosted_zone_id": "Z3R1K369G5AVDG", "force_destroy": False,
        "policy": json.dumps(policy),
        "lifecycle_rule": [
            {"id": f"rule-{n}", "enabled": True, "prefix": "examens/" * 4, "transition": []}
            for n in range(16)
        ],
    }  # fmt: skip
    instance = {"schema_version": 0, "attributes": attributes, "sensitive_attributes": []}
    return {
        "mode": "managed", "type": "aws_s3_bucket", "name": f"b{number}",
        "provider": 'provider["registry.terraform.io/hashicorp/aws"]', "instances": [instance],
    }  # fmt: skip


def write(path: Path, size: int) -> int:
    """Write a state of at least so many bytes, indented as Terraform does; returns its buckets."""
    number, form = 0, json.dumps(resource_of(_NUMBER), indent=2)
    with path.open("w", encoding="utf-8") as out:
        out.write(_HEAD)
        while out.tell() < size:
            out.write("," * bool(number) + form.replace(_NUMBER, str(number)))
            number += 1
        out.write("]}")
    return number


def taken(command: Sequence[str], folder: Path, ok: Sequence[int]) -> tuple[float, float, int]:
    """One program: wall and CPU seconds, its greatest resident size in MiB."""
    log = folder / "said.log"
    environment = {**os.environ, "PYTHONPATH": _ROOT, "NO_PROXY": "*"}
    start = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
    wall, code = time.perf_counter() - start, os.waitstatus_to_exitcode(status)
    process.returncode = code
    if code not in ok:
        said = log.read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"ended with {code}:\n{said[-2000:]}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def main() -> None:
    """Write a state, read it with ijson alone, audit it; print what each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=500)
    given = parser.parse_args()
    print(f"calibration: {seconds():.2f} s (1.00 on the reference machine)", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        state = folder / "terraform.tfstate"
        buckets, size = write(state, given.megabytes * _MB), state.stat().st_size
        print(f"{size / _MB:.0f} MB, {buckets} buckets", flush=True)
        programs = {
            "ijson, every event": ["-c", _FLOOR, str(state)],
            "ours, read": ["-c", _READ, str(state)],
            "auditor audit --from, whole": ["-m", "auditor", "audit", "--from", str(state)],
        }
        for name, command in programs.items():
            wall, cpu, peak = taken([sys.executable, *command], folder, _ENDED)
            print(f"{name}: {wall:.1f} s, CPU {cpu:.1f} s, {size / _MB / wall:.1f} MB/s "
                  f"({size / _MB / cpu:.1f} by CPU), {peak} MiB peak", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
