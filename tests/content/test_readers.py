"""Every format is read, by its structure or its table; what is damaged is told, never passed."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.classify import Signals
from auditor.classify.content.knowledge import Knowledge
from auditor.classify.content.limits import Limits
from auditor.classify.content.objects import Objects
from auditor.classify.content.readers import readers
from auditor.classify.content.sources import Source
from auditor.facts import load
from auditor.model import Certainty, Reason

from .making import rows
from .seeds import NOTE, seeds

LIMITS = Limits.of(load())
OBJECTS = Objects(Knowledge.of(load()), LIMITS, Signals.of(load()).names)
SURE = (Certainty.CONFIRMED, Certainty.PROBABLE)
ONLY_POSSIBLE = ("reads.fastq",)  # the species is not known


def assess(content: bytes, name: str):
    return OBJECTS.assess(Source.of(content, LIMITS, name), name)


@pytest.mark.parametrize("name", sorted(seeds()))
def test_every_format_is_known_for_what_it_is(name):
    found = assess(seeds()[name], name)
    wanted = (Certainty.POSSIBLE,) if name in ONLY_POSSIBLE else SURE
    assert found.certainty in wanted, (found, name)
    assert found.evidence


@pytest.mark.parametrize("name", sorted(seeds()))
def test_a_name_without_its_ending_makes_no_difference(name):
    if name in ("stays.xlsx",):  # nothing in a zip's first bytes says that it is a workbook
        return
    assert assess(seeds()[name], "object").certainty == assess(seeds()[name], name).certainty


def test_every_reader_has_a_seed():
    used = set()
    for name, content in seeds().items():
        best = max(readers(), key=lambda r: r.suits(content[:262144], name))
        used.add(best.__name__.rpartition(".")[2])
    assert used == {r.__name__.rpartition(".")[2] for r in readers()}


# ---------------------------------------------------------------- what is damaged or hostile


@pytest.mark.parametrize("name", sorted(seeds()))
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_what_is_cut_is_never_a_crash(name, share):
    content = seeds()[name]
    found = assess(content[: max(1, int(len(content) * share))], name)
    if found.certainty is Certainty.NOT_ASSESSED:
        assert found.reason is not None


BINARY = ("stays.parquet", "stays.orc", "stays.sqlite", "stays.zip", "stays.xlsx", "stays.csv.gz")


@pytest.mark.parametrize("name", BINARY)
def test_a_binary_that_cannot_be_opened_is_not_none(name):
    content = seeds()[name]
    found = assess(content[:64], name)
    assert found.certainty is Certainty.NOT_ASSESSED
    assert found.reason.reason in (Reason.MALFORMED, Reason.NO_READER, Reason.BUDGET)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_fuzz_every_reader(data):
    """Bytes changed, taken out and put in: a level or a reason, whatever a library raises."""
    name = data.draw(st.sampled_from(sorted(seeds())))
    content = bytearray(seeds()[name])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(0, len(content) - 1)))
        match data.draw(st.sampled_from(("change", "cut", "put", "zero", "long"))):
            case "change":
                content[at : at + 1] = bytes([data.draw(st.integers(0, 255))])
            case "cut":
                del content[at : at + data.draw(st.integers(1, 64))]
            case "put":
                content[at:at] = data.draw(st.binary(min_size=1, max_size=32))
            case "zero":
                content[at : at + 16] = bytes(16)
            case "long":
                content[at:at] = b"\xff" * data.draw(st.integers(1, 2000))
    found = assess(bytes(content), name)
    assert found.certainty is not Certainty.NOT_ASSESSED or found.reason is not None


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=4096), st.sampled_from(sorted(seeds())))
def test_fuzz_bytes_of_nothing_behind_every_beginning(tail, name):
    assess(seeds()[name][:16] + tail, name)


def test_an_encrypted_member_is_told():
    content = bytearray(seeds()["stays.zip"])
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    found = assess(bytes(content), "stays.zip")
    assert (found.certainty, found.reason.reason) == (Certainty.NOT_ASSESSED, Reason.ENCRYPTED)
    assert (
        assess(b"-----BEGIN PGP MESSAGE-----\nhQEMA" * 9, "a.asc").certainty is not Certainty.NONE
    )


def test_entities_are_not_expanded():
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "&a;"}{"&a;" * 20}">' for n in range(20)
    ) + "]><a>&a19;</a>"  # fmt: skip
    found = assess(bomb.encode(), "bomb.xml")
    assert (found.certainty, found.reason.reason) == (Certainty.NOT_ASSESSED, Reason.MALFORMED)


def test_a_mislabelled_file_is_read_for_what_it_is():
    assert assess(seeds()["stays.parquet"], "photo.jpg").certainty in SURE
    assert assess(seeds()["stays.csv"], "backup.zip").certainty in SURE
    assert assess(b"\x89PNG\r\n\x1a\n" + os.urandom(4000), "a.csv").certainty is (
        Certainty.NOT_ASSESSED
    )


def test_archives_in_archives_end():
    inner = seeds()["stays.zip"]
    for depth in range(6):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(f"{depth}.zip", inner)
        inner = out.getvalue()
    found = assess(inner, "nested.zip")
    assert (found.certainty, found.reason.reason) == (Certainty.NOT_ASSESSED, Reason.BUDGET)


_MEASURE = """
import re, sys
from pathlib import Path
from auditor.classify import Signals
from auditor.classify.content.knowledge import Knowledge
from auditor.classify.content.limits import Limits
from auditor.classify.content.objects import Objects
from auditor.classify.content.sources import local
from auditor.facts import load
limits = Limits.of(load())
source = local(Path(sys.argv[1]), limits)
objects = Objects(Knowledge.of(load()), limits, Signals.of(load()).names)
found = objects.assess(source, sys.argv[1])
# of this program alone: what getrusage tells is that of the one that started it too
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
print(found.certainty, source.spent, peak)
"""


def measured(path: Path) -> tuple[str, int, int]:
    """Level, bytes read, and the most memory in MiB, of a process of its own."""
    told = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(path)],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    level, spent, peak = told.stdout.split()
    return level, int(spent), int(peak)


PEAK = 250  # MiB


def test_a_line_of_ten_gigabytes_costs_nothing(tmp_path):
    path = tmp_path / "line.txt"
    with path.open("wb") as file:
        file.write(NOTE.format(**rows()[0]).encode().replace(b"\n", b" ") * 2000)
        file.truncate(10 << 30)  # zeros, and no end of a line: a sparse file
    level, spent, peak = measured(path)
    assert level == "confirmed"
    assert spent <= 1 << 20
    assert peak < PEAK


@pytest.mark.parametrize("kind", ["gzip", "zip", "xlsx"])
def test_bombs_are_expanded_as_far_as_the_budget(tmp_path, kind):
    import gzip

    path = tmp_path / f"bomb.{kind}"
    zeros = bytes(1 << 20)
    if kind == "gzip":
        with gzip.open(path, "wb", 9) as file:
            for _ in range(600):
                file.write(zeros)
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            name = "xl/sharedStrings.xml" if kind == "xlsx" else "a.txt"
            with archive.open(name, "w") as member:
                for _ in range(600):
                    member.write(zeros)
    level, _, peak = measured(path)
    assert level in ("none", "not_assessed")
    assert peak < PEAK


def test_a_large_parquet_is_decided_from_a_megabyte(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    n = 400_000
    path = tmp_path / "large.parquet"
    noise = [os.urandom(60).hex() for _ in range(n)]
    codes = [("I10", "E11.9", "J44.1", "K35.8", "N18.5", "S72.0")[i % 6] for i in range(n)]
    table = pa.table(
        {"patient_id": [f"P{i:09d}" for i in range(n)], "cim10": codes, "noise": noise}
    )
    pq.write_table(table, path, row_group_size=n)
    assert path.stat().st_size > 45_000_000
    level, spent, peak = measured(path)
    assert level in ("confirmed", "probable")
    assert spent <= 1_000_000
    assert peak < PEAK
