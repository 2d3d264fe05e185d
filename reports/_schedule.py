"""S8, S9 and S11: why it lasts and how long, what is done meanwhile, who does what by when."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.sdk import Group, Milestone, Step, plain

from . import _figures
from ._asked import blank, convention, day, listed, said
from ._blocks import Cell, Fields, Items, Rows, Section, Table, Text
from ._groups import name_of, step_of
from ._outline import title_of
from ._saying import in_words, word
from ._told import Told


def duration(told: Told) -> Iterator[Section]:
    """S8: necessity by step, the end that is set, and the days that it should not pass."""
    words, plan = told.words, told.plan
    rows: list[tuple[Cell, ...]] = []
    for group, step in told.steps:
        key = f"targets.{plain(step.id)}" if step.id else "targets"
        one = told.dossier.targets.get(step.id) if told.dossier else None
        rows.append((step_of(told, group, step), words.number(step.stores),
                     said(words, one.necessity if one else "", f"{key}.necessity"),
                     day(words, step.deadline, f"{key}.deadline"),
                     said(words, one.reason if one else "", f"{key}.reason")))  # fmt: skip
    columns = (words("Step"), words("Data stores"), words("Why staying for now is necessary"),
               words("End"), words("Why it takes so long"))  # fmt: skip
    necessary = told.table(words("Necessity and end, by step"), columns, rows, (4, 2, 5, 3, 4))
    begun = plan.since if plan else None
    counted = words("No version of the plan is approved: no deadline counts yet.")
    if begun is not None:
        counted = words("Deadlines count from the first approved version, {day}: no later version "
                        "resets them.", day=words.date(begun))  # fmt: skip
    conventional = words("18 and 24 months are a convention of the project, drawn from the "
                         "commitment of 2020; only article 31 of the SREN law sets 18 months, from "
                         "the day an acceptable offer exists.")  # fmt: skip
    blocks = (Text(counted), Text(conventional, "note"), necessary, _limits(told), _markers(told))
    yield Section(title_of(told, "S8"), blocks, 2, "", "S8")


def _limits(told: Told) -> Table:
    words, rows, marks = told.words, [], []
    for group, step in told.steps:
        for limit in step.limits:
            rows.append(
                (step_of(told, group, step),
                 convention(told.report, words, "limits", limit.origin),
                 words.date(limit.counted_from), words.date(limit.day),
                 words("passed by the step") if limit.passed else words("held"))
            )  # fmt: skip
            marks.append("major" if limit.passed else "")
    columns = (words("Step"), words("Limit"), words("Counted from"), words("Last day"),
               words("Deadline of the step"))  # fmt: skip
    return told.table(words("Limits"), columns, rows, marks=tuple(marks))


def _markers(told: Told) -> Table:
    """What was decided elsewhere, which binds nobody here."""
    words, report = told.words, told.report
    texts, policy = report.facts.table("texts"), report.facts.table("conventions")["deadlines"]
    rows = []
    for one in policy["precedents"]:
        title = texts.get(one["ref"], {}).get("title", "")
        shown = plain(title) if isinstance(title, str) else in_words(words, title)
        months, also, _ = one["months"].partition(" (authorisation")
        of = f" ({words('an authorisation, not a transition')})" if also else ""
        rows.append((plain(one["ref"]), shown, plain(months) + of))
    columns = (words("Text"), words("Title"), words("Months"))
    return Table(words("Known markers of duration"), columns, tuple(rows), 0, (), (3, 8, 3))


def meanwhile(told: Told) -> Iterator[Section]:
    """S9: interim measures by custody of the keys, the freeze, and what to do if it breaks."""
    report, words = told.report, told.words
    conventions = report.facts.table("conventions")
    document = told.dossier.document if told.dossier else None
    decided = Fields(
        ((words("Interim measures decided, each with its owner and its day"),
          listed(words, document.measures if document else (), "document.measures")),
         (words("Who examines an addition in an exposed place"),
          said(words, document.freeze if document else "", "document.freeze")),
         (words("Who decides, and what is done, when something breaks"),
          said(words, document.contingency if document else "", "document.contingency"))),
    )  # fmt: skip
    yield Section(title_of(told, "S9"), (Text(in_words(words, conventions["interim"]["said"])),
                                         decided), 2, "", "S9")  # fmt: skip
    for level in sorted({level for group in told.groups for level in group.custody}):
        entry = conventions.get(f"interim-{level}")
        if entry is None:
            continue
        stores = sum(group.custody.get(level, 0) for group in told.groups)
        name = words("undetermined") if level == "?" else plain(level)
        title = words("Keys: {level}, {n} data stores", level=name, n=words.number(stores))
        items = tuple(in_words(words, measure) for measure in entry["measures"])
        yield Section(title, (Items(items),), 3)
    yield _freeze(told)
    scenarios = conventions["scenarios"]["words"]
    broken = tuple((in_words(words, scenario), blank(words, "document.contingency")
                    if not (document and document.contingency) else plain(document.contingency))
                   for scenario in scenarios.values())  # fmt: skip
    table = Table(words("If it breaks"), (words("What happens"), words("Who decides, and what is "
                                                                     "done")), broken)  # fmt: skip
    yield Section(words("Contingency"), (table,), 3)


def _freeze(told: Told) -> Section:
    """What was added in exposed places since the first approval."""
    words, plan = told.words, told.plan
    rows = tuple((name_of(told, g), words.number(g.added)) for g in told.groups if g.added)
    begun = plan.since if plan else None
    about = words("No version of the plan is approved: the freeze has not begun.")
    if begun is not None:
        about = words("Since {day}, nothing is added in an exposed place without a reason that a "
                      "person examines. Data stores created since are counted below.",
                      day=words.date(begun))  # fmt: skip
    columns = (words("Group"), words("Data stores created since"))
    return Section(words("Freeze of the exposed scope"),
                   (Text(about), told.table(words("Added since the freeze"), columns, rows)),
                   3)  # fmt: skip


def calendar(told: Told) -> Iterator[Section]:
    """S11: milestones with owner and date, dependencies, critical path, slippage, progress."""
    words, plan = told.words, told.plan
    blocks = [*_figures.timeline(told), *_figures.progress(told)]
    yield Section(title_of(told, "S11"), (Text(_ends(told)), *blocks), 2, "", "S11")
    yield Section(words("Steps"), (_steps(told),), 3)
    for group, step in {s.id: (g, s) for g, s in told.steps if s.id}.values():
        title = step_of(told, group, step)
        yield Section(words("Milestones: {step}", step=title), (_milestones(told, step),), 3)
    yield Section(words("Slippage"), (_slips(told),), 3)
    if plan is not None:
        yield Section(words("Indicators"), (_indicators(told),), 3)


def _ends(told: Told) -> str:
    words, plan = told.words, told.plan
    if plan is None or plan.ends is None:
        return str(words("No milestone has a day yet: the critical path cannot be told."))
    last = words("The last milestone known is on {day}.", day=words.date(plan.ends))
    if plan.undated:
        rest = words("Milestones without a day: {n}; the critical path marked is that of the days "
                     "known.", n=words.number(plan.undated))  # fmt: skip
        return f"{last} {rest}"
    return str(last)


def _steps(told: Told) -> Table:
    words = told.words
    rows = tuple(_step(told, group, step) for group, step in told.steps)
    columns = (words("Step"), words("Data stores"), words("Owner"), words("State"),
               words("Deadline"), words("After"))  # fmt: skip
    return told.table(words("Steps, owners and dependencies"), columns, rows)


def _step(told: Told, group: Group, step: Step) -> tuple[Cell, ...]:
    words, key = told.words, f"targets.{plain(step.id)}" if step.id else "targets"
    state = word(told.report, words, "progress", step.state) if step.id else blank(words, key)
    return (
        step_of(told, group, step), words.number(step.stores),
        said(words, step.owner, f"{key}.owner"), state,
        day(words, step.deadline, f"{key}.deadline"), ", ".join(map(plain, step.after)),
    )  # fmt: skip


def _milestones(told: Told, step: Step) -> Table:
    words = told.words
    rows: Rows = tuple(_milestone(told, step, one) for one in step.milestones)
    columns = (words("Milestone"), words("Day"), words("Owner"), words("State"),
               words("Critical path"))  # fmt: skip
    return Table(words("Milestones of {step}", step=plain(step.id)), columns, rows)


def _milestone(told: Told, step: Step, one: Milestone) -> tuple[Cell, ...]:
    words, key = told.words, f"targets.{plain(step.id)}"
    when: Cell = day(words, one.day, f"{key}.milestones.{one.phase}")
    if one.day is None and one.reached:
        when = words("day not kept")
    return (
        convention(told.report, words, "phases", one.phase), when,
        said(words, one.owner, f"{key}.owner"),
        words("reached") if one.reached else words("to come"),
        words("yes") if one.critical else "",
    )  # fmt: skip


def _slips(told: Told) -> Table:
    words, rows, marks, seen = told.words, [], [], set()
    for group, step in told.steps:
        for slip in step.slips:
            if (step.id, slip) in seen:
                continue
            seen.add((step.id, slip))
            rows.append((step_of(told, group, step), plain(slip.version) or words("earlier"),
                         words.date(slip.deadline),
                         words.date(step.deadline) if step.deadline else "",
                         words("{n} days", n=f"{slip.days:+d}".replace("-", "−"))))  # fmt: skip
            marks.append("minor" if slip.days > 0 else "")
    columns = (words("Step"), words("Version"), words("Deadline then"), words("Deadline now"),
               words("Slip"))  # fmt: skip
    caption = words("Slippage against each earlier version")
    return told.table(caption, columns, rows, marks=tuple(marks))


def _indicators(told: Told) -> Table:
    """What progress is measured by, at each audit: this one last."""
    words = told.words
    rows = tuple(
        (words.date(when), words.number(c.stores), words.number(c.exposed),
         words.number(c.undetermined), words.bytes(c.bytes_exposed),
         words.number(c.keys_out_of_reach))
        for when, c in told.history[-12:]
    )  # fmt: skip
    columns = (words("Audit of"), words("Data stores"), words("Exposed"), words("Undetermined"),
               words("Volume exposed"), words("Keys out of the host’s reach"))  # fmt: skip
    return Table(words("Indicators, audit after audit"), columns, rows)
