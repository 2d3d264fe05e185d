"""Every format, in both languages, on stores whose names strangers chose with care."""

from __future__ import annotations

import csv
import json
from datetime import date
from html.parser import HTMLParser
from io import StringIO

import jsonschema_rs
import pytest

from auditor import pipeline, registry, schema, settings
from auditor.model import (
    Category,
    Copy,
    Coverage,
    CoverageState,
    DataStore,
    Party,
    Reason,
    Role,
    Scope,
    Share,
    Unknown,
)
from auditor.runs import RunFolder
from auditor.words import Words

from .golden import readable

HOSTILE = (
    "<script>alert(1)</script>",
    "\x1b[31mred\x1b[0m",
    "two\nlines",
    "=HYPERLINK(\"http://x\")",
    "\u202egnp.exe",
    "[bold]markup[/bold]",
    "'><img src=x onerror=y>",
)  # fmt: skip
SCOPE = Scope(provider="aws", partition="aws", account="111111111111", region="eu-west-3")
HEADER = {
    "version": "0",
    "edition": "e",
    "started": "2026-11-24T00:00:00+00:00",
    "identity": {"aws": {"accounts": "111111111111"}},
    "plugins": [],
    "settings": {},
}


def store(name: str, **more: object) -> DataStore:
    known = {"region": "eu-west-3", "encrypted": True, "tags": {"data-class": "sante"}, **more}
    return DataStore(
        id=f"arn:aws:s3:::{name}",
        kind="aws.s3.bucket",
        category=Category.OBJECT,
        partition="aws",
        account="111111111111",
        name=name,
        calls={"shares": "s3:GetBucketPolicy"},
        **known,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    root = tmp_path_factory.mktemp("runs")
    with RunFolder.start(root, "20261124T000000Z-0000", HEADER) as run:
        run.begin("u")
        for name in HOSTILE:
            run.write("u", store(name))
        denied = Unknown(Reason.DENIED, "s3:GetBucketLocation: AccessDenied")
        far = Copy(role=Role.REPLICA, id="x", region="us-east-1", account="111111111111")
        run.write("u", store("unplaced", region=denied, tags=denied))
        run.write("u", store("replicated", copies=(far, denied)))
        run.write("u", store("open", shares=(Share(party=Party.PUBLIC, via="policy"),)))
        gaps = (denied,)
        state = CoverageState.PARTIAL
        run.finish("u", Coverage(scope=SCOPE, kind="aws.s3.bucket", state=state, gaps=gaps))
        run.seal({"ended": "2026-11-24T00:00:01+00:00", "scopes": 1})
        path = run.path
    chosen = settings.load(None, {}, [])
    return pipeline.replay(path, as_of=date(2026, 11, 24), settings=chosen), chosen


def told(done, name: str, lang: str) -> bytes:
    judged, chosen = done
    return b"".join(pipeline.told(judged, chosen, name, Words(lang)))


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", sorted({*registry.load().renderers} - {"terminal"}))
def test_same_report_same_bytes_and_no_control_characters(done, name, lang):
    document = told(done, name, lang)
    assert document == told(done, name, lang)
    text = readable(name, document).decode("utf-8-sig")
    if document.startswith(b"%PDF"):
        text = text.replace("\x02", "")  # where a line was hyphenated
    assert not {c for c in text if c < " " and c not in "\r\n\t"}
    if name not in ("json", "jsonl", "flat"):
        assert "\u202e" not in text


def test_text_is_eighty_columns(done):
    text = told(done, "text", "fr").decode()
    assert max(map(len, text.splitlines())) <= 80
    assert "10" in text


def test_csv_has_no_formula_and_one_line_per_finding(done):
    rows = list(csv.reader(StringIO(told(done, "csv", "en").decode("utf-8-sig"))))
    judged, _ = done
    with RunFolder.open(judged.run) as run:
        found = list(
            run.judgement(judged.summary.as_of, judged.summary.edition, replay=True).findings()
        )
    assert len(rows) == 1 + len(found)
    assert not [c for row in rows for c in row if c[:1] in "=+-@" and c]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.outside += [v or "" for k, v in attrs if k in ("src", "href", "action", "onerror")]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_asks_nothing_of_anybody(done, lang):
    page = told(done, "html", lang).decode()
    found = _Tags()
    found.feed(page)
    assert page.count("<script") == 2  # its own, which its policy names, and what that unpacks
    assert not found.tags & {"img", "iframe", "object", "link", "form"}
    assert all(link.startswith("#") for link in found.outside)
    assert "default-src 'none'" in page
    assert "&lt;script&gt;" in page
    assert f'<html lang="{lang}">' in page


def test_json_fits_its_schema_and_those_of_its_parts(done):
    document = json.loads(told(done, "json", "fr"))
    checks = {
        name: jsonschema_rs.validator_for(schema.schema(name))
        for name in ("report", "run", "summary", "finding", "store", "judged", "coverage")
    }
    assert checks["report"].is_valid(document)
    assert checks["run"].is_valid(document["run"])
    assert all(checks["finding"].is_valid(f) for f in document["findings"])
    assert all(checks["coverage"].is_valid(c) for c in document["coverage"])
    for one in document["stores"]:
        assert checks["judged"].is_valid(one.pop("judged"))
        assert checks["store"].is_valid(one)


def test_lines_say_what_they_are(done):
    lines = [json.loads(line) for line in told(done, "jsonl", "en").splitlines()]
    kinds = [line["type"] for line in lines]
    assert kinds[:2] == ["run", "summary"]
    assert kinds.count("store") == kinds.count("judged") == 10


def test_one_unknown_copy_never_passes(done):
    judged, _ = done
    assert judged.exit_code == 4
    with RunFolder.open(judged.run) as run:
        folder = run.judgement(judged.summary.as_of, judged.summary.edition, replay=True)
        by_store = {j.store: j for j in folder.judged()}
    assert "RES001" not in by_store["arn:aws:s3:::unplaced"].met
    assert "RES001" in by_store[f"arn:aws:s3:::{HOSTILE[0]}"].met


def test_a_format_that_does_not_exist_names_those_that_do(done):
    from auditor.errors import UsageError

    with pytest.raises(UsageError) as refused:
        told(done, "htlm", "en")
    assert "html" in refused.value.hint
