"""Ten thousand canaries: what was read reaches no output, no log, no run folder, in no encoding."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import logging
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest

from auditor.classify.content.keys import Keys
from auditor.classify.content.knowledge import Knowledge
from auditor.facts import load
from tests.clouds.ground import MANAGEMENT, Ground
from tests.journeys.small import ENVIRON, REGION, audit, cloud

from .making import CODES, WORDS, nir
from .seeds import seeds_of

EACH = 80  # rows of one file
SYLLABLES = ("ba", "cor", "dul", "fen", "gri", "hov", "jas", "kel", "lum", "mir", "nax", "pol")


def word(dice: random.Random) -> str:
    return "".join(dice.choice(SYLLABLES) for _ in range(4))


def planted(number: int) -> list[Mapping[str, str]]:
    """Rows whose names, numbers and results are nowhere else."""
    dice = random.Random(number)
    return [
        {
            "ipp": f"9{number:02d}{n:03d}{dice.randrange(10**4):04d}",
            "nir": nir(number * EACH + n) if number < 12 else _nir(dice),
            "nom": word(dice).upper(), "prenom": word(dice).title(),
            "date_naissance": f"19{40 + n % 60}-0{1 + n % 9}-1{n % 10}",
            "diagnostic_principal": CODES[n % 10], "libelle": WORDS[n % 10],
            "resultat": f"{dice.randrange(10**5, 10**6)}.{dice.randrange(10**3)}",
        }
        for n in range(EACH)
    ]  # fmt: skip


def _nir(dice: random.Random) -> str:
    body = f"{dice.choice('12')}{dice.randrange(20, 99)}{dice.randrange(1, 13):02d}"
    body += f"{dice.randrange(1, 96):02d}999{dice.randrange(1, 1000):03d}"
    return f"{body}{97 - int(body) % 97:02d}"


@pytest.fixture(scope="module")
def garden(tmp_path_factory) -> tuple[Path, set[str]]:
    """A folder of every format, its files named after people; and all that was planted."""
    root = tmp_path_factory.mktemp("garden")
    canaries: set[str] = set()
    formats = len(seeds_of(planted(0)))
    for number in range(formats):
        rows = planted(number)
        name, content = list(seeds_of(rows).items())[number]
        person = f"Jeanne_{rows[0]['nom']}"
        folder = root / f"Paul {rows[1]['nom']}"
        folder.mkdir()
        (folder / f"{person}_{name}").write_bytes(content)
        canaries |= {row[k] for row in rows for k in ("ipp", "nir", "nom", "prenom", "resultat")}
    assert len(canaries) >= 10_000
    return root, canaries


def forms(canary: str) -> Iterator[bytes]:
    """A canary as it might leave: plain, in other encodings, or as a hash that can be reversed."""
    plain = canary.encode()
    yield from (plain, plain.lower(), canary.encode("utf-16-le"), plain.hex().encode())
    yield from (base64.b64encode(plain).rstrip(b"="), quote(canary).encode())
    yield from (hashlib.new(kind, plain).hexdigest().encode() for kind in ("md5", "sha1", "sha256"))


def leaked(canaries: set[str], outputs: list[bytes]) -> list[str]:
    whole = b"\n".join(outputs)
    return [c for c in canaries if any(f in whole for f in forms(c))]


def test_the_search_finds_what_leaks(garden):
    one = next(iter(sorted(garden[1])))
    for form in forms(one):
        assert leaked({one}, [b"x" + form + b"y"]) == [one]


def test_nothing_that_was_planted_reaches_an_output(garden, auditor, caplog, capfd):
    root, canaries = garden
    with caplog.at_level(logging.DEBUG):
        runs = [
            auditor("classify", str(root), *more)
            for more in (("-f", "jsonl"), ("--lang", "fr"), ("--lang", "en"))
        ]
    assert {json.loads(line)["level"] for line in runs[0].stdout.splitlines()} <= {
        "confirmed", "probable", "possible",
    }  # fmt: skip
    outputs = [t.encode() for r in runs for t in (r.stdout, r.stderr)]
    outputs += [caplog.text.encode(), "".join(capfd.readouterr()).encode()]
    assert leaked(canaries, outputs) == []


def test_nothing_that_was_planted_reaches_a_run_folder(garden, tmp_path):
    root, canaries = garden
    with cloud(each=1) as (url, _):
        ground = Ground(url)
        ground.start_sessions()
        s3 = ground.client(MANAGEMENT, "s3", REGION)
        bucket = f"patients-{MANAGEMENT[-4:]}-0"
        for file in sorted(p for p in root.rglob("*") if p.is_file()):
            key = file.relative_to(root).as_posix()
            s3.put_object(Bucket=bucket, Key=key, Body=file.read_bytes())
        with pytest.MonkeyPatch.context() as here:
            for name, value in ENVIRON.items():
                here.setenv(name, value)
            done = audit(url, tmp_path / "runs", "sample.enabled=true", "audit.types=aws.s3.bucket")
    outputs = []
    for file in tmp_path.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            outputs.append(gzip.decompress(content) if file.suffix == ".gz" else content)
    assert any(b'"confirmed"' in o for o in outputs), done.exit_code
    assert leaked(canaries, outputs) == []


def test_names_of_objects_say_nothing_of_a_person():
    keys = Keys(Knowledge.of(load()))
    for name in ("2024/DUPONT_Jean_1950.pdf", "Jeanne Martin.csv", "a/184077599912309.json"):
        told = keys.told(name, ours=True)
        assert told != name
        assert told == keys.told(name, ours=True)  # the same within one run
        assert told != Keys(Knowledge.of(load())).told(name, ours=True)  # and nothing outside it
    for name in ("positive/hl7v2/adt_a01_batch.hl7", "rss_mco_2025.txt", "data/part-0001.parquet"):
        assert keys.told(name, ours=True) == name
        assert keys.told(name, ours=False) != name
    assert Keys(Knowledge.of(load()), full=True).told("Jean Dupont", ours=False) == "Jean Dupont"
