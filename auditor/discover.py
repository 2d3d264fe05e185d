"""Discovering: which accounts and regions there are, side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from .model import Gap, Scope
from .sdk import Api


@dataclass(frozen=True, slots=True)
class Discovery:
    """Where to look, and what could not be looked at."""

    accounts: tuple[Scope, ...]
    regions: tuple[Scope, ...]
    gaps: tuple[Gap, ...]
    organisation: frozenset[str]


def discover(api: Api, threads: int = 16) -> Discovery:
    """The accounts and regions in scope of a connection, in a fixed order."""
    accounts: list[Scope] = []
    regions: list[Scope] = []
    gaps: list[Gap] = []
    for seen in api.accounts():
        gaps.append(seen) if isinstance(seen, Gap) else accounts.append(seen)
    with ThreadPoolExecutor(threads) as pool:
        for found in pool.map(lambda account: list(api.regions(account)), accounts):
            for region in found:
                gaps.append(region) if isinstance(region, Gap) else regions.append(region)
    return Discovery(
        tuple(sorted(accounts)),
        tuple(sorted(regions)),
        tuple(sorted(gaps, key=lambda g: (g.scope, g.reason, g.detail))),
        api.organisation(),
    )
