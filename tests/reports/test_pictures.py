"""The pictures of the document: well-formed, legible, told in words, whatever names they show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from auditor.facts import load
from auditor.model import (
    Confidence,
    Counted,
    Custody,
    Entity,
    Group,
    Grouping,
    Limit,
    Milestone,
    Phase,
    Place,
    Plan,
    Reach,
    Reached,
    Reason,
    Slip,
    Step,
    Unknown,
    Volume,
)
from auditor.report import Resting
from auditor.reports import _picture_measure as measure
from auditor.reports import _pictures as pictures
from auditor.reports._picture_atlas import frames
from auditor.reports._picture_spots import LOOKS
from auditor.words import Words

from .invented import HOSTILE, JUDGED, SUMMARY, Kept, report

DAY = date(2026, 11, 30)
FACTS = load()
BOTH = pytest.mark.parametrize("lang", ["fr", "en"])
NAMES = (
    *HOSTILE, "y" * 10_000, "مستشفى باريس", "🏥" * 200, "#let x = 1", "{{ 7*7 }}", "a\ufffe\ud800b",
    "Entrepôt de données de santé du groupement hospitalier de territoire",
)  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"
CROWD = {code: n * 7919 % 1300 + 1 for n, code in enumerate(FACTS.table("countries"))}


def a_report(
    countries: Any = None, offers: tuple[str, ...] = ("aws", "scaleway", "outscale"), **more: Any
) -> Any:
    counts = {"FR": 1234, "US": 36, "EU": 4, "SG": 2, "?": 6} if countries is None else countries
    summary = replace(
        SUMMARY, as_of=DAY, countries=counts,
        reach={"linked": 70, "no_known_link": 20, "undetermined": 10},
        custody={"?": 3, **{str(level): 7 * n + 1 for n, level in enumerate(Custody)}}, **more,
    )  # fmt: skip
    reaches = {offer: FACTS.reach_of(offer, DAY) for offer in offers}
    return replace(report(summary=summary, facts=FACTS), reaches=reaches)


def a_plan(many: int, names: tuple[str, ...] = ("Imaging", "Records"), dated: bool = True) -> Plan:
    def step(n: int) -> Step:
        days = [DAY + timedelta(n * 3 - 20 + 20 * at) if dated else None for at in range(9)]
        marks = zip(Phase, days, strict=True)
        return Step(
            id=f"step-{n}", offer=names[n % len(names)], region="gra",
            deadline=DAY + timedelta(200 + n) if dated else None,
            milestones=tuple(Milestone(phase=p, day=d, critical=n == 0) for p, d in marks),
            limits=(Limit(day=DAY + timedelta(300), origin="SREN 31", counted_from=DAY),
                    Limit(day=DAY + timedelta(180), origin="convention_warn", counted_from=DAY,
                          passed=True)) if dated else (),
            slips=(Slip(version="v1", deadline=DAY + timedelta(110), days=90 + n),)
            if dated else (),
        )  # fmt: skip

    groups = tuple(
        Group(id=f"g{n}", by=Grouping.TAG, name=names[n % len(names)], seen=20 * n + 11,
              held=5 * n + 1, volume=Volume(stores=15 * n + 3, bytes=n * 10**12),
              steps=(step(n),) if n != 1 else ())
        for n in range(many)
    )  # fmt: skip
    return Plan(version="p", as_of=DAY, edition="2026.11-2", dossier="", groups=groups)


HISTORY = tuple(
    (date(2026, n + 1, 15),
     Counted(stores=1800 + n, exposed=1200 - 97 * n, undetermined=30 - n,
             bytes=(n + 40) * 10**12, bytes_exposed=(30 - n) * 10**12))
    for n in range(12)
)  # fmt: skip
TALLY = Resting(Counter(inside=61, outside=33, unknown=6),
                Counter(aws=70, scaleway=20, outscale=10))  # fmt: skip


def counted(told: Any) -> Any:
    """The same report, its stores counted so."""
    return replace(told, counted=TALLY)


@dataclass
class Strange:
    """A report whose offers and companies were named by strangers."""

    names: tuple[str, ...] = NAMES

    def told(self) -> Any:
        verdicts = list(Reached)
        reaches = {
            name: Reach(
                offer=name, verdict=verdicts[n % 3], reason=Unknown(Reason.UNTOLD, name),
                path=tuple(Entity(name=f"{name} {k}", seat="FR", share=name) for k in range(6)),
            )
            for n, name in enumerate(self.names)
        }  # fmt: skip
        return replace(a_report(), reaches=reaches)


def drawn(lang: str) -> Iterator[Any]:
    """Every picture, of plain, crowded, strange and empty inputs."""
    words = Words(lang)
    for told in (a_report(), a_report(CROWD), a_report({}, ()), Strange().told(),
                 a_report(offers=tuple(FACTS.table("offers")))):  # fmt: skip
        yield pictures.places(told, words)
        yield pictures.reach_paths(counted(told), words)
        yield pictures.verdicts(counted(told), words)
    none = replace(SUMMARY, reach={}, custody={})
    yield pictures.verdicts(replace(a_report(), summary=none, counted=Resting()), words)
    for plan in (a_plan(3), a_plan(60, NAMES), a_plan(2, dated=False)):
        yield pictures.timeline(plan, words)
        yield pictures.exposure(plan, words)
    for runs in (HISTORY[:2], HISTORY, ((DAY, Counted()), (DAY, Counted()))):
        yield pictures.progress(runs, words)


def texts(root: Element) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Every text of a picture, and the box that it may take."""
    for node in root.iter(f"{SVG}text"):
        said, size, x, y = node.text or "", *(float(node.get(k, "0")) for k in
                                              ("font-size", "x", "y"))  # fmt: skip
        wide = measure.width(said, size, node.get("font-weight") == "bold")
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[node.get("text-anchor", "start")]
        yield said, (left, y - size * 0.75, left + wide, y + size * 0.2)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@BOTH
