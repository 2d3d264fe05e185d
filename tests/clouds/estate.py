"""An organisation's estate in moto, the same for the same seed, and the truth about it.

with running() as endpoint:
    estate = build(endpoint)                  # 4 accounts, 5 regions, copies, shares, keys …
    estate.stores, estate.accounts, estate.skipped

python -m tests.clouds.estate --endpoint http://127.0.0.1:5001 --accounts 10 --regions 17 --plain
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import databases, plain, rich
from .ground import MANAGEMENT, Ground, Made

REGIONS = ("eu-west-3", "eu-west-1", "eu-central-1", "us-east-1", "eu-west-2")
# The regions that a new account has, the most telling first.
ALL_REGIONS = (
    "eu-west-3", "us-east-1", "eu-central-1", "eu-west-1", "eu-west-2", "eu-north-1", "us-east-2",
    "us-west-1", "us-west-2", "ca-central-1", "sa-east-1", "ap-south-1", "ap-northeast-1",
    "ap-northeast-2", "ap-northeast-3", "ap-southeast-1", "ap-southeast-2",
)  # fmt: skip
# What moto makes along with something else: listed by an audit, not in the truth.
INCIDENTAL = frozenset(("aws.rds.automated_backup", "aws.redshift.snapshot"))
_MEMBERS = ("soins", "recherche", "laboratoire", "imagerie", "assurance", "archives")


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """What was built: the answer that an audit should give."""

    endpoint: str
    regions: tuple[str, ...]
    accounts: tuple[str, ...]  # those that are open, the management account first
    suspended: tuple[str, ...]
    units: dict[str, str]  # organisational unit → its id
    stores: tuple[Made, ...]
    skipped: tuple[str, ...]  # what the emulator could not make, and why


@contextmanager
def running() -> Iterator[str]:
    """An empty moto server in this process; gives its URL."""
    from moto.server import ThreadedMotoServer

    os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"  # each region would load thousands
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line per request otherwise
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield "http://{}:{}".format(*server.get_host_and_port())
    finally:
        server.stop()


def build(
    endpoint: str, *, regions: Sequence[str] = REGIONS, accounts: int = 3, buckets: int = 4,
    each: int = 1, seed: int = 7, telling: bool = True,
) -> Estate:  # fmt: skip
    """Fill an emulator: a plain estate everywhere, and, when `telling`, what a report must show.

    `telling` needs three accounts and the regions of `REGIONS`, and adds a suspended account.
    """
    ground = Ground(endpoint, seed)
    ground.start()
    opened, suspended, units = _organise(ground, accounts, suspend=telling)
    plain.build(ground, opened, regions, buckets=buckets, each=each)
    if telling:
        rich.build(ground, opened)
        databases.build(ground, opened)
    return Estate(
        endpoint=endpoint, regions=tuple(regions), accounts=tuple(opened), units=units,
        suspended=tuple(suspended), stores=tuple(ground.made),
        skipped=tuple(sorted(ground.skipped)),
    )  # fmt: skip


def _organise(
    ground: Ground, accounts: int, *, suspend: bool
) -> tuple[list[str], list[str], dict[str, str]]:
    """An organisation with two units; the members take turns in them."""
    client = ground.client(MANAGEMENT, "organizations")
    client.create_organization(FeatureSet="ALL")
    root = client.list_roots()["Roots"][0]["Id"]
    units = {
        name: client.create_organizational_unit(ParentId=root, Name=name)["OrganizationalUnit"][
            "Id"
        ]
        for name in ("production", "recherche")
    }
    opened = [MANAGEMENT]
    for number in range(accounts - 1):
        name = f"{_MEMBERS[number % len(_MEMBERS)]}-{number:03d}"
        unit = list(units.values())[number % 2]
        opened.append(_open_account(client, name, root, unit))
    closed = [_open_account(client, "ancien-site", root, units["production"])] if suspend else []
    for account in closed:
        client.close_account(AccountId=account)
    return opened, closed, units


def _open_account(client: Any, name: str, root: str, unit: str) -> str:
    made = client.create_account(AccountName=name, Email=f"{name}@example.org")
    account: str = made["CreateAccountStatus"]["AccountId"]
    client.move_account(AccountId=account, SourceParentId=root, DestinationParentId=unit)
    return account


def main() -> None:
    """Build in an emulator that runs elsewhere, and write the truth to a file."""
    import argparse
    from dataclasses import asdict

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--endpoint", default="http://127.0.0.1:5001")
    parser.add_argument("--accounts", type=int, default=3)
    parser.add_argument("--regions", type=int, default=len(REGIONS))
    parser.add_argument("--buckets", type=int, default=4, help="per account")
    parser.add_argument("--each", type=int, default=1, help="of each kind, per account and region")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--plain", action="store_true", help="nothing telling: for measuring")
    parser.add_argument("--truth", type=Path, default=Path("truth.json"))
    given = parser.parse_args()
    regions = ALL_REGIONS[: given.regions] if given.plain else REGIONS
    estate = build(
        given.endpoint, regions=regions, accounts=given.accounts, buckets=given.buckets,
        each=given.each, seed=given.seed, telling=not given.plain,
    )  # fmt: skip
    told = asdict(estate)
    for store, made in zip(told["stores"], estate.stores, strict=True):
        store["public"] = made.public
    given.truth.write_text(json.dumps(told, indent=1), encoding="utf-8")
    print(json.dumps({"accounts": len(estate.accounts), "stores": len(estate.stores),
                      "skipped": estate.skipped}))  # fmt: skip


if __name__ == "__main__":
    main()
