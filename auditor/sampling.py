"""Sampling the content of the stores that a run found, where somebody asked for it.

It runs where the credentials are; what leaves it is evidence. A store whose objects are refused is
told as not assessed, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from threading import Lock
from typing import Any

from .assessing import readers_of
from .errors import ApiError
from .model import Certainty, DataStore, Reason, Scope, StoreSample, Unknown
from .progress import Progress
from .registry import Registry, resolve
from .runs import RunFolder
from .sdk import Api
from .settings import Settings

_AT_ONCE = 8  # stores that are sampled at the same time
REFUSED = (Reason.DENIED, Reason.UNREACHABLE, Reason.THROTTLED, Reason.EXPIRED)


def wanted(settings: Settings) -> bool:
    """Whether content is to be read; what that needs and misses is told before anything is asked.

    Raises `AuditorError` when the extra that reads content is not installed.
    """
    enabled = bool(settings.section("sample").get("enabled"))
    if enabled:
        readers_of(settings, full_names=False)
    return enabled


def sample_stores(
    run: RunFolder, clouds: Mapping[str, Api], registry: Registry, settings: Settings,
    tell: Progress,
) -> bool:  # fmt: skip
    """Sample every store that the settings choose; whether some could not be read."""
    from .classify.content.sampling import Purse, sample

    objects, _ = readers_of(settings, full_names=False)
    section = settings.section("sample")
    purse = Purse(section["max_mebibytes"] << 20)
    done = run.sampled()
    lock = Lock()

    def one(store: DataStore) -> StoreSample:
        opened = opened_store(store, clouds, registry)
        if opened is None:
            why = Unknown(Reason.UNSUPPORTED)
            return StoreSample(store=store.id, certainty=Certainty.NOT_ASSESSED, reason=why)
        found: StoreSample = sample(store.id, opened, objects, purse)
        return found

    def kept(store: DataStore) -> StoreSample:
        try:
            found = one(store)
        except ApiError as error:
            why = Unknown(error.reason)
            found = StoreSample(store=store.id, certainty=Certainty.NOT_ASSESSED, reason=why)
        with lock:
            run.write_sample(found)
        tell.note(f"{store.kind} {found.certainty}: {found.sampled}/{found.listed}")
        return found

    ahead = [s for s in _chosen(run, registry, section) if s.id not in done]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(kept, ahead):
            pass
    refused = any(_refused(sample) for sample in run.sampled().values())
    run.seal_samples()
    return refused


def _refused(sample: StoreSample) -> bool:
    if sample.reason is not None and sample.reason.reason in REFUSED:
        return True
    return any(reason in sample.reasons for reason in REFUSED)


def _chosen(run: RunFolder, registry: Registry, section: Mapping[str, Any]) -> Iterator[DataStore]:
    kinds = {kind for provider in registry.providers.values() for kind in provider.sampled}
    for store in run.stores():
        name = store.name or (store.also[0] if store.also else store.id)
        if (
            store.kind in kinds
            and _matches(store.account, section["accounts"])
            and _matches(str(store.region), section["regions"])
            and _matches(name, section["names"])
            and not (section["exclude_names"] and _matches(name, section["exclude_names"]))
        ):
            yield store


def _matches(value: str, globs: list[str]) -> bool:
    return not globs or any(fnmatchcase(value, glob) for glob in globs)


def opened_store(store: DataStore, clouds: Mapping[str, Api], registry: Registry) -> Any | None:
    """A store opened for sampling, None where its cloud has no such door."""
    name = store.kind.partition(".")[0]
    provider = registry.providers.get(name)
    if provider is None or not provider.objects or not hasattr(clouds.get(name), "bytes_of"):
        return None
    region = store.region if isinstance(store.region, str) else ""
    scope = Scope(provider=name, partition=store.partition, account=store.account, region=region)
    named = store.also[0] if store.also else store.name
    return resolve(provider.objects)(clouds[name], named, "", scope)