def test_pictures_stand_alone(lang):
    kinds = {"svg", "title", "desc", "rect", "line", "path", "circle", "text"}
    for figure in drawn(lang):
        root = fromstring(figure.svg)
        assert {node.tag.removeprefix(SVG) for node in root.iter()} <= kinds
        name = root.get("aria-labelledby", "").split("-")[0]
        assert {node.get("id") for node in root.iter()} == {None, f"{name}-title", f"{name}-desc"}
        assert root.find(f"{SVG}title").text == figure.caption
        assert "url(" not in figure.svg
        assert "href" not in figure.svg
        first = next(node for node in root if node.tag == f"{SVG}rect")
        assert first.get("fill") == "#ffffff"
        assert first.get("height") == root.get("height")
        numbers = [root.get("viewBox", "").split()[n] for n in (2, 3)]
        assert numbers == [root.get("width"), root.get("height")]
        assert float(numbers[1]) <= 960, "higher than a page"
        assert not re.search(r"nan|inf|e-\d", re.sub(r"<(title|desc|text).*?</\1>", "", figure.svg))


@BOTH
def test_no_text_is_over_another_or_outside(lang):
    for figure in drawn(lang):
        root = fromstring(figure.svg)
        wide, high = float(root.get("width")), float(root.get("height"))
        boxes = list(texts(root))
        for said, (left, top, right, bottom) in boxes:
            assert left >= 0, said
            assert right <= wide + 0.5, said
            assert top >= 0, said
            assert bottom <= high + 0.5, said
        for (one, a), (other, b) in combinations(boxes, 2):
            over = a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
            assert not over, f"{figure.caption}: {one} over {other}"


@BOTH
def test_all_that_is_written_can_be_read(lang):
    for figure in drawn(lang):
        for node in fromstring(figure.svg).iter(f"{SVG}text"):
            assert contrast(node.get("fill", "#1b1b1b"), "#ffffff") >= 4.5
            assert float(node.get("font-size", "0")) >= 9
    for shades, _, edge in LOOKS.values():
        assert contrast(edge, "#ffffff") >= 4.5
        assert contrast(edge, shades[-1]) >= 3  # strokes on the darkest shade


@BOTH
def test_every_number_is_in_the_picture_or_in_its_words(lang):
    words = Words(lang)
    told = a_report()
    for figure in (
        pictures.places(told, words),
        pictures.reach_paths(counted(told), words),
        pictures.verdicts(counted(told), words),
        pictures.progress(HISTORY, words),
        pictures.exposure(a_plan(5), words),
    ):
        shown = " ".join(said for said, _ in texts(fromstring(figure.svg))) + figure.alt
        last = -1 if figure.caption == words("Exposed data stores, by group") else None
        for row in figure.table.rows:
            for cell in row[1:last]:
                if re.fullmatch(r"[\d,.\N{NARROW NO-BREAK SPACE}]+", cell):
                    assert cell in shown, (figure.caption, cell)


