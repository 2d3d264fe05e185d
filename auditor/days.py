"""The day whose law applies: that of Paris, where a qualification begins and ends."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def day_of(moment: datetime) -> date:
    """The day that a moment belongs to in Paris."""
    return moment.astimezone(PARIS).date()


def today() -> date:
    """Today in Paris."""
    return datetime.now(PARIS).date()
