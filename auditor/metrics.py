"""Sizes that only metrics know: many stores of one region share one batched call."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from .calls import MEASURE, Call, Calls
from .declare import Metric
from .errors import ApiError
from .model import Reason, Unknown

if TYPE_CHECKING:
    from .units import Unit

OPERATION = "cloudwatch:GetMetricData"
_MOST_QUERIES = (
    500  # https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
)


@dataclass(slots=True)
class _Waiting:
    metric: Metric
    dimensions: Mapping[str, str]
    then: Callable[[Any], None]


class Batches:
    """Measurements that wait for company, by unit and region."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._lock = threading.Lock()
        self._held: dict[str, dict[str, list[_Waiting]]] = {}

    def waiting(self, unit: Unit) -> int:
        """How many measurements of a unit have not been asked yet."""
        return sum(map(len, self._held.get(unit.name, {}).values()))

    def add(
        self,
        unit: Unit,
        metric: Metric,
        region: str,
        dimensions: Mapping[str, str],
        then: Callable[[Any], None],
    ) -> None:
        """Hold a measurement; a full batch leaves at once. The caller holds the unit's lock."""
        held = self._held.setdefault(unit.name, {}).setdefault(region, [])
        held.append(_Waiting(metric, dimensions, then))
        if (len(held) + 1) * _width(metric) > _MOST_QUERIES:
            self._leave(unit, region)

    def flush(self, unit: Unit) -> None:
        """Ask for all that a unit still waits for. The caller holds the unit's lock."""
        for region in list(self._held.get(unit.name, ())):
            self._leave(unit, region)
        self._held.pop(unit.name, None)

    def _leave(self, unit: Unit, region: str) -> None:
        batch = self._held[unit.name].pop(region)
        midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        params = {
            "MetricDataQueries": [q for n, w in enumerate(batch) for q in _queries(n, w)],
            "StartTime": (midnight - timedelta(days=2)).isoformat(),
            "EndTime": (midnight + timedelta(days=1)).isoformat(),
        }

        def answered(answer: Any) -> None:
            for number, one in enumerate(batch):
                one.then(_value(number, one, answer))

        self._calls.put(Call(unit.scope, region, OPERATION, params, answered, MEASURE))


def _width(metric: Metric) -> int:
    return len(metric.each[1]) if metric.each else 1


def _queries(number: int, one: _Waiting) -> list[dict[str, Any]]:
    name, values = one.metric.each or ("", ("",))
    return [
        {
            "Id": f"m{number}_{n}",
            "MetricStat": {
                "Metric": {
                    "Namespace": one.metric.namespace,
                    "MetricName": one.metric.name,
                    "Dimensions": [
                        {"Name": k, "Value": v}
                        for k, v in ({**one.dimensions, **({name: value} if name else {})}).items()
                    ],
                },
                "Period": 86400,
                "Stat": "Average",
            },
        }
        for n, value in enumerate(values)
    ]


def _value(number: int, one: _Waiting, answer: Any) -> int | Unknown:
    """The newest values summed, or Unknown: silence of the metrics is not an empty store."""
    if isinstance(answer, ApiError):
        return answer.unknown
    found = [
        max(zip(r.get("Timestamps") or [""], r["Values"], strict=False))[1]
        for r in answer.get("MetricDataResults") or ()
        if r.get("Id", "").startswith(f"m{number}_") and r.get("Values")
    ]
    return int(sum(found) * one.metric.unit) if found else Unknown(Reason.UNTOLD, OPERATION)