@BOTH
def test_the_words_of_a_picture_tell_its_numbers(lang):
    words = Words(lang)
    alt = pictures.places(a_report(CROWD), words).alt
    for code, n in CROWD.items():
        assert f"{FACTS.country_name(code, lang)} {words.number(n)}" in alt
    assert (
        words("Place not known: {n}.", n=words.number(17))
        in pictures.places(a_report({"?": 17}), words).alt
    )
    alt = pictures.timeline(a_plan(4), words).alt
    assert words.date(DAY) in alt
    assert words.date(DAY + timedelta(203)) in alt  # a deadline
    assert words.number(93) in alt  # a slip


@BOTH
def test_strange_names_are_text(lang):
    for figure in drawn(lang):
        assert "<script" not in figure.svg
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\u2066\ufffe\uffff]", figure.svg)
        figure.svg.encode()
        assert len(figure.alt) < 30_000
        for said, _ in texts(fromstring(figure.svg)):
            assert len(said) < 200
    table = pictures.reach_paths(counted(Strange().told()), Words(lang)).table
    assert any(row[0] == "y" * 10_000 for row in table.rows)  # the whole of it


def test_nothing_to_draw_is_no_picture():
    words = Words("en")
    nothing = replace(a_plan(0), groups=())
    assert pictures.timeline(None, words) is None
    assert pictures.timeline(nothing, words) is None
    assert pictures.exposure(None, words) is None
    assert pictures.exposure(nothing, words) is None
    assert pictures.progress((), words) is None
    assert pictures.progress(HISTORY[:1], words) is None
    assert "No place is known." in pictures.places(a_report({}), words).alt
    assert "No offer is known." in pictures.reach_paths(counted(a_report({}, ())), words).svg


@BOTH
def test_a_picture_is_drawn_twice_alike(lang):
    assert [f.svg for f in drawn(lang)] == [f.svg for f in drawn(lang)]


def test_long_plans_are_told_to_be_cut():
    words = Words("en")
    figure = pictures.timeline(a_plan(60), words)
    assert "Steps drawn: the first 24, of 60; the table tells all of them." in figure.svg
    assert len(figure.table.rows) == 60
    assert "Steps drawn" not in pictures.timeline(a_plan(24), words).svg


def test_a_step_without_a_day_is_to_be_completed():
    figure = pictures.timeline(a_plan(2, dated=False), Words("en"))
    assert figure.svg.count("dates to be completed</text>") == 2
    blanks = [cell for row in figure.table.rows for cell in row if not isinstance(cell, str)]
    assert {blank.key for blank in blanks} == {"targets.step-0", "targets"}


def test_progress_keeps_the_first_run_and_the_latest():
    figure = pictures.progress(HISTORY, Words("en"))
    assert [row[0] for row in figure.table.rows][:2] == ["2026-01-15", "2026-06-15"]
    assert figure.table.rows[-1][0] == "2026-12-15"
    assert figure.table.more == 4


def test_the_map_knows_every_country_of_the_facts():
    groups = {code for code, entry in FACTS.table("countries").items() if entry.get("group")}
    named = set(FACTS.table("countries")) - groups
    regions = {
        region["country"] for offer in FACTS.table("regions").values() for region in offer.values()
    } - groups
    _, world = frames()
    assert named <= set(world.at)
    assert regions <= set(world.at)
    assert {"MT", "SG", "HK"} <= set(world.at)


def test_a_map_has_a_point_or_a_shape_where_its_label_is():
    europe, world = frames()
    assert "FR" in europe.shapes
    assert "US" not in europe.at
    for frame in (europe, world):
        for code, (x, y) in frame.at.items():
            assert 0 < x < frame.width, code
            assert 0 < y < frame.height, code
        for code in frame.shapes:
            for ring in frame.rings(code):
                assert all(-1 <= x <= frame.width + 1 and -1 <= y <= frame.height + 1
                           for x, y in ring), code  # fmt: skip


def test_the_world_is_shown_when_something_rests_there():
    words = Words("en")
    near, far = (pictures.places(a_report(c), words).svg for c in ({"FR": 3}, {"FR": 3, "JP": 1}))
    assert "World" not in near
    assert "World" in far


def test_stores_are_counted_by_where_they_rest():
    inside = Place(country="FR", in_eu=True, in_eea=True, adequate=False)
    outside = Place(country="US", in_eu=False, in_eea=False, adequate=False)
    weak = replace(inside, confidence=Confidence.WEAK)  # it clears nothing
    unknown = Unknown(Reason.DENIED)
    rests = [(inside,), (inside, outside, unknown), (inside, unknown), (), (inside, weak)]
    judged = tuple(replace(JUDGED[0], places=places) for places in rests)
    told = report(Kept(concluded=judged)).resting()
    assert told.places == {"inside": 1, "outside": 1, "unknown": 3}
    assert told.offers == {"acme": 5}
