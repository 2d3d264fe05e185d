"""What a story is told from: a report, its words, and what one pass over it found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from auditor.sdk import Alignment, Counted, Dossier, Group, Grouping, Plan, Step

from ._blocks import Cell, Table
from ._gather import Findings, Read, findings_of, read_of


@dataclass(frozen=True)
class Told:
    """One report in one language; what takes a pass over it is made once."""

    report: Any
    words: Any
    most: int  # rows of findings, about, and of each other table

    @cached_property
    def found(self) -> Findings:
        """Findings, counted."""
        rules = max(1, len(self.report.summary.outcomes))
        return findings_of(self.report, max(3, self.most // rules))

    @cached_property
    def read(self) -> Read:
        """What was read of what."""
        return read_of(self.report)

    @cached_property
    def plan(self) -> Plan | None:
        """The transition plan; none in a judgement made before there was one."""
        found: Plan | None = self.report.plan()
        return found

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups of the plan, those of treatments first, then the largest; empty for none."""
        order = list(Grouping)
        found = self.plan.groups if self.plan else ()
        return tuple(sorted(found, key=lambda g: (order.index(g.by), -g.volume.stores, g.id)))

    @cached_property
    def steps(self) -> tuple[tuple[Group, Step], ...]:
        """Every step, with its group."""
        return tuple((group, step) for group in self.groups for step in group.steps)

    @cached_property
    def history(self) -> tuple[tuple[date, Counted], ...]:
        """What was counted, run after run."""
        found: tuple[tuple[date, Counted], ...] = self.report.history()
        return found

    def table(
        self, caption: str, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]],
        shares: tuple[int, ...] = (), marks: tuple[str, ...] = (),
    ) -> Table:  # fmt: skip
        """A table of as many rows as this story shows of each."""
        every = tuple(rows)
        more = max(0, len(every) - self.most)
        return Table(caption, columns, every[: self.most], more, marks[: self.most], shares)

    @cached_property
    def dossier(self) -> Dossier | None:
        """What people declare, where it is at hand."""
        found: Dossier | None = self.report.dossier
        return found

    @cached_property
    def alignment(self) -> Alignment | None:
        """The alignment table."""
        found: Alignment | None = self.report.alignment()
        return found
