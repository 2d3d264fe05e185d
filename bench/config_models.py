"""Makes again what AWS Config publishes of the items that store types are read from.

    python -m bench.config_models CHECKOUT

CHECKOUT is a git repository of github.com/awslabs/aws-config-resource-schema, with or without its
files: they are read from its last commit. Only names and kinds are kept.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "checks" / "files" / "config.json.gz"
FOLDER = "config/properties/resource-types"

_KINDS = {"integer": "number", "float": "number", "boolean": "boolean"}
# The schema writes the members of a list's items as those of the list: these are lists in the
# models of the services whose answers the items hold.
_LISTS = {
    "readReplicaDBInstanceIdentifiers", "readReplicaDBClusterIdentifiers", "replicaKeys",
    "dBInstanceAutomatedBackupsReplications", "readReplicaIdentifiers", "attributeValues",
    "DBSnapshotAttributes", "DBClusterSnapshotAttributes", "replicas", "rules", "CopyActions",
    "accountsWithRestoreAccess", "BackupPlanRule",
}  # fmt: skip
_SNAPSHOT = {"awsAccountId": "string"}  # as snapshots name it; queries say accountId


def git(checkout: Path, *words: str) -> str:
    """What git says of the checkout."""
    return subprocess.run(
        ("git", "-C", str(checkout), *words),
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def nested(flat: dict[str, str]) -> dict[str, Any]:
    """Dotted names as members of members."""
    made: dict[str, Any] = {}
    for path, kind in sorted(flat.items()):
        *above, name = path.split(".")
        at = made
        for part in above:
            below = at.setdefault(part, ["list", {}] if part in _LISTS else {})
            at = below[1] if isinstance(below, list) else below
        at[name] = ["list", "string"] if name in _LISTS else _KINDS.get(kind, "string")
    tags = made.pop("tags", None)
    if tags:
        made["tags"] = ["list", tags]
    return made


def main() -> None:
    """Write the snapshot, the same bytes for the same commit."""
    checkout = Path(sys.argv[1])
    told = import_module("auditor.checks.aws._exported").rows()
    wanted = sorted({r.type for rows in told.values() for r in rows if r.form == "config"})
    types = {}
    for name in wanted:
        flat = json.loads(git(checkout, "show", f"HEAD:{FOLDER}/{name}.properties.json"))
        types[name] = {"attributes": nested(flat | _SNAPSHOT), "sensitive": []}
    commit = git(checkout, "log", "-1", "--format=%H %cs").strip()
    made = {"sources": {"aws-config-resource-schema": commit}, "types": types}
    text = json.dumps(made, sort_keys=True, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
