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


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("a month has 28 days")
