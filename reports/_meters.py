"""A metric and its labels: closed choices, never a name that strangers chose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

Labels = tuple[tuple[str, str], ...]
_MOST = 50  # providers, and families of rules: of more, the others are told together


@dataclass(slots=True)
class Metric:
    """A name, what it counts, and its samples by label."""

    name: str
    help: str
    samples: dict[Labels, int | float] = field(default_factory=dict)

    def add(self, value: int | float, **labels: str) -> Metric:
        """One more sample."""
        self.samples[tuple(sorted(labels.items()))] = value
        return self


def seconds(day: date) -> int:
    """The first second of a day, since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


@dataclass(slots=True)
class Bounded:
    """Label values of one kind: as many as are expected, all others under one name."""

    form: re.Pattern[str]
    known: set[str] = field(default_factory=set)

    def __call__(self, value: str) -> str:
        """The value itself where it has the form and there is room."""
        if not value:
            return "none"
        if value in self.known:
            return value
        if not self.form.fullmatch(value) or len(self.known) >= _MOST:
            return "other"
        self.known.add(value)
        return value
